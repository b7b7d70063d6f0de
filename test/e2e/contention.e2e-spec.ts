import { patentNumberWithCheck } from '@app/kernel';
import { Product } from './product.js';

const CLIENTS = 64;
const PATENTS = 20;
const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const KINDS = ['EXCLUSIVE', 'SOLE', 'ORDINARY', 'CROSS'] as const;
/** Two of one city overlap, two provinces do not. */
const TERRITORIES = [undefined, ['430000'], ['430100'], ['440000']] as const;

interface Draft {
  readonly number: string;
  readonly mode: 'LICENCE' | 'TRANSFER';
  readonly licenceKind?: (typeof KINDS)[number];
  readonly assets: readonly string[];
  readonly effectiveOn: string;
  readonly endsOn?: string;
  readonly territory?: readonly string[];
}
interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly rule?: string; readonly position?: string };
}
interface Attempt {
  readonly key: string;
  readonly draft: Draft;
  readonly first: Answer;
}
interface Register {
  readonly ownership: { readonly chain: readonly unknown[] };
}

/** mulberry32: the same numbers for the same seed. */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const draftOf = (
  seed: number,
  client: number,
  patents: readonly string[],
  random: (below: number) => number,
): Draft => {
  const package_ = new Set(Array.from({ length: 1 + random(6) }, () => patents[random(PATENTS)] as string));
  const common = { number: `示例-${seed}-${client}`, assets: [...package_] };
  const year = 2021 + random(3);
  if (random(5) === 0) return { ...common, mode: 'TRANSFER', effectiveOn: `${year}-06-01` };
  const territory = TERRITORIES[random(TERRITORIES.length)];
  return {
    ...common,
    mode: 'LICENCE',
    licenceKind: KINDS[random(KINDS.length)] as (typeof KINDS)[number],
    effectiveOn: `${year}-01-01`,
    endsOn: `${year + random(3)}-12-31`,
    ...(territory ? { territory } : {}),
  };
};

/** Written apart from the product's own: prefixes of division codes without their trailing zeros. */
const areasMeet = (one: Draft, other: Draft): boolean => {
  const areas = ({ territory = ['000000'] }: Draft) => territory.map((code) => code.replace(/(00)+$/, ''));
  return areas(one).some((a) => areas(other).some((b) => a.startsWith(b) || b.startsWith(a)));
};
const forbidden = (one: Draft, other: Draft): boolean => {
  if (one.mode === 'TRANSFER' || other.mode === 'TRANSFER') return one.mode === other.mode;
  const excludes = [one, other].some(({ licenceKind }) => licenceKind === 'EXCLUSIVE' || licenceKind === 'SOLE');
  const inTime = one.effectiveOn <= (other.endsOn ?? '9') && other.effectiveOn <= (one.endsOn ?? '9');
  return excludes && inTime && areasMeet(one, other);
};

