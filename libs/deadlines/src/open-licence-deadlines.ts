import { type LegalDate, type Message, addMonths } from '@app/kernel';
import { type Deadline, type RecordOf, cancelled, deadline, fixedTerm, lapsedAfter, laterOf, met } from './deadline.js';
import { deadlineCase } from './deadline-case.js';
import { recordingDeadline } from './recording-deadline.js';

interface Declaration {
  readonly universityId: string;
  readonly number: string;
  readonly assetNumber: string;
  readonly title?: string;
  readonly endsOn: LegalDate;
}

export type OpenLicenceDeadlineEvent =
  | Message<'OpenLicenceDeclared', Declaration>
  | Message<'OpenLicenceAnnounced', { readonly announcedOn: LegalDate }>
  | Message<'OpenLicenceWithdrawn', { readonly withdrawnOn: LegalDate }>
  | Message<'OpenLicenceTerminated', { readonly endedOn: LegalDate }>
  | Message<'OpenLicenceVoided', object>;

interface OpenLicenceCase {
  readonly declaration: Declaration;
  readonly announcedOn?: LegalDate;
  readonly withdrawnOn?: LegalDate;
  readonly endedOn?: LegalDate;
}

const evolveLicence = (
  state: OpenLicenceCase | undefined,
  event: OpenLicenceDeadlineEvent,
): OpenLicenceCase | undefined => {
  if (event.type === 'OpenLicenceDeclared') {
    const { universityId, number, assetNumber, title, endsOn } = event.data;
    return { declaration: { universityId, number, assetNumber, endsOn, ...(title === undefined ? {} : { title }) } };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'OpenLicenceAnnounced':
      return { ...state, announcedOn: event.data.announcedOn };
    case 'OpenLicenceWithdrawn':
      return { ...state, withdrawnOn: event.data.withdrawnOn };
    case 'OpenLicenceTerminated':
      return { ...state, endedOn: event.data.endedOn };
    case 'OpenLicenceVoided':
      return undefined;
  }
};

/** How long before its end an open licence is thought of. */
const WATCH_MONTHS = 3;

const licenceDeadlines = (
  { declaration, announcedOn, withdrawnOn, endedOn }: OpenLicenceCase,
  recordId: string,
): readonly Deadline[] => {
  const { universityId, number: recordNumber, assetNumber, title = assetNumber, endsOn } = declaration;
  if (announcedOn === undefined) return [];
  const record: RecordOf = { universityId, recordKind: 'open-licence', recordId, recordNumber, title };
  return [
    deadline({
      kind: 'OPEN_LICENCE_TERM_END',
      record,
      opensOn: laterOf(announcedOn, addMonths(endsOn, -WATCH_MONTHS)),
      term: fixedTerm(endsOn),
      closings: [
        cancelled(withdrawnOn, 'OpenLicenceWithdrawn'),
        cancelled(endedOn, 'OpenLicenceTerminated'),
        lapsedAfter(endsOn),
      ],
    }),
  ];
};

/** Open licences, by `open-licence-<id>`. A voided one never was, and has no date to end on. */
export const openLicenceCase = deadlineCase<OpenLicenceCase, OpenLicenceDeadlineEvent>({
  types: [
    'OpenLicenceDeclared',
    'OpenLicenceAnnounced',
    'OpenLicenceWithdrawn',
    'OpenLicenceTerminated',
    'OpenLicenceVoided',
  ],
  evolve: evolveLicence,
  deadlines: licenceDeadlines,
});

interface Grant {
  readonly universityId: string;
  readonly number: string;
  readonly licensee: string;
  readonly assetNumber: string;
  readonly effectiveOn: LegalDate;
  /** Last day of the licence; absent from grants entered before it was told. */
  readonly endsOn?: LegalDate;
}

export type OpenGrantDeadlineEvent =
  | Message<'OpenLicenceGranted', Grant>
  | Message<'OpenGrantRecorded', { readonly recordedOn: LegalDate }>
  | Message<'OpenGrantEnded', { readonly on: LegalDate }>
  | Message<'OpenGrantVoided', object>;

interface OpenGrantCase {
  readonly grant: Grant;
  readonly firstRecordedOn?: LegalDate;
  readonly endedOn?: LegalDate;
}

const evolveGrant = (state: OpenGrantCase | undefined, event: OpenGrantDeadlineEvent): OpenGrantCase | undefined => {
  if (event.type === 'OpenLicenceGranted') {
    const { universityId, number, licensee, assetNumber, effectiveOn, endsOn } = event.data;
    const term = { effectiveOn, ...(endsOn === undefined ? {} : { endsOn }) };
    return { grant: { universityId, number, licensee, assetNumber, ...term } };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'OpenGrantRecorded':
      return { ...state, firstRecordedOn: state.firstRecordedOn ?? event.data.recordedOn };
    case 'OpenGrantEnded':
      return { ...state, endedOn: event.data.on };
    case 'OpenGrantVoided':
      return undefined;
  }
};

const grantDeadlines = (state: OpenGrantCase, recordId: string): readonly Deadline[] => {
  const { grant, firstRecordedOn, endedOn } = state;
  const { universityId, number: recordNumber, licensee, assetNumber } = grant;
  const title = `${licensee} ${assetNumber}`;
  const record: RecordOf = { universityId, recordKind: 'open-licence-grant', recordId, recordNumber, title };
  return [
    recordingDeadline('OPEN_GRANT_RECORDING', record, grant, [
      met(firstRecordedOn, 'OpenGrantRecorded'),
      cancelled(endedOn, 'OpenGrantEnded'),
    ]),
  ];
};

/** Grants under open licences, by `open-grant-<id>`. What was voided never was. */
export const openGrantCase = deadlineCase<OpenGrantCase, OpenGrantDeadlineEvent>({
  types: ['OpenLicenceGranted', 'OpenGrantRecorded', 'OpenGrantEnded', 'OpenGrantVoided'],
  evolve: evolveGrant,
  deadlines: grantDeadlines,
});
