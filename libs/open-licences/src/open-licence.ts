import {
  type Decider,
  type DecisionContext,
  type Message,
  type PatentType,
  assertNever,
  compactNumber,
} from '@app/kernel';
import { assertPast, openLicenceRule } from './open-licence-rules.js';

/** How an open licence is charged (D§3.4 OL-9). */
export const OPEN_FEE_TYPES = {
  FREE: { zh: '免费', en: 'Free' },
  LUMP_SUM: { zh: '一次总付', en: 'Lump sum' },
  INSTALMENTS: { zh: '分期', en: 'Instalments' },
  RUNNING_ROYALTY: { zh: '提成', en: 'Running royalty' },
  ENTRY_FEE_PLUS_ROYALTY: { zh: '入门费+提成', en: 'Entry fee plus royalty' },
} as const;
export type OpenFeeType = keyof typeof OPEN_FEE_TYPES;

/** A patentee's offer to license anyone on published terms (开放许可声明). Fees in fen as text; the royalty in 0.01%. */
export interface OpenLicenceTerms {
  readonly universityId: string;
  readonly number: string;
  readonly assetId: string;
  readonly assetNumber: string;
  /** Title of the patent when it was declared. */
  readonly title?: string;
  readonly ipType: PatentType;
  readonly declaredOn: string;
  readonly endsOn: string;
  readonly feeType: OpenFeeType;
  /** The whole fee, or the entry fee. */
  readonly feeFen?: string;
  readonly royaltyPermyriad?: number;
  readonly evaluationReportNo?: string;
  readonly evaluationReportOn?: string;
}

export type OpenLicenceEvent =
  | Message<'OpenLicenceDeclared', OpenLicenceTerms>
  | Message<'OpenLicenceAnnounced', { readonly announcedOn: string }>
  | Message<'OpenLicenceWithdrawn', { readonly withdrawnOn: string }>;

export type DeclareOpenLicence = { readonly type: 'DeclareOpenLicence' } & OpenLicenceTerms;
export interface AnnounceOpenLicence {
  readonly type: 'AnnounceOpenLicence';
  readonly announcedOn: string;
}
export interface WithdrawOpenLicence {
  readonly type: 'WithdrawOpenLicence';
  readonly withdrawnOn: string;
}
export type OpenLicenceCommand = DeclareOpenLicence | AnnounceOpenLicence | WithdrawOpenLicence;

export interface OpenLicence {
  readonly terms: OpenLicenceTerms | undefined;
  readonly announcedOn: string | undefined;
  readonly withdrawnOn: string | undefined;
}

/** @throws Refusal OL-17 */
export const declared = ({ terms }: OpenLicence): OpenLicenceTerms => {
  if (!terms) throw openLicenceRule('OL-17');
  return terms;
};

const declare = (command: DeclareOpenLicence, licence: OpenLicence, { today }: DecisionContext): OpenLicenceEvent[] => {
  const { type: _type, ...terms } = command;
  if (licence.terms) return [];
  const { declaredOn, endsOn, evaluationReportOn } = terms;
  assertPast({ declaredOn, evaluationReportOn }, today);
  assertEndsAfter(declaredOn, endsOn);
  assertReport(terms);
  assertFee(terms);
  return [{ type: 'OpenLicenceDeclared', data: terms }];
};

const announce = (
  command: AnnounceOpenLicence,
  licence: OpenLicence,
  { today }: DecisionContext,
): OpenLicenceEvent[] => {
  const { announcedOn } = command;
  const { declaredOn, endsOn } = declared(licence);
  if (licence.announcedOn === announcedOn) return [];
  if (licence.announcedOn) throw stateRefusal(licence);
  assertPast({ announcedOn }, today);
  if (announcedOn < declaredOn) {
    throw openLicenceRule('OL-14', { announcedOn, declaredOn }, { field: 'announcedOn' });
  }
  assertEndsAfter(announcedOn, endsOn);
  return [{ type: 'OpenLicenceAnnounced', data: { announcedOn } }];
};

