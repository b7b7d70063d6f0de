import { type LegalDate, type Message, yearOf } from '@app/kernel';
import { type Deadline, deadline, fixedTerm, lapsedAfter, met } from './deadline.js';

interface ReportingUniversity {
  readonly universityId: string;
  readonly name: string;
  /** Founded by the state: only these must report. */
  readonly stateFounded: boolean;
  /** The day in China on which the ledger was told of the university. */
  readonly registeredOn: LegalDate;
}

/** A year of a university. */
export interface ReportYear {
  readonly universityId: string;
  readonly year: number;
}

/** A report that was filed; a later restatement changes nothing of that. */
export interface ReportFiling extends ReportYear {
  readonly filedOn: LegalDate;
}

/** What the ledger holds of the yearly reports. */
export interface ReportHistory {
  readonly filings: readonly ReportFiling[];
  /** The years to which some standing record of a university adds: there is something to report. */
  readonly active: readonly ReportYear[];
}

export type ReportDeadlineEvent = Message<'AnnualReportFiled', ReportFiling>;

/** The law asks for the report from 2015-10-01 on (促进科技成果转化法 art 21; G-7): the first is that of 2015, due on 2016-03-30. */
const FIRST_YEAR = 2015;

/** Every year from one on that is over or runs on a date: the report of the year before is due then, the next one is seen coming. */
const yearsUntil = (asOf: LegalDate, from: number): readonly number[] => {
  const first = Math.max(FIRST_YEAR, from);
  return Array.from({ length: Math.max(0, yearOf(asOf) - first + 1) }, (_, index) => first + index);
};

const keyOf = ({ universityId, year }: ReportYear): string => `${universityId}:${year}`;

const universityReport = ({ universityId, name }: ReportingUniversity, year: number, filedOn?: LegalDate): Deadline =>
  deadline({
    kind: 'ANNUAL_REPORT',
    record: { universityId, recordKind: 'university', recordId: universityId, recordNumber: `${year}`, title: name },
    opensOn: `${year + 1}-01-01`,
    term: fixedTerm(`${year + 1}-03-30`),
    tail: year,
    detail: { year },
    closings: [met(filedOn, 'AnnualReportFiled')],
  });

const summary = (year: number): Deadline =>
  deadline({
    kind: 'ANNUAL_REPORT_SUMMARY',
    record: { universityId: '', recordKind: 'department', recordId: 'all', recordNumber: `${year}`, title: `${year}` },
    opensOn: `${year + 1}-01-01`,
    term: fixedTerm(`${year + 1}-04-30`),
    tail: year,
    detail: { year },
    closings: [lapsedAfter(`${year + 1}-04-30`)],
  });

/**
 * The yearly conversion reports (P-5) up to the date asked: universities by 30 March, the department by 30 April. A university's report
 * is met when it is filed and owed until then, however many years that takes: every one that fell due since the ledger was told of the
 * university, and of the years before those that have something to report. The ledger is not told of the department's, so that one
 * lapses after its day and is shown for the year before and the running one only.
 */
export const annualReports = (
  universities: readonly ReportingUniversity[],
  { filings, active }: ReportHistory,
  asOf: LegalDate,
): readonly Deadline[] => {
  const filedOn = new Map(filings.map((filing) => [keyOf(filing), filing.filedOn]));
  const known = new Set([...filings, ...active].map(keyOf));
  const lastYear = yearOf(asOf) - 1;
  const reports = universities
    .filter(({ stateFounded }) => stateFounded)
    .flatMap((university) => {
      const { universityId, registeredOn } = university;
      const owedFrom = Math.min(lastYear, yearOf(registeredOn) - 1);
      return yearsUntil(asOf, FIRST_YEAR)
        .filter((year) => year >= owedFrom || known.has(keyOf({ universityId, year })))
        .map((year) => universityReport(university, year, filedOn.get(keyOf({ universityId, year }))));
    });
  return [...reports, ...yearsUntil(asOf, lastYear).map(summary)];
};
