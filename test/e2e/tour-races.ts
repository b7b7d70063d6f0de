import { patent } from './tour-assets.js';
import { deal } from './tour-deals.js';
import { APPROVED } from './tour-disclosures.js';
import type { Tour } from './tour-guide.js';

interface Request {
  readonly path: string;
  readonly body: object;
}
interface Race {
  readonly name: string;
  /** Sent first, by a driver that dies right after its n-th append: asked for, and not yet told to the title. */
  readonly interrupted: Request;
  readonly appends: number;
  /** Sent next, and accepted: the title is no longer free for the first. */
  readonly rival: Request;
  /** What the first then comes to. */
  readonly ends: readonly string[];
}

const contracts = '/api/v1/contracts';
const exclusive = { licenceKind: 'EXCLUSIVE' };

/** Contracts and declarations that the races start from. */
const prepare = async (tour: Tour): Promise<void> => {
  for (const name of ['lodged twice', 'amended late', 'voided late', 'announced late']) await patent(tour, name, 'csu');
  const gap = { ...exclusive, effectiveOn: '2023-01-01', endsOn: '2023-12-31' };
  await tour.does('csu', contracts, deal(tour, '示例-JS-2', ['amended late'], gap), 'amended late contract');
  const head = { ...exclusive, sublicensable: true };
  await tour.does('csu', contracts, deal(tour, '示例-JS-4', ['voided late'], head), 'voided late contract');
  await patent(tour, 'taken late', 'csu');
  for (const [index, name] of ['announced late', 'taken late'].entries()) {
    const offer = { universityId: 'csu', number: `示例-JK-${index}`, asset: tour.id(`no. ${name}`), feeType: 'FREE' };
    const declaration = { ...offer, declaredOn: '2022-01-10', endsOn: '2026-12-31', valuation: '示例' };
    await tour.does('csu', '/api/v1/open-licences', declaration, `${name} offer`);
  }
  await tour.does('csu', `/api/v1/open-licences/${tour.id('taken late offer')}/announcement`, {
    announcedOn: '2022-02-01',
  });
};

const racesOf = (tour: Tour): readonly Race[] => {
  const on = (kind: string, name: string, step: string) => `/api/v1/${kind}/${tour.id(name)}/${step}`;
  const lodging = (number: string, name: string, terms: object): Request => ({
    path: contracts,
    body: deal(tour, number, [name], terms),
  });
  const amendment = { number: '示例-BG-1', changes: { endsOn: '2024-12-31' }, signedOn: '2023-06-01', reason: '示例' };
  const free = { licensee: '示例公司', noticeOn: '2022-06-01', paidOn: '2022-06-01', paidFen: '0' };
  return [
    {
      name: 'a contract whose patent another contract took',
      interrupted: lodging('示例-JS-0', 'lodged twice', exclusive),
      appends: 2,
      rival: lodging('示例-JS-1', 'lodged twice', exclusive),
      ends: ['ContractRefused', 'ReservationCancelled'],
    },
    {
      name: 'an amendment into years another contract took',
      interrupted: { path: on('contracts', 'amended late contract', 'amendments'), body: amendment },
      appends: 1,
      rival: lodging('示例-JS-3', 'amended late', { ...exclusive, effectiveOn: '2024-01-01', endsOn: '2024-12-31' }),
      ends: ['AmendmentRefused'],
    },
    {
      name: 'a voiding of a licence that a sub-licence came to stand on',
      interrupted: {
        path: on('contracts', 'voided late contract', 'voiding'),
        body: { voidedOn: '2023-06-01', ...APPROVED },
      },
      appends: 1,
      rival: lodging('示例-JS-5', 'voided late', { licenceKind: 'SUB', headContract: '示例-JS-4' }),
      ends: ['VoidRefused', 'ReleaseCancelled'],
    },
    {
      name: 'an announcement of a patent that was licensed exclusively',
      interrupted: {
        path: on('open-licences', 'announced late offer', 'announcement'),
        body: { announcedOn: '2022-02-01' },
      },
      appends: 1,
      rival: lodging('示例-JS-6', 'announced late', exclusive),
      ends: ['OpenLicenceStepRefused'],
    },
    {
      name: 'a grant whose offer was withdrawn before its notice',
      interrupted: { path: on('open-licences', 'taken late offer', 'grants'), body: { ...free, number: '示例-JG-1' } },
      appends: 2,
      rival: { path: on('open-licences', 'taken late offer', 'withdrawal'), body: { withdrawnOn: '2022-05-01' } },
      ends: ['OpenGrantRefused', 'OpenGrantEntryCancelled'],
    },
  ];
};

/** 竞合: what a command comes to whose driver died, when another came first meanwhile. */
export const races = (tour: Tour): void => {
  describe('commands that come too late', () => {
    const drives = (instructions: object) => tour.product.script('test/e2e/driver.mjs', JSON.stringify(instructions));
    const request = (key: string, { path, body }: Request) => ({ method: 'POST', path, key, body });
    const statuses = (output: string): unknown[] =>
      (JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as Array<{ status: number; body: unknown }>).map(
        ({ status, body }) => (status < 300 ? 'accepted' : body),
      );

    it('are refused by the titles, and leave them as they were', async () => {
      await prepare(tour);
      const all = racesOf(tour);
      await tour.product.stop();
      for (const [index, { name, interrupted, appends }] of all.entries()) {
        const { ended, output } = await drives({
          killAfter: appends,
          requests: [request(`first-${index}`, interrupted)],
        });
        expect({ name, ended, output }).toEqual({ name, ended: 'SIGKILL', output: '' });
      }
      const rivals = await drives({ requests: all.map(({ rival }, index) => request(`rival-${index}`, rival)) });
      expect(statuses(rivals.output)).toEqual(all.map(() => 'accepted'));
      const length = tour.log().length;
      await drives({ resume: true, requests: [] });
      const types = tour
        .log()
        .slice(length)
        .map(({ type }) => type);
      for (const { name, ends } of all)
        expect({ name, types }).toEqual({ name, types: expect.arrayContaining([...ends]) });
      await tour.product.start();
    }, 120_000);

    it('and the records say so', async () => {
      const found = async (kind: string, number: string) => {
        const path = `/api/v1/records?kind=${kind}&q=${encodeURIComponent(number)}`;
        return (await tour.reads<{ items: ReadonlyArray<{ status: string }> }>('csu', path)).items[0]?.status;
      };
      expect(await found('contract', '示例-JS-0')).toBe('REFUSED');
      expect(await found('contract', '示例-JS-1')).toBe('LODGED');
      expect(await tour.record('contract', 'amended late contract')).toMatchObject({
        detail: { endsOn: '2023-12-31', pendingChange: null },
      });
      expect(await tour.record('contract', 'voided late contract')).toMatchObject({
        status: 'LODGED',
        detail: { pendingChange: null },
      });
      expect((await tour.record('open-licence', 'announced late offer')).status).toBe('DECLARED');
      expect(await found('open-licence-grant', '示例-JG-1')).toBe('REFUSED');
    });
  });
};