describe('64 clients on the same 20 patents', () => {
  const product = new Product();
  beforeAll(async () => {
    await product.startWithPrivateUniversity();
    await product.signIn('clerk');
  }, 120_000);
  afterAll(() => product.dispose());

  const command = async (path: string, key: string, body: unknown): Promise<Answer> => {
    const { status, body: answer } = await product.post(path, body, { 'idempotency-key': key });
    return { status, body: answer as Answer['body'] };
  };
  const register = async (seed: number): Promise<ReadonlyMap<string, string>> => {
    const entries = Array.from({ length: PATENTS }, async (_, index) => {
      const serial = String(seed * 100 + index).padStart(7, '0');
      const number = patentNumberWithCheck(`20181${serial}`);
      const asset = {
        universityId: 'hnu',
        ipType: 'INVENTION',
        number,
        title: '示例专利',
        filedOn: '2018-05-01',
        grantedOn: '2020-05-01',
      };
      const { body } = await command('/api/v1/assets', `asset-${number}`, asset);
      return [number, body.id as string] as const;
    });
    return new Map(await Promise.all(entries));
  };
  const lodge = (key: string, draft: Draft): Promise<Answer> =>
    command('/api/v1/contracts', key, {
      universityId: 'hnu',
      counterparty: '示例公司',
      signedOn: '2020-12-01',
      feeType: 'LUMP_SUM',
      feeFen: '1000000',
      pricingMethod: 'NEGOTIATED',
      ...draft,
    });

  it.each(SEEDS)(
    'seed %i: no title is sold twice, no licence runs into another, packages stand or fall whole',
    async (seed) => {
      const random = randomOf(seed);
      const patents = await register(seed);
      const numbers = [...patents.keys()];
      const drafts = Array.from({ length: CLIENTS }, (_, client) => draftOf(seed, client, numbers, random));
      const attempts: Attempt[] = await Promise.all(
        drafts.map(async (draft) => {
          const key = `contract-${draft.number.replace('示例-', '')}`;
          const first = await untilDecided(() => lodge(key, draft));
          if (first.status === 201 && draft.mode === 'TRANSFER') {
            await command(`/api/v1/contracts/${first.body.id}/registration`, `move-${key}`, {
              registeredOn: '2024-07-01',
            });
          }
          return { key, draft, first };
        }),
      );
      const accepted = attempts.filter(({ first }) => first.status === 201);
      const refused = attempts.filter(({ first }) => first.status !== 201);
      expect(refused.filter(({ first }) => first.status !== 409).map(({ first }) => first)).toEqual([]);
      expect(accepted.length).toBeGreaterThan(0);
      expect(collisions(accepted.map(({ draft }) => draft))).toEqual([]);
      const after = await expectSameAnswers(attempts);
      await expectWholePackages(accepted, patents, after);
    },
    60_000,
  );

  /** Answers the last position the answers name. */
  const expectSameAnswers = async (attempts: readonly Attempt[]): Promise<string> => {
    const again = await Promise.all(attempts.map(({ key, draft }) => lodge(key, draft)));
    const told = ({ status, body }: Answer) => (status < 300 ? { id: body.id } : { status });
    expect(again.map(told)).toEqual(attempts.map(({ first }) => told(first)));
    return (
      again
        .map(({ body: { position = '' } }) => position)
        .sort()
        .at(-1) ?? ''
    );
  };

  /** What the titles say: each accepted contract on every patent of its package, nothing else on any. */
  const expectWholePackages = async (
    accepted: readonly Attempt[],
    patents: ReadonlyMap<string, string>,
    after: string,
  ): Promise<void> => {
    for (const [number, assetId] of patents) {
      const { body } = await product.get(`/api/v1/records/asset/${assetId}?after=${after}`);
      const { detail } = body as { readonly detail: { readonly contracts: readonly string[] } };
      const expected = accepted.filter(({ draft }) => draft.assets.includes(number)).map(({ first }) => first.body.id);
      expect(new Set(detail.contracts)).toEqual(new Set(expected));
      expect(detail.contracts).toHaveLength(expected.length);
      const sales = accepted.filter(({ draft }) => draft.mode === 'TRANSFER' && draft.assets.includes(number)).length;
      const title = (await product.get(`/api/v1/assets/${assetId}/register`)).body as Register;
      expect(title.ownership.chain).toHaveLength(1 + sales);
    }
  };
});

/** A busy title asks to come again (503); whoever does gets an answer. */
const untilDecided = async (attempt: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt();
    if ((answer.status !== 503 && answer.status !== 202) || tries === 50) return answer;
  }
};

const collisions = (accepted: readonly Draft[]): string[] =>
  accepted.flatMap((one, index) =>
    accepted
      .slice(index + 1)
      .filter((other) => forbidden(one, other) && one.assets.some((asset) => other.assets.includes(asset)))
      .map((other) => `${one.number} and ${other.number}`),
  );
