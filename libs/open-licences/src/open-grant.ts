import {
  type Decider,
  type DecisionContext,
  FEE_TYPES,
  assertNever,
  deadlineMonths,
  determineInChangsha,
  isDivision,
} from '@app/kernel';
import { dueAtOnce, payableAtMost, standardOn } from './fee-standard.js';
import type {
  CancelOpenGrantRecord,
  EndOpenGrant,
  GrantFacts,
  GrantOpenLicence,
  GrantTerms,
  Offer,
  OpenGrant,
  OpenGrantCommand,
  OpenGrantEvent,
  RecordOpenGrant,
  VoidOpenGrant,
} from './open-grant-events.js';
import { assertPast, assertSince, openLicenceRule } from './open-licence-rules.js';

/** @throws Refusal OL-17 */
export const granted = ({ terms }: OpenGrant): GrantTerms => {
  if (!terms) throw openLicenceRule('OL-17');
  return terms;
};

/** OL-5: whoever has given notice and paid holds the licence from the later of the two. */
export const effectiveOn = ({ noticeOn, paidOn }: Pick<GrantFacts, 'noticeOn' | 'paidOn'>): string =>
  noticeOn > paidOn ? noticeOn : paidOn;

const grant = (command: GrantOpenLicence, before: OpenGrant, { today }: DecisionContext): OpenGrantEvent[] => {
  const { type: _type, offer, ...facts } = command;
  if (before.terms) return [];
  const { noticeOn, paidOn, licenseeDivision: code } = facts;
  assertPast({ noticeOn, paidOn }, today);
  if (code !== undefined && !isDivision(code)) throw openLicenceRule('OL-20', { code }, { field: 'licenseeDivision' });
  assertOpen(facts, offer);
  assertPaidSince(facts, offer);
  const standardVersion = assertPaid(facts, offer);
  const { universityId, assetId, assetNumber, title, ipType, endsOn } = offer.terms;
  const asset = { universityId, assetId, assetNumber, ...(title === undefined ? {} : { title }), ipType };
  const inChangsha = determineInChangsha(code);
  const data = { ...facts, ...asset, effectiveOn: effectiveOn(facts), endsOn, standardVersion, inChangsha };
  return [{ type: 'OpenGrantRequested', data }];
};

/** OL-6: on or after the announcement, before the offer is closed, and in time to take effect within the term. */
const assertOpen = (facts: GrantFacts, { terms, announcedOn, closedOn }: Offer): void => {
  const { noticeOn } = facts;
  const { number: declaration, endsOn } = terms;
  const isOpen = announcedOn && noticeOn >= announcedOn && (!closedOn || noticeOn < closedOn);
  if (isOpen && effectiveOn(facts) <= endsOn) return;
  const open = { from: announcedOn ?? '…', until: closedOn ?? endsOn };
  throw openLicenceRule('OL-6', { noticeOn, declaration, ...open }, { field: isOpen ? 'paidOn' : 'noticeOn' });
};

/** @throws Refusal OL-39 */
const assertPaidSince = ({ paidOn }: GrantFacts, { terms, announcedOn = paidOn }: Offer): void => {
  if (paidOn >= announcedOn) return;
  throw openLicenceRule('OL-39', { paidOn, declaration: terms.number, announcedOn }, { field: 'paidOn' });
};

/** The version of the standard in force on the day of the notice, which the payment must meet. @throws Refusal OL-5 */
const assertPaid = ({ paidFen, noticeOn }: GrantFacts, { terms, standards }: Offer): number => {
  const standard = standardOn(standards, noticeOn) ?? { ...terms, version: 1 };
  const [paid, due, most] = [BigInt(paidFen), dueAtOnce(standard), payableAtMost(standard)];
  const { feeType, version } = standard;
  if (paid >= due && (most === undefined || paid <= most)) return version;
  const parameters = { declaration: terms.number, version, feeType: FEE_TYPES[feeType].zh, due, paid };
  throw openLicenceRule('OL-5', parameters, { field: 'paid' });
};

/** Recording is due within three months of the licence taking effect (专利法实施细则 art 15); late, it is recorded all the same. */
export const recordingDueOn = ({ effectiveOn: since }: Pick<GrantTerms, 'effectiveOn'>): string =>
  deadlineMonths(since, 3).due;

const record = (command: RecordOpenGrant, before: OpenGrant, { today }: DecisionContext): OpenGrantEvent[] => {
  const { recordNo, recordedOn } = command;
  const terms = standing(before);
  if (before.recordNo === recordNo && before.recordedOn === recordedOn) return [];
  if (before.recordedOn) throw openLicenceRule('OL-16', { number: terms.number, status: 'RECORDED' });
  assertPast({ recordedOn }, today);
  if (recordedOn < terms.effectiveOn) {
    const { effectiveOn: since } = terms;
    throw openLicenceRule('OL-18', { recordedOn, effectiveOn: since }, { field: 'recordedOn' });
  }
  if (before.cancelledOn) assertSince('recordedOn', recordedOn, before.cancelledOn, today);
  const dueOn = recordingDueOn(terms);
  return [
    { type: 'OpenGrantRecorded', data: { recordNo, recordedOn, dueOn, warnings: recordedOn > dueOn ? ['OL-32'] : [] } },
  ];
};

