import type { RecordedEvent } from '@app/event-store';
import type { Projection, Rows } from '@app/read-model';
import { ANNUAL_FIGURES, type FigureSums, type SummedFigure } from './annual-report.js';
import { AnnualFiguresRow, ReportedRecordRow } from './annual-report.entity.js';
import { REPORTED_EVENTS, type ReportedRecord, addedBy, evolveReported } from './annual-report-facts.js';

/** The figures of every university and year, kept by differences: each touched record is counted out as it was and in as it is. */
export const annualFigures: Projection = {
  name: 'annual-figures',
  version: 1,
  entities: [AnnualFiguresRow, ReportedRecordRow],
  handles: REPORTED_EVENTS,
  project: async (events, rows) => {
    const before = await recordsBefore(events, rows);
    const after = new Map(before);
    for (const event of events) {
      const reported = evolveReported(after.get(event.stream), event, event.revision);
      if (reported) after.set(event.stream, reported);
    }
    const changed = [...after].filter(([stream, state]) => state !== before.get(stream));
    await rows.upsert(
      ReportedRecordRow,
      changed.map(([stream, state]) => ({ stream, state })),
    );
    const change = new Map<string, YearChange>();
    for (const [stream, state] of changed) {
      count(change, before.get(stream), -1n);
      count(change, state, 1n);
    }
    await saveChange(change, rows);
  },
};

const recordsBefore = async (
  events: readonly RecordedEvent[],
  rows: Rows,
): Promise<ReadonlyMap<string, ReportedRecord>> => {
  const loaded = await rows.load(
    ReportedRecordRow,
    events.map(({ stream }) => stream),
  );
  return new Map(loaded.map(({ stream, state }) => [stream, state]));
};

interface YearChange {
  readonly universityId: string;
  readonly year: number;
  readonly sums: Map<SummedFigure, bigint>;
}

export const annualKey = (universityId: string, year: number): string => `${universityId}:${year}`;

const count = (changes: Map<string, YearChange>, reported: ReportedRecord | undefined, sign: 1n | -1n): void => {
  for (const { year, sums } of addedBy(reported)) {
    const { universityId } = reported as ReportedRecord;
    const key = annualKey(universityId, year);
    const change = changes.get(key) ?? { universityId, year, sums: new Map<SummedFigure, bigint>() };
    changes.set(key, change);
    for (const figure of namesIn(sums))
      change.sums.set(figure, (change.sums.get(figure) ?? 0n) + sign * (sums[figure] ?? 0n));
  }
};

const namesIn = (sums: FigureSums): readonly SummedFigure[] => Object.keys(sums) as SummedFigure[];
const ALL = namesIn(ANNUAL_FIGURES as unknown as FigureSums);

const saveChange = async (changes: ReadonlyMap<string, YearChange>, rows: Rows): Promise<void> => {
  const loaded = await rows.load(AnnualFiguresRow, [...changes.keys()]);
  const before = new Map(loaded.map(({ key, sums }) => [key, sums]));
  const after = [...changes].map(([key, { sums, ...place }]) => ({
    key,
    ...place,
    sums: plus(before.get(key) ?? {}, sums),
  }));
  const isEmpty = ({ sums }: Pick<AnnualFiguresRow, 'sums'>) => Object.keys(sums).length === 0;
  await rows.upsert(
    AnnualFiguresRow,
    after.filter((row) => !isEmpty(row)),
  );
  await rows.remove(
    AnnualFiguresRow,
    after.filter(isEmpty).map(({ key }) => key),
  );
};

/** In the order of the report, so that the same figures are the same row. */
const plus = (
  before: AnnualFiguresRow['sums'],
  change: ReadonlyMap<SummedFigure, bigint>,
): AnnualFiguresRow['sums'] => {
  const sums = ALL.map((figure) => [figure, BigInt(before[figure] ?? '0') + (change.get(figure) ?? 0n)] as const);
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0n).map(([figure, sum]) => [figure, sum.toString()]));
};
