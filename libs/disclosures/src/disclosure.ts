import type { Approval } from '@app/evidence';
import { type Decider, type DecisionContext, type LegalDate, assertNever } from '@app/kernel';
import { type ApplicationRightCommand, assertUnfiled, decideApplicationRight } from './application-right.js';
import {
  type CorrectDisclosure,
  type SupplementDisclosure,
  assertStep,
  correct,
  supplement,
} from './disclosure-amendment.js';
import {
  type Disclosure,
  type DisclosureEvent,
  type DisclosureStatus,
  type OpenDisclosure,
  type ReturnedDisclosure,
  disclosureStatuses,
  evolveDisclosure,
  sinceOf,
} from './disclosure-events.js';
import {
  type Confidentiality,
  type DisclosureFacts,
  type DraftFacts,
  checkedFacts,
  warningsOn,
} from './disclosure-facts.js';
import { disclosureRule } from './disclosure-rules.js';
import { isSameContent } from './same-content.js';
import { type Determination, assertDetermination } from './service-invention.js';

/** Everything but number and class is absent for a secret result and required as D-1 and D-8 say for any other. */
export type DiscloseInvention = { readonly type: 'DiscloseInvention' } & Omit<DraftFacts, 'confidentiality'> & {
    readonly confidentiality: Confidentiality;
  };
export type DetermineServiceInvention = { readonly type: 'DetermineServiceInvention' } & Determination;
export type AcceptDisclosure = { readonly type: 'AcceptDisclosure'; readonly on: LegalDate };
export type ReturnDisclosure = { readonly type: 'ReturnDisclosure' } & ReturnedDisclosure;
export type WithdrawDisclosure = { readonly type: 'WithdrawDisclosure'; readonly on: LegalDate } & Approval;

/** What happens to a disclosure after it was made. */
export type DisclosureStep =
  | DetermineServiceInvention
  | SupplementDisclosure
  | AcceptDisclosure
  | ReturnDisclosure
  | CorrectDisclosure
  | WithdrawDisclosure;
export type DisclosureCommand = DiscloseInvention | DisclosureStep | ApplicationRightCommand;

export const disclosureStream = (id: string): string => `disclosure-${id}`;

/** The value the number is claimed by: `<universityId>/<number>`. */
export const disclosureClaim = (universityId: string, number: string): string => `${universityId}/${number}`;

const noteSecret = ({
  type: _type,
  confidentiality: _class,
  universityId,
  number,
  ...content
}: DiscloseInvention): DisclosureEvent[] => {
  const [field] = Object.keys(content);
  if (field !== undefined) throw disclosureRule('D-3', { number }, { field });
  return [{ type: 'SecretDisclosureNoted', data: { universityId, number } }];
};

const disclose = (command: DiscloseInvention, { today }: DecisionContext): DisclosureEvent[] => {
  const { type: _type, confidentiality, ...draft } = command;
  if (confidentiality === 'SECRET') return noteSecret(command);
  const facts: DisclosureFacts = checkedFacts({ ...draft, confidentiality }, today);
  return [{ type: 'InventionDisclosed', data: { ...facts, warnings: warningsOn(facts) } }];
};

/** @throws Refusal D-3, D-19, D-25 */
const openDisclosure = (state: Disclosure | undefined): OpenDisclosure => {
  if (!state) throw disclosureRule('D-25');
  const { number } = state;
  if (state.status === 'SECRET') throw disclosureRule('D-3', { number });
  if (state.status === 'WITHDRAWN') throw disclosureRule('D-19', { number, withdrawnOn: sinceOf(state) });
  return state;
};

const determine = (
  { type: _type, ...determination }: DetermineServiceInvention,
  { number, facts, determination: made }: OpenDisclosure,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  if (made && isSameContent(made, determination)) return [];
  if (made) throw disclosureRule('D-23', { number, determinedOn: made.determinedOn });
  assertDetermination(determination, facts, today);
  return [{ type: 'ServiceInventionDetermined', data: determination }];
};

/** Whether the step was taken already, on the same day. @throws Refusal D-26 when it was on another */
const isTaken = (wanted: DisclosureStatus, on: LegalDate, disclosure: OpenDisclosure): boolean => {
  const { status, number } = disclosure;
  const since = sinceOf(disclosure);
  if (status !== wanted) return false;
  if (since === on) return true;
  const { zh: statusZh, en: statusEn } = disclosureStatuses[status];
  throw disclosureRule('D-26', { number, since, statusZh, statusEn }, { field: 'on' });
};

const accept = (
  { on }: AcceptDisclosure,
  disclosure: OpenDisclosure,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  if (isTaken('ACCEPTED', on, disclosure)) return [];
  const { number, status, mended } = disclosure;
  if (status === 'RETURNED' && !mended) throw disclosureRule('D-18', { number, returnedOn: sinceOf(disclosure) });
  assertStep(on, disclosure, today);
  return [{ type: 'DisclosureAccepted', data: { on } }];
};

const giveBack = (
  { type: _type, ...returned }: ReturnDisclosure,
  disclosure: OpenDisclosure,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  if (!disclosure.mended && isTaken('RETURNED', returned.on, disclosure)) return [];
  const { on, dueOn = on } = returned;
  assertStep(on, disclosure, today);
  if (dueOn < on) throw disclosureRule('D-24', { date: dueOn, since: on }, { field: 'dueOn' });
  return [{ type: 'DisclosureReturned', data: returned }];
};

const withdraw = (
  { type: _type, ...withdrawal }: WithdrawDisclosure,
  state: Disclosure | undefined,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  if (state?.status === 'WITHDRAWN' && isTaken('WITHDRAWN', withdrawal.on, state)) return [];
  const disclosure = openDisclosure(state);
  assertStep(withdrawal.on, disclosure, today);
  assertUnfiled(disclosure.right, disclosure.number, 'E-41');
  return [{ type: 'DisclosureWithdrawn', data: withdrawal }];
};

const decideRight = (command: ApplicationRightCommand, state: Disclosure | undefined): DisclosureEvent[] => {
  const { right, number } = openDisclosure(state);
  return decideApplicationRight(command, right, number);
};

const decide = (
  command: DisclosureCommand,
  state: Disclosure | undefined,
  context: DecisionContext,
): readonly DisclosureEvent[] => {
  switch (command.type) {
    case 'DiscloseInvention':
      // The stream is named by the command that opens it, and the runner compares contents (C-1): this is the same disclosure again.
      return state ? [] : disclose(command, context);
    case 'DetermineServiceInvention':
      return determine(command, openDisclosure(state), context);
    case 'SupplementDisclosure':
      return supplement(command, openDisclosure(state), context);
    case 'AcceptDisclosure':
      return accept(command, openDisclosure(state), context);
    case 'ReturnDisclosure':
      return giveBack(command, openDisclosure(state), context);
    case 'CorrectDisclosure':
      return correct(command, openDisclosure(state), context);
    case 'WithdrawDisclosure':
      return withdraw(command, state, context);
    case 'NoteEvaluation':
      // An evaluation entered before the withdrawal may be sent again after it.
      if (state?.status === 'WITHDRAWN') return [];
      return decideRight(command, state);
    case 'NoteFiling':
    case 'TakeBackFiling':
    case 'NoteRelease':
      return decideRight(command, state);
    default:
      return assertNever(command);
  }
};

export const disclosureDecider: Decider<Disclosure | undefined, DisclosureCommand, DisclosureEvent> = {
  initial: undefined,
  evolve: evolveDisclosure,
  decide,
};
