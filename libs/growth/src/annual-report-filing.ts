import type { Approval } from '@app/evidence';
import { type Decider, type DecisionContext, type Message, assertNever } from '@app/kernel';
import { type AnnualFigures, FIRST_REPORT_YEAR, type FigureDifference, differencesOf } from './annual-report.js';
import { annualReportRule } from './annual-report-rules.js';

/** Whose report, and for which year. */
export interface ReportKey {
  readonly universityId: string;
  readonly year: number;
}

/** The figures as they were frozen (快照). */
export interface Snapshot {
  /** Version of the rule the figures were counted by. */
  readonly rule: string;
  /** Position token of the log the figures are the fold of, up to 31 December of the year by their legal dates. */
  readonly cutoff: string;
  readonly figures: AnnualFigures;
  /** SHA-256 of the canonical JSON of university, year, rule and figures, in hex. */
  readonly hash: string;
}

interface Signed {
  /** User name of the second person (审核); who enters it (制表) stands in the event's metadata. */
  readonly approver: string;
}

export type AnnualReportEvent =
  | Message<'AnnualReportFiled', ReportKey & Snapshot & Signed & { readonly filedOn: string; readonly note?: string }>
  | Message<
      'AnnualReportRestated',
      Approval &
        Snapshot & {
          /** The first restatement being 1. */
          readonly n: number;
          readonly restatedOn: string;
          readonly differences: readonly FigureDifference[];
        }
    >;

export type AnnualReportCommand =
  | ({ readonly type: 'FileAnnualReport'; readonly snapshot: Snapshot; readonly note?: string } & ReportKey & Signed)
  | ({ readonly type: 'RestateAnnualReport'; readonly snapshot: Snapshot } & ReportKey & Approval);

/** A filed report: what it says now, and how often it was restated. */
export interface AnnualReport {
  readonly filedOn: string;
  readonly figures: AnnualFigures;
  readonly restatements: number;
}

export const annualReportId = ({ universityId, year }: ReportKey): string => `${universityId}-${year}`;
export const annualReportStream = (id: string): string => `annual-report-${id}`;

/** Figures of a running year are no report. @throws Refusal G-7, P-5 */
const assertOver = ({ year }: ReportKey, { today }: DecisionContext): void => {
  const cutoff = `${year}-12-31`;
  const field = 'year';
  if (!annualReportRule.governs('P-5', cutoff))
    throw annualReportRule('G-7', { year, first: FIRST_REPORT_YEAR }, { field });
  if (today <= cutoff) throw annualReportRule('P-5', { year, cutoff }, { field });
};

const file = (
  { type: _type, snapshot, ...data }: Extract<AnnualReportCommand, { type: 'FileAnnualReport' }>,
  report: AnnualReport | undefined,
  context: DecisionContext,
): readonly AnnualReportEvent[] => {
  assertOver(data, context);
  if (!report) return [{ type: 'AnnualReportFiled', data: { ...data, ...snapshot, filedOn: context.today } }];
  const differences = differencesOf(report.figures, snapshot.figures);
  if (differences.length === 0) return [];
  const number = annualReportId(data);
  const figures = differences.map(({ figure }) => figure).join(', ');
  throw annualReportRule('G-8', { number, filedOn: report.filedOn, figures }, { field: 'year', conflict: number });
};

const restate = (
  {
    type: _type,
    universityId,
    year,
    snapshot,
    ...grounds
  }: Extract<AnnualReportCommand, { type: 'RestateAnnualReport' }>,
  report: AnnualReport | undefined,
  { today }: DecisionContext,
): readonly AnnualReportEvent[] => {
  if (!report) throw annualReportRule('G-9', { number: annualReportId({ universityId, year }) });
  for (const field of ['reason', 'evidence'] as const)
    if (grounds[field].trim() === '') throw annualReportRule('G-10', {}, { field });
  const differences = differencesOf(report.figures, snapshot.figures);
  if (differences.length === 0) return [];
  const n = report.restatements + 1;
  return [{ type: 'AnnualReportRestated', data: { n, ...grounds, ...snapshot, restatedOn: today, differences } }];
};

/** P-5: a report is frozen when it is filed; what becomes known later is told as a restatement with its differences. */
export const annualReportDecider: Decider<AnnualReport | undefined, AnnualReportCommand, AnnualReportEvent> = {
  initial: undefined,
  decide: (command, report, context) => {
    switch (command.type) {
      case 'FileAnnualReport':
        return file(command, report, context);
      case 'RestateAnnualReport':
        return restate(command, report, context);
      default:
        return assertNever(command);
    }
  },
  evolve: (report, event) => {
    const { figures } = event.data;
    if (event.type === 'AnnualReportFiled') return { filedOn: event.data.filedOn, figures, restatements: 0 };
    return report && { ...report, figures, restatements: event.data.n };
  },
};
