import { type Decider, type DecisionContext, Refusal, assertNever, compactNumber } from '@app/kernel';
import { type FeeTerms, assertFee, feeTermsOf, feeWarnings, isSameFee } from './fee-standard.js';
import type {
  ChangeFeeStandard,
  DeclareOpenLicence,
  OfferEnd,
  OpenLicence,
  OpenLicenceCommand,
  OpenLicenceEvent,
  OpenLicenceStep,
  OpenLicenceTerms,
  OpenWork,
  VoidOpenLicence,
} from './open-licence-events.js';
import { assertPast, assertSince, openLicenceRule } from './open-licence-rules.js';
import { isPromotional } from './promotional-wording.js';

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
  if (!openLicenceRule.governs('OL-22', declaredOn)) {
    throw openLicenceRule('OL-22', { declaredOn }, { field: 'declaredOn' });
  }
  assertEndsAfter(declaredOn, endsOn);
  assertReport(terms);
  assertFee(terms);
  const warnings = warningsOn(terms, declaredOn, terms.note);
  return [{ type: 'OpenLicenceDeclared', data: { ...terms, warnings } }];
};

/** Warnings never block (D§3.2): they are stored by rule id. */
const warningsOn = (terms: FeeTerms, date: string, note?: string): string[] => {
  const promotes = openLicenceRule.governs('OL-10', date) && isPromotional(note, terms.valuation);
  return [...(promotes ? ['OL-10'] : []), ...feeWarnings(terms, date)];
};

const assertEndsAfter = (date: string, endsOn: string): void => {
  if (endsOn <= date) throw openLicenceRule('OL-15', { endsOn, date }, { field: 'endsOn' });
};

const assertReport = (terms: OpenLicenceTerms): void => {
  const { ipType, declaredOn, evaluationReportNo, evaluationReportOn, evaluationReportMeets } = terms;
  if (ipType !== 'UTILITY_MODEL' && ipType !== 'DESIGN') return;
  if (!evaluationReportNo || !evaluationReportOn) {
    throw openLicenceRule('OL-2', {}, { field: evaluationReportNo ? 'evaluationReportOn' : 'evaluationReportNo' });
  }
  if (evaluationReportOn > declaredOn && openLicenceRule.governs('OL-37', declaredOn)) {
    throw openLicenceRule('OL-37', { evaluationReportOn, declaredOn }, { field: 'evaluationReportOn' });
  }
  if (evaluationReportMeets === false && openLicenceRule.governs('OL-21', declaredOn)) {
    throw openLicenceRule('OL-21', {}, { field: 'evaluationReportMeets' });
  }
};

const announce = (announcedOn: string, licence: OpenLicence, { today }: DecisionContext): OpenLicenceEvent[] => {
  const { declaredOn, endsOn } = declared(licence);
  if (licence.announcedOn === announcedOn) return [];
  assertStatus(licence, 'DECLARED');
  assertPast({ announcedOn }, today);
  if (announcedOn < declaredOn) {
    throw openLicenceRule('OL-14', { announcedOn, declaredOn }, { field: 'announcedOn' });
  }
  assertEndsAfter(announcedOn, endsOn);
  return [{ type: 'OpenLicenceAnnouncementRequested', data: { announcedOn } }];
};

/** Ends the offer, never the grants taken while it stood (专利法 art 50). */
const withdraw = (withdrawnOn: string, licence: OpenLicence, { today }: DecisionContext): OpenLicenceEvent[] => {
  declared(licence);
  if (licence.withdrawnOn === withdrawnOn) return [];
  const announcedOn = assertAnnounced(licence);
  assertPast({ withdrawnOn }, today);
  if (withdrawnOn < announcedOn) {
    throw openLicenceRule('OL-7', { withdrawnOn, announcedOn }, { field: 'withdrawnOn' });
  }
  return [{ type: 'OpenLicenceEndRequested', data: { on: withdrawnOn, cause: 'WITHDRAWN' } }];
};

/** The offer ends with the patent (专利法 art 44, 47). */
const terminate = (
  { endedOn, cause }: { readonly endedOn: string; readonly cause: OfferEnd },
  licence: OpenLicence,
  { today }: DecisionContext,
): OpenLicenceEvent[] => {
  declared(licence);
  if (licence.endedOn === endedOn && licence.endCause === cause) return [];
  assertSince('endedOn', endedOn, assertAnnounced(licence), today);
  return [{ type: 'OpenLicenceEndRequested', data: { on: endedOn, cause } }];
};

