import {
  type BilingualText,
  type Decider,
  type DecisionContext,
  type IpType,
  type LegalDate,
  type Message,
  isPatent,
} from '@app/kernel';
import { disclosureRule } from './disclosure-rules.js';
import { type Inventor, assertInventors } from './inventor.js';

/** Confidentiality class of a result (密级). */
export const confidentialities = {
  PUBLIC: { zh: '公开', en: 'public' },
  INTERNAL: { zh: '内部', en: 'internal' },
  SECRET: { zh: '涉密', en: 'secret' },
} as const satisfies Record<string, BilingualText>;
export type Confidentiality = keyof typeof confidentialities;

/** Where the money for the work came from (经费来源). */
export const fundingSources = {
  VERTICAL: { zh: '纵向', en: 'government project' },
  COMMISSIONED: { zh: '横向', en: 'commissioned' },
  SELF: { zh: '自筹', en: 'own funds' },
} as const satisfies Record<string, BilingualText>;
export type FundingSource = keyof typeof fundingSources;

/** What may be said of a result that is not secret, and may be left unsaid. */
interface Particulars {
  readonly funding?: FundingSource;
  readonly projectNo?: string;
  /** First publication by paper, meeting or exhibition (公开发表日期). */
  readonly publishedOn?: LegalDate;
  /** Intended protection (拟保护方式). */
  readonly protection?: IpType;
}

/** The identity of a disclosure: its own number is unique within its university. */
export interface DisclosureNumber {
  readonly universityId: string;
  readonly number: string;
}

export interface DisclosedInvention extends DisclosureNumber, Particulars {
  readonly title: string;
  readonly completedOn: LegalDate;
  readonly disclosedOn: LegalDate;
  readonly inventors: readonly Inventor[];
  readonly confidentiality: Exclude<Confidentiality, 'SECRET'>;
  /** Ids of the rules that warn without refusing. */
  readonly warnings: readonly string[];
}

export type DisclosureEvent =
  | Message<'InventionDisclosed', DisclosedInvention>
  /** The opaque stub of a secret result (D-3). */
  | Message<'SecretDisclosureNoted', DisclosureNumber>;

/** A disclosure as far as decisions on it need it. */
export type Disclosure =
  | (DisclosureNumber & { readonly status: 'DISCLOSED'; readonly title: string })
  | (DisclosureNumber & { readonly status: 'SECRET' });

/** Everything but number and class is absent for a secret result and required as D-1 and D-8 say for any other. */
export interface DiscloseInvention extends DisclosureNumber, Particulars {
  readonly type: 'DiscloseInvention';
  readonly confidentiality: Confidentiality;
  readonly title?: string;
  readonly completedOn?: LegalDate;
  readonly disclosedOn?: LegalDate;
  readonly inventors?: readonly Inventor[];
}

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

const stated = <Value>(value: Value | undefined, number: string, field: string): Value => {
  if (value === undefined) throw disclosureRule('D-8', { number }, { field });
  return value;
};

const assertNotFuture = (dates: Readonly<Record<string, LegalDate | undefined>>, today: LegalDate): void => {
  for (const [field, date] of Object.entries(dates)) {
    if (date !== undefined && date > today) throw disclosureRule('D-10', { date, today }, { field });
  }
};

/** Novelty matters to patents; while no protection is chosen, a patent is still possible. */
const warningsOn = ({ publishedOn, protection }: Particulars): string[] =>
  publishedOn !== undefined && (protection === undefined || isPatent(protection)) ? ['D-4'] : [];

const disclose = (
  command: DiscloseInvention,
  confidentiality: DisclosedInvention['confidentiality'],
  { today }: DecisionContext,
): DisclosureEvent[] => {
  const { type: _type, number, inventors = [], ...rest } = command;
  const title = stated(command.title, number, 'title');
  const completedOn = stated(command.completedOn, number, 'completedOn');
  const disclosedOn = stated(command.disclosedOn, number, 'disclosedOn');
  assertNotFuture({ completedOn, disclosedOn, publishedOn: command.publishedOn }, today);
  if (disclosedOn < completedOn) throw disclosureRule('D-9', { disclosedOn, completedOn }, { field: 'disclosedOn' });
  assertInventors(inventors);
  const warnings = warningsOn(command);
  const data = { ...rest, number, title, completedOn, disclosedOn, inventors, confidentiality, warnings };
  return [{ type: 'InventionDisclosed', data }];
};

export const disclosureDecider: Decider<Disclosure | undefined, DiscloseInvention, DisclosureEvent> = {
  initial: undefined,
  evolve: (_state, event) => {
    const { universityId, number } = event.data;
    return event.type === 'InventionDisclosed'
      ? { status: 'DISCLOSED', universityId, number, title: event.data.title }
      : { status: 'SECRET', universityId, number };
  },
  decide: (command, state, context) => {
    // The stream is named by the command that opens it, and the runner compares contents (C-1): this is the same disclosure again.
    if (state) return [];
    const { confidentiality } = command;
    return confidentiality === 'SECRET' ? noteSecret(command) : disclose(command, confidentiality, context);
  },
};
