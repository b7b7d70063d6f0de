import { isSameContent } from './same-content.js';

/** One field put right; without `to` the entry is taken out, without `from` it was missing. */
export interface FieldCorrection {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What is put right: the fields to state anew, and those to take out. */
export interface Corrections<Content> {
  readonly changes: Partial<Content>;
  readonly removes?: ReadonlyArray<keyof Content & string>;
}

/** The content as it stands after the corrections. */
export const corrected = <Content extends object>(
  before: Content,
  { changes, removes = [] }: Corrections<Content>,
): Content => removes.reduce((content, field) => withField(content, field), { ...before, ...changes });

/** The content with a field set, or taken out when there is no value. */
export const withField = <Content extends object>(content: Content, field: string, value?: unknown): Content => {
  const rest = Object.entries(content).filter(([name]) => name !== field);
  return Object.fromEntries(value === undefined ? rest : [...rest, [field, value]]) as Content;
};

/** The fields in which two contents differ. */
export const differences = (before: object, after: object): FieldCorrection[] => {
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((field) => ({ field, from: old.get(field) as unknown, to: next.get(field) as unknown }))
    .filter(({ from, to }) => !isSameContent(from, to))
    .map(({ field, from, to }) => ({
      field,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    }));
};