const reject = (
  { rejectedOn, ground }: { readonly rejectedOn: string; readonly ground: string },
  licence: OpenLicence,
  { today }: DecisionContext,
): OpenLicenceEvent[] => {
  const { declaredOn } = declared(licence);
  if (licence.rejectedOn === rejectedOn) return [];
  assertStatus(licence, 'DECLARED');
  assertSince('rejectedOn', rejectedOn, declaredOn, today);
  return [{ type: 'OpenLicenceRejected', data: { rejectedOn, ground } }];
};

/** A new standard binds those who give notice from its announcement on. */
const changeFeeStandard = (
  { type: _type, ...standard }: ChangeFeeStandard,
  licence: OpenLicence,
  { today }: DecisionContext,
): OpenLicenceEvent[] => {
  const { number: declaration, endsOn } = declared(licence);
  const { announcedOn } = standard;
  const known = licence.standards.find((other) => other.announcedOn === announcedOn);
  if (known && known.version > 1 && isSameFee(known, standard)) return [];
  assertAnnounced(licence);
  assertPast({ announcedOn }, today);
  assertFee(standard);
  const last = licence.standards.at(-1);
  const since = last?.announcedOn ?? '';
  if (announcedOn <= since || announcedOn > endsOn) {
    throw openLicenceRule('OL-26', { declaration, announcedOn, since }, { field: 'announcedOn' });
  }
  const version = (last?.version ?? 0) + 1;
  const warnings = warningsOn(standard, announcedOn);
  return [{ type: 'FeeStandardChanged', data: { ...standard, version, warnings } }];
};

/** Takes out what never was; an announced declaration is withdrawn instead. */
const voidDeclaration = ({ type: _type, ...data }: VoidOpenLicence, licence: OpenLicence): OpenLicenceEvent[] => {
  const { number } = declared(licence);
  if (licence.isVoided) return [];
  if (licence.announcedOn) throw openLicenceRule('OL-31', { number });
  assertStatus(licence, 'DECLARED');
  return [{ type: 'OpenLicenceVoided', data }];
};

/** The title's answer to a requested step. A title that accepted it has the last word, also after a refusal. */
const answer = (command: OpenLicenceStep, { open }: OpenLicence): OpenLicenceEvent[] => {
  if (open?.revision !== command.revision) return [];
  const { revision } = command;
  switch (command.type) {
    case 'ConfirmStep':
      return open.step === 'VOID' ? [] : [accomplished(open)];
    case 'RefuseStep': {
      const { type: _type, ...data } = command;
      return open.step === 'VOID' || open.refused ? [] : [{ type: 'OpenLicenceStepRefused', data }];
    }
    case 'SettleStep':
      return open.step === 'VOID' || open.refused ? [{ type: 'OpenLicenceSettled', data: { revision } }] : [];
    default:
      return assertNever(command);
  }
};

const accomplished = (work: Exclude<OpenWork, { step: 'VOID' }>): OpenLicenceEvent => {
  if (work.step === 'ANNOUNCEMENT') return { type: 'OpenLicenceAnnounced', data: { announcedOn: work.on } };
  return work.cause === 'WITHDRAWN'
    ? { type: 'OpenLicenceWithdrawn', data: { withdrawnOn: work.on } }
    : { type: 'OpenLicenceTerminated', data: { endedOn: work.on, cause: work.cause } };
};

type Status = 'DECLARED' | 'ANNOUNCED' | 'WITHDRAWN' | 'ENDED' | 'REJECTED' | 'VOIDED';

const statusOf = (licence: OpenLicence): Status => {
  if (licence.isVoided) return 'VOIDED';
  if (licence.rejectedOn) return 'REJECTED';
  if (licence.withdrawnOn) return 'WITHDRAWN';
  if (licence.endedOn) return 'ENDED';
  return licence.announcedOn ? 'ANNOUNCED' : 'DECLARED';
};

