/**
 * A rule of the ledger (规则): where it comes from, and what its refusal says in both languages.
 * `{name}` in a text is replaced by the parameter of that name.
 */
export interface Rule {
  /** The article, plan section or decision record the rule stands on. */
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
  /** What kind of refusal this is; `conflict` (the state does not allow it) unless said otherwise. */
  readonly kind?: RefusalKind;
  /** Legal dates `YYYY-MM-DD` from which and until which the rule governs what is done; no bound where the ledger itself needs it. */
  readonly from?: string;
  readonly to?: string;
}

/** How a refusal is answered over HTTP: 400, 401, 403, 404, 409, 412, 413, 422 and 503 in this order. */
export type RefusalKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'too-large'
  | 'invalid'
  | 'busy';

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** Where the refusal points: the input field, and the record in the way. */
export interface RefusalPlace {
  readonly field?: string;
  readonly conflict?: string;
}

/** A command or a row that a rule refuses. It is an answer, not a fault: nothing was written. */
export class Refusal extends Error {
  readonly clause: string;
  readonly text: BilingualText;
  readonly kind: RefusalKind;

  constructor(
    readonly rule: string,
    { clause, zh, en, kind = 'conflict' }: Rule,
    readonly place: RefusalPlace = {},
  ) {
    super(`${rule}: ${en}`);
    this.name = 'Refusal';
    this.clause = clause;
    this.text = { zh, en };
    this.kind = kind;
  }
}

export type RuleParameters = Readonly<Record<string, string | number | bigint>>;

/** Makes the refusals of one rule book: `throw rule('L-1', { contract }, { field: 'assets' })`. */
export interface RuleBook<Id extends string = string> {
  (id: Id, parameters?: RuleParameters, place?: RefusalPlace): Refusal;
  readonly rules: Readonly<Record<Id, Rule>>;
  /** Whether a rule governs what was done on a date: law is applied as it stood (法不溯及既往). */
  readonly governs: (id: Id, date: string) => boolean;
}

/** A rule book as the error table and the start-up check read it. */
export type RuleTable = Pick<RuleBook, 'rules'>;

const fill = (template: string, parameters: RuleParameters): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));

export const ruleBook = <const R extends Record<string, Rule>>(rules: R): RuleBook<keyof R & string> => {
  const refusal = (id: keyof R & string, parameters: RuleParameters = {}, place: RefusalPlace = {}): Refusal => {
    const rule: Rule = rules[id] as Rule;
    return new Refusal(id, { ...rule, zh: fill(rule.zh, parameters), en: fill(rule.en, parameters) }, place);
  };
  const governs = (id: keyof R & string, date: string): boolean => {
    const { from = date, to = date }: Rule = rules[id] as Rule;
    return from <= date && date <= to;
  };
  return Object.assign(refusal, { rules, governs });
};
