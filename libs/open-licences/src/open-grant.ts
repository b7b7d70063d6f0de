import { type Decider, type DecisionContext, type Message, assertNever, isChangshaDivision } from '@app/kernel';
import type { OpenFeeType, OpenLicenceTerms } from './open-licence.js';
import { assertPast, openLicenceRule } from './open-licence-rules.js';

/** One taker of an open licence (开放许可实施): notice and payment make the licence (专利法 art 51). */
export interface GrantTerms extends GrantFacts, Pick<OpenLicenceTerms, 'assetId' | 'assetNumber' | 'title' | 'ipType'> {
  readonly universityId: string;
  /** The later of notice and payment (OL-5). */
  readonly effectiveOn: string;
  readonly inChangsha: { readonly rule: 'in-changsha/1'; readonly value: boolean | null };
}

/** What the office says of a grant; the rest follows from the declaration. */
export interface GrantFacts {
  readonly declarationId: string;
  readonly number: string;
  readonly licensee: string;
  readonly licenseeCode?: string;
  /** Division code of the licensee's registered address, six digits. */
  readonly licenseeDivision?: string;
  readonly noticeOn: string;
  readonly paidOn: string;
  readonly paidFen: string;
}

export type OpenGrantEvent =
  | Message<'OpenLicenceGranted', GrantTerms>
  | Message<'OpenGrantRecorded', { readonly recordNo: string; readonly recordedOn: string }>;

/** The declaration as it stood when the grant was entered. */
export interface Offer {
  readonly terms: OpenLicenceTerms;
  readonly announcedOn?: string;
  readonly withdrawnOn?: string;
}

export type GrantOpenLicence = { readonly type: 'GrantOpenLicence'; readonly offer: Offer } & GrantFacts;
export interface RecordOpenGrant {
  readonly type: 'RecordOpenGrant';
  readonly recordNo: string;
  readonly recordedOn: string;
}
export type OpenGrantCommand = GrantOpenLicence | RecordOpenGrant;

export interface OpenGrant {
  readonly terms: GrantTerms | undefined;
  readonly recordNo: string | undefined;
  readonly recordedOn: string | undefined;
}

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
  if (code !== undefined && !/^\d{6}$/.test(code))
    throw openLicenceRule('OL-20', { code }, { field: 'licenseeDivision' });
  assertOpen(facts, offer);
  assertPaid(facts, offer.terms);
  const { universityId, assetId, assetNumber, title, ipType } = offer.terms;
  const asset = { universityId, assetId, assetNumber, ...(title === undefined ? {} : { title }), ipType };
  const inChangsha = { rule: 'in-changsha/1', value: code === undefined ? null : isChangshaDivision(code) } as const;
  return [{ type: 'OpenLicenceGranted', data: { ...facts, ...asset, effectiveOn: effectiveOn(facts), inChangsha } }];
};

/** OL-6: on or after the announcement, before a withdrawal, and in time to take effect within the term. */
const assertOpen = (facts: GrantFacts, { terms, announcedOn, withdrawnOn }: Offer): void => {
  const { noticeOn } = facts;
  const { number: declaration, endsOn } = terms;
  const isOpen = announcedOn && noticeOn >= announcedOn && (!withdrawnOn || noticeOn < withdrawnOn);
  if (isOpen && effectiveOn(facts) <= endsOn) return;
  const open = { from: announcedOn ?? '…', until: withdrawnOn ?? endsOn };
  throw openLicenceRule('OL-6', { noticeOn, declaration, ...open }, { field: isOpen ? 'paidOn' : 'noticeOn' });
};

/** What must be paid before the licence is held. A royalty runs afterwards; of instalments the first, whose share no standard fixes. */
const dueAtOnce = ({ feeType, feeFen = '0' }: OpenLicenceTerms): bigint => {
  const due: Record<OpenFeeType, bigint> = {
    FREE: 0n,
    RUNNING_ROYALTY: 0n,
    INSTALMENTS: 1n,
    LUMP_SUM: BigInt(feeFen),
    ENTRY_FEE_PLUS_ROYALTY: BigInt(feeFen),
  };
  return due[feeType];
};

const assertPaid = ({ paidFen }: GrantFacts, terms: OpenLicenceTerms): void => {
  const [paid, due] = [BigInt(paidFen), dueAtOnce(terms)];
  const { feeType, number: declaration } = terms;
  if (feeType === 'FREE' ? paid === 0n : paid >= due) return;
  throw openLicenceRule('OL-5', { declaration, feeType, due, paid }, { field: 'paid' });
};

const record = (command: RecordOpenGrant, before: OpenGrant, { today }: DecisionContext): OpenGrantEvent[] => {
  const { recordNo, recordedOn } = command;
  const { number, effectiveOn: since } = granted(before);
  if (before.recordNo === recordNo && before.recordedOn === recordedOn) return [];
  if (before.recordedOn) throw openLicenceRule('OL-16', { number, status: 'RECORDED' });
  assertPast({ recordedOn }, today);
  if (recordedOn < since) {
    throw openLicenceRule('OL-18', { recordedOn, effectiveOn: since }, { field: 'recordedOn' });
  }
  return [{ type: 'OpenGrantRecorded', data: { recordNo, recordedOn } }];
};

const decide = (command: OpenGrantCommand, before: OpenGrant, context: DecisionContext): OpenGrantEvent[] => {
  switch (command.type) {
    case 'GrantOpenLicence':
      return grant(command, before, context);
    case 'RecordOpenGrant':
      return record(command, before, context);
    default:
      return assertNever(command);
  }
};

const evolve = (before: OpenGrant, event: OpenGrantEvent): OpenGrant => {
  switch (event.type) {
    case 'OpenLicenceGranted':
      return { ...before, terms: event.data };
    case 'OpenGrantRecorded':
      return { ...before, ...event.data };
    default:
      return assertNever(event);
  }
};

export const openGrantStream = (grantId: string): string => `open-grant-${grantId}`;

export const openGrantDecider: Decider<OpenGrant, OpenGrantCommand, OpenGrantEvent> = {
  initial: { terms: undefined, recordNo: undefined, recordedOn: undefined },
  decide,
  evolve,
};
