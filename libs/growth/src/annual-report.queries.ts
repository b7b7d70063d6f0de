import { authorise } from '@app/access';
import { runnerRule } from '@app/event-store';
import { type Actor, isStateFounded } from '@app/kernel';
import { ReadModels, RecordRow } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import {
  type AnnualFigures,
  type FigureDifference,
  type FigureSums,
  FIRST_REPORT_YEAR,
  REPORT_RULE,
  differencesOf,
  figuresIn,
  figuresOf,
} from './annual-report.js';
import { AnnualFiguresRow } from './annual-report.entity.js';
import { annualReportId } from './annual-report-filing.js';
import { annualKey } from './annual-report-figures.projection.js';
import { GrowthCell } from './conversion-fact.entity.js';
import { cellKey, countsOf } from './tally.js';

/** A report as it was frozen, or as it was last restated. */
export interface FiledReport {
  readonly status: string;
  readonly filedOn: string;
  readonly restatedOn: string | null;
  readonly restatements: number;
  readonly approver: string;
  readonly rule: string;
  readonly cutoff: string;
  readonly hash: string;
  readonly figures: AnnualFigures;
}

/** `GET /api/v1/annual-reports/:universityId/:year`. */
export interface AnnualReportView {
  /** Position token of the events the present figures stand on. */
  readonly position: string;
  readonly universityId: string;
  readonly university: string;
  readonly year: number;
  /** Whether the law asks it of this university for this year: it is founded by the state, and the duty had begun. */
  readonly required: boolean;
  /** When the university reports, and when its department does; null of a year before the duty began. */
  readonly dueOn: string | null;
  readonly departmentDueOn: string | null;
  readonly rule: string;
  /** As known now; of a running year, so far. */
  readonly figures: AnnualFigures;
  /** Null until it was filed. */
  readonly filed: FiledReport | null;
  /** What changed since it was filed or last restated. */
  readonly differences: readonly FigureDifference[];
}

/** The annual report of a university: the figures as known now beside those it filed. */
export class GetAnnualReport extends Query<AnnualReportView> {
  constructor(
    readonly actor: Actor,
    readonly universityId: string,
    readonly year: number,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(GetAnnualReport)
export class GetAnnualReportHandler implements IQueryHandler<GetAnnualReport> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal, C-5 when there is no such university */
  async execute({ actor, universityId, year, after }: GetAnnualReport): Promise<AnnualReportView> {
    authorise(actor, 'record.read', universityId);
    return this.models.read(async (manager, position) => {
      const { name, ownership } = await universityIn(manager, universityId);
      const figures = await readFigures(manager, universityId, year);
      const filed = await filedIn(manager, universityId, year);
      return {
        position: this.models.token(position),
        universityId,
        university: name,
        year,
        required: isStateFounded(ownership) && year >= FIRST_REPORT_YEAR,
        dueOn: dueIn(year, '03-30'),
        departmentDueOn: dueIn(year, '04-30'),
        rule: REPORT_RULE,
        figures,
        filed,
        differences: filed ? differencesOf(filed.figures, figures) : [],
      };
    }, after);
  }
}

/** The day after the year that its report is due on, where there is one. */
const dueIn = (year: number, day: string): string | null => (year < FIRST_REPORT_YEAR ? null : `${year + 1}-${day}`);

/** The registry's table, by name: slices share rows, not code. */
const universityIn = async (manager: EntityManager, universityId: string) => {
  const [found]: Array<{ readonly name: string; readonly ownership: string }> = await manager
    .createQueryBuilder()
    .select(['"name"', '"ownership"'])
    .from('university', 'university')
    .where('"universityId" = :universityId', { universityId })
    .getRawMany();
  if (!found)
    throw runnerRule('C-5', { kindZh: '高校', kindEn: 'university', value: universityId }, { field: 'universityId' });
  return found;
};

/** The figures of a university and year as of the snapshot: sums of its records, and 件次 from the cells of the target board. */
export const readFigures = async (
  manager: EntityManager,
  universityId: string,
  year: number,
): Promise<AnnualFigures> => {
  const row = await manager.findOneBy(AnnualFiguresRow, { key: annualKey(universityId, year) });
  const cell = await manager.findOneBy(GrowthCell, { key: cellKey(universityId, year) });
  const times = countsOf(cell?.counts ?? [], 'all', 'patent-times');
  const sums: FigureSums = {
    ...Object.fromEntries(Object.entries(row?.sums ?? {}).map(([figure, sum]) => [figure, BigInt(sum)])),
    recordedLicences: BigInt(times.licences),
    registeredTransfers: BigInt(times.transfers),
    recordedOpenGrants: BigInt(times.openGrants),
  };
  return figuresOf(sums);
};

const filedIn = async (manager: EntityManager, universityId: string, year: number): Promise<FiledReport | null> => {
  const key = `annual-report:${annualReportId({ universityId, year })}`;
  const row = await manager.findOneBy(RecordRow, { key });
  if (!row) return null;
  const { status, detail } = row;
  const { filedOn, restatedOn, restatements, approver, rule, cutoff, hash } = detail as unknown as FiledReport;
  const figures = figuresIn(detail);
  return { status, filedOn, restatedOn, restatements, approver, rule, cutoff, hash, figures };
};
