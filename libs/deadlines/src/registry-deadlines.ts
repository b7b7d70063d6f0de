import { type LegalDate, type Message, addMonths } from '@app/kernel';
import type { Designation, IpCertificate } from '@app/registry';
import { type Deadline, type RecordOf, cancelled, deadline, fixedTerm, laterOf, met } from './deadline.js';
import { deadlineCase } from './deadline-case.js';

/** How long before its end recertification or a new designation is thought of. */
const WATCH_MONTHS = 6;

interface Certificate extends Pick<IpCertificate, 'universityId' | 'certNo' | 'standard' | 'validFrom' | 'validTo'> {
  readonly id: string;
  readonly withdrawnOn?: LegalDate;
}

/** An event of one certificate, told to the case of all certificates of its university to the same standard. */
type CertificateEvent =
  | Message<'IpCertificateIssued', IpCertificate & { readonly id: string }>
  | Message<'IpCertificateWithdrawn', { readonly id: string; readonly withdrawnOn: LegalDate }>;

const evolveCertificates = (
  state: readonly Certificate[] | undefined,
  event: CertificateEvent,
): readonly Certificate[] | undefined => {
  if (event.type === 'IpCertificateIssued') {
    const { id, universityId, certNo, standard, validFrom, validTo } = event.data;
    return [...(state ?? []), { id, universityId, certNo, standard, validFrom, validTo }];
  }
  const { id, withdrawnOn } = event.data;
  return state?.map((certificate) => (certificate.id === id ? { ...certificate, withdrawnOn } : certificate));
};

const certificateDeadlines = (certificates: readonly Certificate[]): readonly Deadline[] =>
  certificates.map(({ id, universityId, certNo, standard, validFrom, validTo, withdrawnOn }) => {
    const next = certificates.map((other) => other.validFrom).filter((from) => from > validFrom);
    const record: RecordOf = {
      universityId,
      recordKind: 'certification',
      recordId: id,
      recordNumber: certNo,
      title: standard,
    };
    return deadline({
      kind: 'CERTIFICATE_EXPIRY',
      record,
      opensOn: laterOf(validFrom, addMonths(validTo, -WATCH_MONTHS)),
      term: fixedTerm(validTo),
      closings: [cancelled(withdrawnOn, 'IpCertificateWithdrawn'), met(next.toSorted()[0], 'IpCertificateIssued')],
    });
  });

/** Certificates of a university to one standard, so that the next one meets the expiry of the last. */
export const certificateCase = deadlineCase<readonly Certificate[], CertificateEvent>({
  types: ['IpCertificateIssued', 'IpCertificateWithdrawn'],
  evolve: evolveCertificates,
  deadlines: certificateDeadlines,
});

type Granted = Pick<Designation, 'universityId' | 'designation' | 'documentNo' | 'designatedOn' | 'validTo'> & {
  readonly id: string;
};

const evolveDesignations = (
  state: readonly Granted[] | undefined,
  { data }: Message<'DesignationGranted', Granted>,
): readonly Granted[] => {
  const { id, universityId, designation, documentNo, designatedOn, validTo } = data;
  const granted = { id, universityId, designation, documentNo, designatedOn };
  return [...(state ?? []), validTo === undefined ? granted : { ...granted, validTo }];
};

const DESIGNATION_TITLES = { PILOT: '国家知识产权试点高校', DEMONSTRATION: '国家知识产权示范高校' } as const;

/** A demonstration university needs no new pilot; a pilot is followed by either. */
const follows = (next: Granted, { designation, designatedOn }: Granted): boolean =>
  next.designatedOn > designatedOn && (next.designation === designation || next.designation === 'DEMONSTRATION');

const designationDeadlines = (designations: readonly Granted[]): readonly Deadline[] =>
  designations.flatMap((granted) => {
    const { id, universityId, designation, documentNo, designatedOn, validTo } = granted;
    if (validTo === undefined) return [];
    const next = designations.filter((other) => follows(other, granted)).map((other) => other.designatedOn);
    const record: RecordOf = {
      universityId,
      recordKind: 'designation',
      recordId: id,
      recordNumber: documentNo,
      title: DESIGNATION_TITLES[designation],
    };
    return [
      deadline({
        kind: 'DESIGNATION_EXPIRY',
        record,
        opensOn: laterOf(designatedOn, addMonths(validTo, -WATCH_MONTHS)),
        term: fixedTerm(validTo),
        closings: [met(next.toSorted()[0], 'DesignationGranted')],
      }),
    ];
  });

/** The designations of a university. */
export const designationCase = deadlineCase<readonly Granted[], Message<'DesignationGranted', Granted>>({
  types: ['DesignationGranted'],
  evolve: evolveDesignations,
  deadlines: designationDeadlines,
});

export type FundYearDeadlineEvent =
  | Message<'FundYearOpened', { readonly year: number; readonly document: string; readonly openedOn: LegalDate }>
  | Message<'FundAllocated', { readonly allocatedOn: LegalDate }>;

interface FundYearCase {
  readonly year: number;
  readonly document: string;
  readonly openedOn: LegalDate;
  readonly allocatedOn?: LegalDate;
}

const evolveFundYear = (state: FundYearCase | undefined, event: FundYearDeadlineEvent): FundYearCase | undefined => {
  if (event.type === 'FundAllocated') return state && { ...state, allocatedOn: event.data.allocatedOn };
  const { year, document, openedOn } = event.data;
  return { year, document, openedOn };
};

const fundYearDeadlines = (
  { year, document, openedOn, allocatedOn }: FundYearCase,
  id: string,
): readonly Deadline[] => [
  deadline({
    kind: 'FUND_YEAR_CLOSE',
    record: { universityId: '', recordKind: 'fund-year', recordId: id, recordNumber: document, title: `${year}` },
    opensOn: openedOn,
    term: fixedTerm(`${year}-12-31`),
    detail: { year },
    closings: [met(allocatedOn, 'FundAllocated')],
  }),
];

/** Fund years, by `fund-year-<year>`. */
export const fundYearCase = deadlineCase<FundYearCase, FundYearDeadlineEvent>({
  types: ['FundYearOpened', 'FundAllocated'],
  evolve: evolveFundYear,
  deadlines: fundYearDeadlines,
});
