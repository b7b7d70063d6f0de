/** The value with the keys of its objects in order, so that equal content reads alike. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.map(([key, part]) => [key, inOrder(part)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** Whether two pieces of event data say the same, whatever the order of their fields. */
export const isSameContent = (one: unknown, other: unknown): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
