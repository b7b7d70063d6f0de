/**
 * JSON with the members of every object in the order of their names (RFC 8785), so that equal values are equal text whichever store kept
 * them. Half a surrogate pair, which RFC 8785 refuses, is escaped as `JSON.stringify` does: a log that holds one must move too.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(object).filter((name) => object[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`)
    .join(',')}}`;
};
