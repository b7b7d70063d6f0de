import type { Approval } from '@app/evidence';
import type { DecisionContext, LegalDate } from '@app/kernel';
import { type Corrections, corrected, differences } from './correction.js';
import { type AddedFacts, type DisclosureEvent, type OpenDisclosure, sinceOf, withAdded } from './disclosure-events.js';
import { type DisclosureFacts, assertNotFuture, checkedFacts, warningsOn } from './disclosure-facts.js';
import { disclosureRule } from './disclosure-rules.js';
import type { Inventor } from './inventor.js';
import { isSameContent } from './same-content.js';
import { type Determination, assertDetermination } from './service-invention.js';

export type SupplementDisclosure = {
  readonly type: 'SupplementDisclosure';
  readonly on: LegalDate;
} & AddedFacts;

/** What a correction may put right: everything but the number. */
export type CorrectableFacts = Omit<DisclosureFacts, 'universityId' | 'number'> & {
  readonly determination?: Determination;
};

/** Entries that may also be taken out. */
export const removableFacts = [
  'determination',
  'discoveredOn',
  'funding',
  'projectNo',
  'furtherFunding',
  'publishedOn',
  'publication',
  'graceGround',
  'thirdPartyRights',
  'protection',
  'keywords',
  'suggestedLicensees',
  'attachments',
] as const satisfies ReadonlyArray<keyof CorrectableFacts>;

export type CorrectDisclosure = { readonly type: 'CorrectDisclosure' } & Corrections<CorrectableFacts> & Approval;

/** @throws Refusal D-24 when a step comes before the one before it, D-10 */
export const assertStep = (on: LegalDate, disclosure: OpenDisclosure, today: LegalDate): void => {
  assertNotFuture({ on }, today);
  const since = sinceOf(disclosure);
  if (on < since) throw disclosureRule('D-24', { date: on, since }, { field: 'on' });
};

/** @throws Refusal D-17, D-27 */
const assertEveryoneStays = (inventors: readonly Inventor[], { status, number, facts }: OpenDisclosure): void => {
  const field = 'inventors';
  if (status === 'ACCEPTED') throw disclosureRule('D-27', { number }, { field });
  const listed = new Set(inventors.map(({ personId }) => personId));
  if (!facts.inventors.every(({ personId }) => listed.has(personId))) throw disclosureRule('D-17', {}, { field });
};

/** What of a field is new; undefined when it is said already. @throws Refusal D-16, D-17, D-27 */
const newIn = (field: keyof AddedFacts, value: unknown, disclosure: OpenDisclosure): unknown => {
  const before = disclosure.facts[field];
  if (isSameContent(before, value)) return undefined;
  if (field === 'inventors') {
    assertEveryoneStays(value as readonly Inventor[], disclosure);
    return value;
  }
  if (before === undefined) return value;
  if (!Array.isArray(before)) throw disclosureRule('D-16', { number: disclosure.number }, { field });
  const items = (value as readonly unknown[]).filter((item) => !before.some((known) => isSameContent(known, item)));
  return items.length > 0 ? items : undefined;
};

export const supplement = (
  { type: _type, on, ...sent }: SupplementDisclosure,
  disclosure: OpenDisclosure,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  const fields = Object.keys(sent) as Array<keyof typeof sent>;
  const entries = fields.map((field) => [field, newIn(field, sent[field], disclosure)] as const);
  const added: AddedFacts = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  if (Object.keys(added).length === 0) return [];
  assertStep(on, disclosure, today);
  const facts = checkedFacts(withAdded(disclosure.facts, added), today);
  return [{ type: 'DisclosureSupplemented', data: { on, ...added, warnings: warningsOn(facts) } }];
};

/** Every field by an event of its own, decided together: two dates that depend on each other are put right at once. */
export const correct = (
  { type: _type, changes, removes, ...approval }: CorrectDisclosure,
  disclosure: OpenDisclosure,
  { today }: DecisionContext,
): DisclosureEvent[] => {
  const { steppedOn, determination: determined } = disclosure;
  const before: CorrectableFacts = { ...disclosure.facts, ...(determined ? { determination: determined } : {}) };
  const after = corrected(before, { changes, ...(removes ? { removes } : {}) });
  const { universityId, number } = disclosure;
  const { determination, ...draft } = after;
  const facts = checkedFacts({ ...draft, universityId, number }, today);
  if (determination) assertDetermination(determination, facts, today);
  if (steppedOn !== undefined && steppedOn < facts.disclosedOn) {
    throw disclosureRule('D-24', { date: steppedOn, since: facts.disclosedOn }, { field: 'disclosedOn' });
  }
  const warnings = warningsOn(facts);
  return differences(before, after).map((correction) => ({
    type: 'DisclosureCorrected',
    data: { ...correction, ...approval, warnings },
  }));
};
