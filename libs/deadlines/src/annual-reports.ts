import { type LegalDate, type Message, yearOf } from '@app/kernel';
import { type Deadline, deadline, fixedTerm, lapsed, met } from './deadline.js';

interface ReportingUniversity {
  readonly universityId: string;
  readonly name: string;
  /** Founded by the state: only these must report. */
  readonly stateFounded: boolean;
}

/** A report that was filed; a later restatement changes nothing of that. */
export interface ReportFiling {
  readonly universityId: string;
  readonly year: number;
  readonly filedOn: LegalDate;
}

export type ReportDeadlineEvent = Message<'AnnualReportFiled', ReportFiling>;

/** 国发〔2016〕16号 was issued on 2016-02-26, so the first report was that for 2016. */
const FIRST_YEAR = 2016;

/** The report of the year before is due in the year asked about; the next one is seen coming. */
export const yearsKnown = (asOf: LegalDate): readonly number[] =>
  [yearOf(asOf) - 1, yearOf(asOf)].filter((year) => year >= FIRST_YEAR);

const universityReport = (
  { universityId, name }: ReportingUniversity,
  year: number,
  filings: readonly ReportFiling[],
): Deadline => {
  const filing = filings.find((filed) => filed.universityId === universityId && filed.year === year);
  return deadline({
    kind: 'ANNUAL_REPORT',
    record: { universityId, recordKind: 'university', recordId: universityId, recordNumber: `${year}`, title: name },
    opensOn: `${year + 1}-01-01`,
    term: fixedTerm(`${year + 1}-03-30`),
    tail: year,
    detail: { year },
    closings: [met(filing?.filedOn, 'AnnualReportFiled')],
  });
};

const summary = (year: number): Deadline =>
  deadline({
    kind: 'ANNUAL_REPORT_SUMMARY',
    record: { universityId: '', recordKind: 'department', recordId: 'all', recordNumber: `${year}`, title: `${year}` },
    opensOn: `${year + 1}-01-01`,
    term: fixedTerm(`${year + 1}-04-30`),
    tail: year,
    detail: { year },
    closings: [lapsed(`${year + 1}-05-01`)],
  });

/**
 * The yearly conversion reports (P-5) about the date asked: universities by 30 March, the department by 30 April. A university's report
 * is met when it is filed. The ledger is not told of the department's, so that one lapses after its day.
 */
export const annualReports = (
  universities: readonly ReportingUniversity[],
  filings: readonly ReportFiling[],
  asOf: LegalDate,
): readonly Deadline[] =>
  yearsKnown(asOf).flatMap((year) => [
    ...universities
      .filter(({ stateFounded }) => stateFounded)
      .map((university) => universityReport(university, year, filings)),
    summary(year),
  ]);
