/** An answer in pages. */
export interface Page {
  readonly next?: string | null;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What each process says of itself; and files with a token of their own. */
const OWN = ['/health/live', '/health/ready', '/metrics', '/api/v1/deadlines.ics'];
/** Routes that need a parameter. */
const WITH_QUERY: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/boards/target/facts': [],
  '/api/v1/records/export': [],
};
const AS_OF = 'asOf=2024-06-30';

/** Every route that takes no id, and what boards and files answer to filters. */
export const pathsToRead = ({ paths }: OpenApi): readonly string[] => {
  const plain = Object.entries(paths)
    .filter(([path, methods]) => 'get' in methods && !path.includes('{') && !OWN.includes(path))
    .map(([path]) => path);
  return [...plain.filter((path) => !(path in WITH_QUERY)), ...FURTHER];
};

const FURTHER = [
  '/api/v1/boards/target?ipScope=patents',
  '/api/v1/boards/target?baseYear=2021',
  ...[2021, 2022, 2023, 2024, 2025].map((year) => `/api/v1/boards/fund/${year}`),
  ...['hnu', 'csu'].map((university) => `/api/v1/annual-reports/${university}/2023`),
  ...[undefined, 'contract', 'asset', 'disclosure', 'university'].map(
    (kind) => `/api/v1/records/export?format=csv${kind ? `&kind=${kind}` : ''}`,
  ),
  '/api/v1/records/export?format=csv&kind=contract&year=2023&sort=-amount',
  '/api/v1/records/export?format=csv&q=%E7%A4%BA%E4%BE%8B&sort=number',
  `/api/v1/deadlines.csv?${AS_OF}&state=ALL`,
  '/api/v1/public/open-licences.csv?q=%E7%94%B5',
];

const RECORD_FILTERS = [
  '',
  'kind=contract',
  'kind=asset&ipType=INVENTION',
  'kind=contract&universityId=hnu',
  'kind=contract&year=2023&status=RECORDED',
  // Texts: Chinese, letters of either case, and what LIKE takes for itself.
  'q=%E5%85%AC%E5%8F%B8',
  'q=ZL2019',
  'q=A',
  'q=_',
  'q=%25',
];
const RECORD_SORTS = ['date', '-date', 'number', '-number', 'amount', '-amount'];
const DEADLINE_FILTERS = ['', 'state=ALL', 'state=OVERDUE', 'universityId=hnu', 'dueBy=2024-03-31', 'q=%E7%A4%BA'];
const DEADLINE_SORTS = ['dueOn', '-dueOn', 'number', '-number'];
const COLUMNS = ['total', 'transfers', 'licences', 'unrecorded', 'flagged'];

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('&');
const each = <A, B>(ones: readonly A[], others: readonly B[]): Array<readonly [A, B]> =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));

/** Lists with filters and orders, to be read page after page. */
export const pagedPaths: readonly string[] = [
  ...each(RECORD_FILTERS, RECORD_SORTS).map(
    ([filter, sort]) => `/api/v1/records?${joined(filter, `sort=${sort}`, 'limit=17')}`,
  ),
  ...each(DEADLINE_FILTERS, DEADLINE_SORTS).map(
    ([filter, sort]) => `/api/v1/deadlines?${joined(filter, AS_OF, `sort=${sort}`, 'limit=17')}`,
  ),
  ...each(COLUMNS, [2020, 2023]).map(
    ([column, year]) => `/api/v1/boards/target/facts?year=${year}&column=${column}&limit=17`,
  ),
  '/api/v1/boards/target/facts?year=2022&scope=hnu&basis=contracts&ipScope=patents&limit=17',
  '/api/v1/boards/target/facts?year=2022&basis=distinct-patents&limit=17',
  '/api/v1/public/open-licences?limit=7',
];