/** @throws Refusal OL-16, OL-30 */
const assertStatus = (licence: OpenLicence, wanted: Status): void => {
  const { number } = declared(licence);
  const status = statusOf(licence);
  if (status !== wanted) throw openLicenceRule('OL-16', { number, status });
  if (licence.open) throw openLicenceRule('OL-30', { number });
};

const assertAnnounced = (licence: OpenLicence): string => {
  assertStatus(licence, 'ANNOUNCED');
  return licence.announcedOn ?? '';
};

const decide = (command: OpenLicenceCommand, licence: OpenLicence, context: DecisionContext): OpenLicenceEvent[] => {
  switch (command.type) {
    case 'DeclareOpenLicence':
      return declare(command, licence, context);
    case 'AnnounceOpenLicence':
      return announce(command.announcedOn, licence, context);
    case 'WithdrawOpenLicence':
      return withdraw(command.withdrawnOn, licence, context);
    case 'TerminateOpenLicence':
      return terminate(command, licence, context);
    case 'RejectOpenLicence':
      return reject(command, licence, context);
    case 'ChangeFeeStandard':
      return changeFeeStandard(command, licence, context);
    case 'VoidOpenLicence':
      return voidDeclaration(command, licence);
    case 'ConfirmStep':
    case 'RefuseStep':
    case 'SettleStep':
      return answer(command, licence);
    default:
      return assertNever(command);
  }
};

const evolve = (before: OpenLicence, event: OpenLicenceEvent): OpenLicence => {
  const revision = before.revision + 1;
  const licence = { ...before, revision };
  switch (event.type) {
    case 'OpenLicenceDeclared':
      return { ...licence, terms: event.data };
    case 'OpenLicenceAnnouncementRequested':
      return { ...licence, open: { step: 'ANNOUNCEMENT', on: event.data.announcedOn, revision, refused: false } };
    case 'OpenLicenceEndRequested':
      return { ...licence, open: { step: 'END', ...event.data, revision, refused: false } };
    case 'OpenLicenceAnnounced':
      return announced(licence, event.data.announcedOn);
    case 'OpenLicenceWithdrawn':
      return { ...licence, ...event.data, endCause: 'WITHDRAWN', open: undefined };
    case 'OpenLicenceTerminated':
      return { ...licence, endedOn: event.data.endedOn, endCause: event.data.cause, open: undefined };
    case 'OpenLicenceStepRefused':
      return { ...licence, refusal: event.data, open: refused(licence.open) };
    case 'OpenLicenceSettled':
      return { ...licence, open: undefined };
    case 'OpenLicenceRejected':
      return { ...licence, rejectedOn: event.data.rejectedOn };
    case 'FeeStandardChanged':
      return { ...licence, standards: [...licence.standards, event.data] };
    case 'OpenLicenceVoided':
      return { ...licence, isVoided: true, open: { step: 'VOID', revision } };
    default:
      return assertNever(event);
  }
};

const refused = (open: OpenWork | undefined): OpenWork | undefined =>
  open && open.step !== 'VOID' ? { ...open, refused: true } : open;

const announced = (licence: OpenLicence, announcedOn: string): OpenLicence => ({
  ...licence,
  announcedOn,
  open: undefined,
  standards: licence.terms ? [{ ...feeTermsOf(licence.terms), version: 1, announcedOn }] : [],
});

/** What a title refused, as it said it. */
export const refusalOf = ({ rule, clause, zh, en }: NonNullable<OpenLicence['refusal']>, conflict: string): Refusal =>
  new Refusal(rule, { clause, zh, en }, { conflict });

export const openLicenceStream = (declarationId: string): string => `open-licence-${declarationId}`;

/** Declarations and grants are numbered by their university: unique within it, each in its own series. */
export const numberClaim = (universityId: string, number: string): string => `${universityId}/${compactNumber(number)}`;

export const openLicenceDecider: Decider<OpenLicence, OpenLicenceCommand, OpenLicenceEvent> = {
  initial: {
    terms: undefined,
    announcedOn: undefined,
    withdrawnOn: undefined,
    endedOn: undefined,
    endCause: undefined,
    rejectedOn: undefined,
    isVoided: false,
    standards: [],
    refusal: undefined,
    open: undefined,
    revision: -1,
  },
  decide,
  evolve,
};
