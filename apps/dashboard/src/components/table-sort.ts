/** `-date` as the table's own words for it. */
export const orderOf = (sort: string | undefined, field: string) =>
  sort === field ? ('ascend' as const) : sort === `-${field}` ? ('descend' as const) : null;

/** What the table tells of a column's head that was clicked. */
interface Sorter {
  readonly columnKey?: unknown;
  readonly field?: unknown;
  readonly order?: 'ascend' | 'descend' | null | undefined;
}

/** The other way round: the order to ask of the server, nothing where a click took it back. */
export const sortOf = (sorter: Sorter | Sorter[]): string => {
  const { columnKey, field, order }: Sorter = Array.isArray(sorter) ? {} : sorter;
  return order ? `${order === 'descend' ? '-' : ''}${String(columnKey ?? field)}` : '';
};