const cancelRecord = (
  { cancelledOn, reason }: CancelOpenGrantRecord,
  before: OpenGrant,
  { today }: DecisionContext,
): OpenGrantEvent[] => {
  const { number } = standing(before);
  if (before.cancelledOn === cancelledOn && !before.recordedOn) return [];
  if (!before.recordedOn) throw openLicenceRule('OL-33', { number });
  assertSince('cancelledOn', cancelledOn, before.recordedOn, today);
  return [{ type: 'OpenGrantRecordCancelled', data: { cancelledOn, reason } }];
};

/** Ends a licence before its term, by agreement of both sides. */
const end = (
  { type: _type, ...data }: EndOpenGrant,
  before: OpenGrant,
  { today }: DecisionContext,
): OpenGrantEvent[] => {
  const { number, effectiveOn: since, endsOn } = standing(before);
  if (before.endedOn === data.on) return [];
  if (before.endedOn || (endsOn && data.on >= endsOn)) throw openLicenceRule('OL-16', { number, status: 'ENDED' });
  assertSince('on', data.on, since, today);
  return [{ type: 'OpenGrantEnded', data: { ...data, cause: 'AGREEMENT' } }];
};

const voidGrant = ({ type: _type, ...data }: VoidOpenGrant, before: OpenGrant): OpenGrantEvent[] => {
  if (before.status === 'VOIDED') return [];
  standing(before);
  return [{ type: 'OpenGrantVoided', data }];
};

/** @throws Refusal OL-16, OL-17, OL-30 */
const standing = (before: OpenGrant): GrantTerms => {
  const terms = granted(before);
  const { status, unsettled } = before;
  const { number } = terms;
  if (status === 'REQUESTED' || unsettled !== undefined) throw openLicenceRule('OL-30', { number });
  if (status !== 'GRANTED') throw openLicenceRule('OL-16', { number, status });
  return terms;
};

const decide = (command: OpenGrantCommand, before: OpenGrant, context: DecisionContext): OpenGrantEvent[] => {
  switch (command.type) {
    case 'GrantOpenLicence':
      return grant(command, before, context);
    case 'ConfirmGrant':
      return before.status === 'REQUESTED' ? [{ type: 'OpenLicenceGranted', data: granted(before) }] : [];
    case 'RefuseGrant': {
      const { type: _type, ...data } = command;
      return before.status === 'REQUESTED' ? [{ type: 'OpenGrantRefused', data }] : [];
    }
    case 'RecordOpenGrant':
      return record(command, before, context);
    case 'CancelOpenGrantRecord':
      return cancelRecord(command, before, context);
    case 'EndOpenGrant':
      return end(command, before, context);
    case 'VoidOpenGrant':
      return voidGrant(command, before);
    case 'SettleGrant': {
      const { revision } = command;
      return before.unsettled === revision ? [{ type: 'OpenGrantSettled', data: { revision } }] : [];
    }
    default:
      return assertNever(command);
  }
};

const evolve = (before: OpenGrant, event: OpenGrantEvent): OpenGrant => {
  const revision = before.revision + 1;
  const after = { ...before, revision };
  switch (event.type) {
    case 'OpenGrantRequested':
      return { ...after, status: 'REQUESTED', terms: event.data, unsettled: revision };
    case 'OpenLicenceGranted':
      return { ...after, status: 'GRANTED', terms: event.data, unsettled: undefined };
    case 'OpenGrantRefused':
      return { ...after, status: 'REFUSED', refusal: event.data, unsettled: revision };
    case 'OpenGrantRecorded':
      return { ...after, recordNo: event.data.recordNo, recordedOn: event.data.recordedOn };
    case 'OpenGrantRecordCancelled':
      return { ...after, recordNo: undefined, recordedOn: undefined, cancelledOn: event.data.cancelledOn };
    case 'OpenGrantEnded':
      return { ...after, endedOn: event.data.on, unsettled: revision };
    case 'OpenGrantVoided':
      return { ...after, status: 'VOIDED', unsettled: revision };
    case 'OpenGrantSettled':
      return { ...after, unsettled: undefined };
    default:
      return assertNever(event);
  }
};

export const openGrantStream = (grantId: string): string => `open-grant-${grantId}`;

export const openGrantDecider: Decider<OpenGrant, OpenGrantCommand, OpenGrantEvent> = {
  initial: {
    status: 'ABSENT',
    terms: undefined,
    recordNo: undefined,
    recordedOn: undefined,
    cancelledOn: undefined,
    endedOn: undefined,
    refusal: undefined,
    revision: -1,
    unsettled: undefined,
  },
  decide,
  evolve,
};