/** Ends the offer, never the grants taken while it stood (专利法 art 50). */
const withdraw = (
  command: WithdrawOpenLicence,
  licence: OpenLicence,
  { today }: DecisionContext,
): OpenLicenceEvent[] => {
  const { withdrawnOn } = command;
  const { announcedOn } = licence;
  declared(licence);
  if (licence.withdrawnOn === withdrawnOn) return [];
  if (!announcedOn || licence.withdrawnOn) throw stateRefusal(licence);
  assertPast({ withdrawnOn }, today);
  if (withdrawnOn < announcedOn) {
    throw openLicenceRule('OL-7', { withdrawnOn, announcedOn }, { field: 'withdrawnOn' });
  }
  return [{ type: 'OpenLicenceWithdrawn', data: { withdrawnOn } }];
};

const assertEndsAfter = (date: string, endsOn: string): void => {
  if (endsOn <= date) throw openLicenceRule('OL-15', { endsOn, date }, { field: 'endsOn' });
};

const assertReport = ({ ipType, evaluationReportNo, evaluationReportOn }: OpenLicenceTerms): void => {
  const needed = ipType === 'UTILITY_MODEL' || ipType === 'DESIGN';
  if (!needed || (evaluationReportNo && evaluationReportOn)) return;
  throw openLicenceRule('OL-2', {}, { field: evaluationReportNo ? 'evaluationReportOn' : 'evaluationReportNo' });
};

/** What each fee type announces: an amount, a rate, both, or neither. */
const ANNOUNCES: Readonly<Record<OpenFeeType, { readonly fee: boolean; readonly royalty: boolean }>> = {
  FREE: { fee: false, royalty: false },
  LUMP_SUM: { fee: true, royalty: false },
  INSTALMENTS: { fee: true, royalty: false },
  RUNNING_ROYALTY: { fee: false, royalty: true },
  ENTRY_FEE_PLUS_ROYALTY: { fee: true, royalty: true },
};

const assertFee = ({ feeType, feeFen, royaltyPermyriad: royalty = 0 }: OpenLicenceTerms): void => {
  const fee = BigInt(feeFen ?? '0');
  const announces = ANNOUNCES[feeType];
  if (announces.fee === fee > 0n && announces.royalty === royalty > 0 && royalty <= 10_000) return;
  const field = announces.fee === fee > 0n ? 'royaltyPermyriad' : 'fee';
  throw openLicenceRule('OL-9', { feeType, fee, royalty }, { field });
};

const stateRefusal = (licence: OpenLicence) => {
  const status = licence.withdrawnOn ? 'WITHDRAWN' : licence.announcedOn ? 'ANNOUNCED' : 'DECLARED';
  return openLicenceRule('OL-16', { number: declared(licence).number, status });
};

const decide = (command: OpenLicenceCommand, licence: OpenLicence, context: DecisionContext): OpenLicenceEvent[] => {
  switch (command.type) {
    case 'DeclareOpenLicence':
      return declare(command, licence, context);
    case 'AnnounceOpenLicence':
      return announce(command, licence, context);
    case 'WithdrawOpenLicence':
      return withdraw(command, licence, context);
    default:
      return assertNever(command);
  }
};

const evolve = (licence: OpenLicence, event: OpenLicenceEvent): OpenLicence => {
  switch (event.type) {
    case 'OpenLicenceDeclared':
      return { ...licence, terms: event.data };
    case 'OpenLicenceAnnounced':
    case 'OpenLicenceWithdrawn':
      return { ...licence, ...event.data };
    default:
      return assertNever(event);
  }
};

export const openLicenceStream = (declarationId: string): string => `open-licence-${declarationId}`;

/** Declarations and grants are numbered by their university: unique within it, each in its own series. */
export const numberClaim = (universityId: string, number: string): string => `${universityId}/${compactNumber(number)}`;

export const openLicenceDecider: Decider<OpenLicence, OpenLicenceCommand, OpenLicenceEvent> = {
  initial: { terms: undefined, announcedOn: undefined, withdrawnOn: undefined },
  decide,
  evolve,
};
