import type { BilingualText } from '@app/kernel';

/**
 * The figures of the annual report of conversion (科技成果转化年度报告) the ledger can tell: results and their origin, contracts by
 * mode, income and its distribution (国发〔2016〕16号; 财科教〔2017〕22号). Names that end in `Fen` are amounts, the others counts.
 */
export const ANNUAL_FIGURES = {
  licences: { zh: '当年签订许可合同（项）', en: 'Licence contracts signed' },
  licenceFen: { zh: '许可合同金额', en: 'Amount of licence contracts' },
  transfers: { zh: '当年签订转让合同（项）', en: 'Transfer contracts signed' },
  transferFen: { zh: '转让合同金额', en: 'Amount of transfer contracts' },
  equities: { zh: '当年签订作价投资合同（项）', en: 'Equity contributions signed' },
  equityFen: { zh: '作价投资金额', en: 'Amount of equity contributions' },
  openGrants: { zh: '当年生效开放许可（项）', en: 'Open licence grants in effect' },
  openGrantFen: { zh: '开放许可已付使用费', en: 'Fees paid for open licence grants' },
  recordedLicences: { zh: '当年备案许可（件次）', en: 'Licences recorded, asset times' },
  registeredTransfers: { zh: '当年登记转让（件次）', en: 'Transfers registered, asset times' },
  recordedOpenGrants: { zh: '当年备案开放许可（件次）', en: 'Open licence grants recorded, asset times' },
  receiptFen: { zh: '当年合同到账金额', en: 'Receipts under contracts' },
  netIncomeFen: { zh: '当年分配的转化净收入', en: 'Net income distributed' },
  rewardFen: { zh: '当年发放奖酬金', en: 'Rewards distributed' },
  disclosures: { zh: '当年披露成果（项）', en: 'Disclosures made' },
  evaluations: { zh: '当年完成申请前评估（项）', en: 'Pre-filing evaluations concluded' },
  filings: { zh: '当年申请知识产权（件）', en: 'IP rights applied for' },
  grants: { zh: '当年授权或登记知识产权（件）', en: 'IP rights granted or registered' },
  openLicences: { zh: '当年公告开放许可声明（项）', en: 'Open licence declarations announced' },
} as const satisfies Record<string, BilingualText>;

export type AnnualFigure = keyof typeof ANNUAL_FIGURES;
type AmountFigure = Extract<AnnualFigure, `${string}Fen`>;
/** 件次: counted as the target counts them, so taken from its cells. */
export type TimesFigure = 'recordedLicences' | 'registeredTransfers' | 'recordedOpenGrants';
/** What is summed from the records of a year. */
export type SummedFigure = Exclude<AnnualFigure, TimesFigure>;

/** Counts as whole numbers, amounts as text of fen; the net income may be negative. */
export type AnnualFigures = Readonly<
  Record<AmountFigure, string> & Record<Exclude<AnnualFigure, AmountFigure>, number>
>;

/** How the figures come about. A change of what is counted is a new version, never an edit. */
export const REPORT_RULE = 'annual-report/1';

/** From when on the law asks for a yearly report (促进科技成果转化法 art 21 as revised). */
export const FIRST_REPORT_YEAR = 2015;

const NAMES = Object.keys(ANNUAL_FIGURES) as readonly AnnualFigure[];
const isAmount = (name: AnnualFigure): name is AmountFigure => name.endsWith('Fen');

/** Sums by name; what is not there is nothing. */
export type FigureSums = Readonly<Partial<Record<AnnualFigure, bigint>>>;

/** Every figure, in the order of the report. */
export const figuresOf = (sums: FigureSums): AnnualFigures =>
  Object.fromEntries(
    NAMES.map((name) => [name, isAmount(name) ? (sums[name] ?? 0n).toString() : Number(sums[name] ?? 0n)]),
  ) as AnnualFigures;

/** The figures as a record page keeps them among other fields. */
export const figuresIn = (detail: Readonly<Record<string, unknown>>): AnnualFigures =>
  Object.fromEntries(NAMES.filter((name) => name in detail).map((name) => [name, detail[name]])) as AnnualFigures;

export interface FigureDifference {
  readonly figure: string;
  /** Null where one of the two does not know the figure. */
  readonly was: number | string | null;
  readonly is: number | string | null;
}

/** The figures in which two reports differ, in the order of the report. */
export const differencesOf = (was: AnnualFigures, is: AnnualFigures): readonly FigureDifference[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((figure) => ({ figure, was: valueIn(was, figure), is: valueIn(is, figure) }))
    .filter((difference) => difference.was !== difference.is);

const valueIn = (figures: AnnualFigures, figure: string): number | string | null =>
  figures[figure as AnnualFigure] ?? null;

/** What the hash of a report is taken over: whoever has the figures can take it again. */
export interface ReportContent {
  readonly universityId: string;
  readonly year: number;
  readonly rule: string;
  readonly figures: AnnualFigures;
}

/** Canonical JSON of a report: keys sorted, no white space, only texts and whole numbers. */
export const canonicalText = ({ universityId, year, rule, figures }: ReportContent): string =>
  sortedJson({ universityId, year, rule, figures });

const sortedJson = (value: object): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
