import type { Approval } from '@app/evidence';
import { type BilingualText, type LegalDate, type Message, assertNever } from '@app/kernel';
import {
  type ApplicationRight,
  type ApplicationRightEvent,
  UNUSED_RIGHT,
  evolveApplicationRight,
} from './application-right.js';
import { type FieldCorrection, withField } from './correction.js';
import type { DisclosureFacts, DisclosureNumber, Particulars } from './disclosure-facts.js';
import type { Inventor } from './inventor.js';
import type { Determination } from './service-invention.js';

/** Ids of the rules that warn without refusing, of the disclosure as it stands after the event. */
interface Warned {
  readonly warnings: readonly string[];
}

export type DisclosedInvention = DisclosureFacts & Warned;

/** What a supplement may add: particulars left unsaid, items of lists, and inventors with everybody's new shares. */
export type AddedFacts = Particulars & { readonly inventors?: readonly Inventor[] };

export type SupplementedFacts = { readonly on: LegalDate } & AddedFacts & Warned;

export interface ReturnedDisclosure {
  readonly on: LegalDate;
  readonly reason: string;
  /** Until when the supplement is asked for. */
  readonly dueOn?: LegalDate;
}

export type DisclosureEvent =
  | Message<'InventionDisclosed', DisclosedInvention>
  /** The opaque stub of a secret result (D-3). */
  | Message<'SecretDisclosureNoted', DisclosureNumber>
  | Message<'ServiceInventionDetermined', Determination>
  | Message<'DisclosureSupplemented', SupplementedFacts>
  | Message<'DisclosureAccepted', { readonly on: LegalDate }>
  | Message<'DisclosureReturned', ReturnedDisclosure>
  | Message<'DisclosureCorrected', FieldCorrection & Approval & Warned>
  | Message<'DisclosureWithdrawn', { readonly on: LegalDate } & Approval>
  | ApplicationRightEvent;

export const disclosureStatuses = {
  DISCLOSED: { zh: '披露', en: 'disclosed' },
  RETURNED: { zh: '退回补正', en: 'returned' },
  ACCEPTED: { zh: '受理', en: 'accepted' },
  WITHDRAWN: { zh: '撤回', en: 'withdrawn' },
} as const satisfies Record<string, BilingualText>;
export type DisclosureStatus = keyof typeof disclosureStatuses;

/** A disclosure that is not secret, as it stands. */
export interface OpenDisclosure extends DisclosureNumber {
  readonly status: DisclosureStatus;
  /** Date of the last step after it was disclosed. */
  readonly steppedOn?: LegalDate;
  /** Whether something was added or put right since it was returned. */
  readonly mended: boolean;
  readonly facts: DisclosureFacts;
  readonly determination?: Determination;
  readonly right: ApplicationRight;
}

/** A disclosure as far as decisions on it need it; of a secret one there is nothing but the number. */
export type Disclosure = OpenDisclosure | (DisclosureNumber & { readonly status: 'SECRET' });

const disclosed = ({ warnings: _warnings, ...facts }: DisclosedInvention): OpenDisclosure => {
  const { universityId, number } = facts;
  return { universityId, number, status: 'DISCLOSED', mended: false, facts, right: UNUSED_RIGHT };
};

/** Date of the last step; no later step is before it. */
export const sinceOf = ({ steppedOn, facts }: OpenDisclosure): LegalDate => steppedOn ?? facts.disclosedOn;

/** Lists grow, but for the inventors: their shares make a whole, so the list comes whole. */
export const withAdded = (facts: DisclosureFacts, added: AddedFacts): DisclosureFacts =>
  Object.entries(added).reduce((content, [field, value]) => {
    const before = content[field as keyof DisclosureFacts];
    const grows = field !== 'inventors' && Array.isArray(before) && Array.isArray(value);
    return { ...content, [field]: grows ? [...before, ...value] : value };
  }, facts);

const supplemented = (
  state: OpenDisclosure,
  { on, warnings: _warnings, ...added }: SupplementedFacts,
): OpenDisclosure => ({ ...state, steppedOn: on, mended: true, facts: withAdded(state.facts, added) });

const put = (state: OpenDisclosure, { field, to }: FieldCorrection): OpenDisclosure => {
  if (field === 'determination') return { ...withField(state, field, to), mended: true };
  return { ...state, mended: true, facts: withField(state.facts, field, to) };
};

const evolveOpen = (
  state: OpenDisclosure,
  event: Exclude<DisclosureEvent, { type: 'InventionDisclosed' | 'SecretDisclosureNoted' }>,
): OpenDisclosure => {
  switch (event.type) {
    case 'ServiceInventionDetermined':
      return { ...state, determination: event.data };
    case 'DisclosureSupplemented':
      return supplemented(state, event.data);
    case 'DisclosureAccepted':
      return { ...state, status: 'ACCEPTED', steppedOn: event.data.on };
    case 'DisclosureReturned':
      return { ...state, status: 'RETURNED', steppedOn: event.data.on, mended: false };
    case 'DisclosureCorrected':
      return put(state, event.data);
    case 'DisclosureWithdrawn':
      return { ...state, status: 'WITHDRAWN', steppedOn: event.data.on };
    case 'DisclosureEvaluated':
    case 'DisclosureFiled':
    case 'DisclosureUnfiled':
    case 'DisclosureReleased':
      return { ...state, right: evolveApplicationRight(state.right, event) };
    default:
      return assertNever(event);
  }
};

export const evolveDisclosure = (state: Disclosure | undefined, event: DisclosureEvent): Disclosure | undefined => {
  if (event.type === 'InventionDisclosed') return disclosed(event.data);
  if (event.type === 'SecretDisclosureNoted') return { status: 'SECRET', ...event.data };
  return state && state.status !== 'SECRET' ? evolveOpen(state, event) : state;
};
