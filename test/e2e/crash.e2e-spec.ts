import { patentNumberWithCheck } from '@app/kernel';
import { Product } from './product.js';

/** Far more than any command here appends: a driver that outlives it was never killed. */
const MOST_APPENDS = 40;
const PATENTS = [1, 2, 3].map((serial) => patentNumberWithCheck(`20181${String(serial).padStart(7, '0')}`));

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
}
interface Answer {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly items?: ReadonlyArray<{ readonly id: string; readonly number: string; readonly status: string }>;
    readonly detail?: Readonly<Record<string, unknown>>;
  };
}
interface Instructions {
  readonly killAfter?: number;
  readonly resume?: boolean;
  readonly requests: readonly Request[];
}

const get = (path: string): Request => ({ method: 'GET', path: `/api/v1/${path}` });
const post = (path: string, key: string, body: unknown): Request => ({
  method: 'POST',
  path: `/api/v1/${path}`,
  key,
  body,
});

const licence = (number: string, year: number) => ({
  universityId: 'hnu',
  number,
  mode: 'LICENCE',
  licenceKind: 'EXCLUSIVE',
  assets: PATENTS,
  counterparty: '示例公司',
  signedOn: '2021-01-01',
  effectiveOn: `${year}-01-01`,
  endsOn: `${year}-12-31`,
  feeType: 'LUMP_SUM',
  feeFen: '1000000',
  pricingMethod: 'NEGOTIATED',
});

describe('a driver killed (-9) after each single append', () => {
  const product = new Product();
  let assetIds: readonly string[];

  /** Undefined when the driver was killed. */
  const drive = async (instructions: Instructions): Promise<readonly Answer[] | undefined> => {
    const { ended, output } = await product.script('test/e2e/driver.mjs', JSON.stringify(instructions));
    if (ended === 'SIGKILL') return undefined;
    if (ended !== 0) throw new Error(output);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Answer[];
  };
  const driven = async (instructions: Instructions): Promise<readonly Answer[]> => {
    const answers = await drive(instructions);
    if (!answers) throw new Error('killed without being told so');
    return answers;
  };

  beforeAll(async () => {
    await product.startWithPrivateUniversity();
    await product.stop();
    const patent = {
      universityId: 'hnu',
      ipType: 'INVENTION',
      title: '示例专利',
      filedOn: '2018-05-01',
      grantedOn: '2020-05-01',
    };
    const requests = PATENTS.map((number) => post('assets', `asset-${number}`, { ...patent, number }));
    assetIds = (await driven({ requests })).map(({ body }) => body.id as string);
  }, 120_000);
  afterAll(() => product.dispose());

  /** The contracts that hold each of the patents. */
  const holders = (answers: readonly Answer[]): ReadonlyArray<readonly string[]> =>
    answers.map(({ body }) => body.detail?.['contracts'] as readonly string[]);
  const titles = () => assetIds.map((id) => get(`records/asset/${id}`));

  /** Kills the command after its first append, its second, and so on until it survives; each death is recovered from and looked at. */
  const killEverywhere = async (
    commandOf: (attempt: number) => Request,
    look: (attempt: number, command: Request) => Promise<void>,
  ): Promise<number> => {
    for (let attempt = 1; attempt <= MOST_APPENDS; attempt += 1) {
      const command = commandOf(attempt);
      const answers = await drive({ killAfter: attempt, requests: [command] });
      await look(attempt, command);
      if (answers) return attempt - 1;
    }
    throw new Error('never survived');
  };

  it('leaves a lodgement whole or not there at all, and whoever sends it again finds it lodged once', async () => {
    const numberOf = (attempt: number) => `示例-${attempt}`;
    const deaths = await killEverywhere(
      (attempt) => post('contracts', `lodge-${attempt}`, licence(numberOf(attempt), 2021 + attempt)),
      async (attempt, command) => {
        const found = get(`records?kind=contract&q=${encodeURIComponent(numberOf(attempt))}`);
        const [list, ...before] = await driven({ resume: true, requests: [found, ...titles()] });
        const record = list?.body.items?.find(({ number }) => number === numberOf(attempt));
        const held = holders(before).map((ids) => ids.includes(record?.id ?? ''));
        expect(record?.status ?? 'ABSENT').toMatch(/^(ABSENT|LODGED)$/);
        expect(held).toEqual(PATENTS.map(() => record !== undefined));

        const [again, ...after] = await driven({ requests: [command, ...titles()] });
        expect([200, 201]).toContain(again?.status);
        for (const ids of holders(after)) expect(ids.filter((id) => id === again?.body.id)).toHaveLength(1);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(9);
  }, 600_000);
});
