import { openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { patentNumberWithCheck } from '@app/kernel';
import { PatentsModule, RegisterAsset, patentsEvents } from '@app/patents';
import { RegistryModule, RunUniversity, registryEvents, registryProjections } from '@app/registry';
import { openGrantEvents } from './open-grant.projection.js';
import { openLicenceEvents } from './open-licence.projection.js';
import { openOffers } from './open-offer.projection.js';
import { type OpenLicenceDraft, type OpenLicenceRequest, RunOpenLicence } from './open-licence.handler.js';
import { OpenLicencesModule } from './open-licences.module.js';
import type { PublicOfferPage } from './open-offer.queries.js';

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
const run = (key: string, command: OpenLicenceRequest) =>
  ledger.commands.execute(new RunOpenLicence(command, testCommand(key, command)));

/** Three offers of one university: since 2024-04-01, 2024-05-01 and 2024-06-01; the first changed its fee, the second was withdrawn. */
beforeAll(async () => {
  ledger = await openTestLedger({
    modules: [RegistryModule, PatentsModule, OpenLicencesModule],
    events: [...registryEvents, ...patentsEvents, openLicenceEvents, openGrantEvents],
    projections: [...registryProjections, openOffers],
  });
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例',
  } as const;
  const register = { type: 'RegisterUniversity', data } as const;
  await ledger.commands.execute(new RunUniversity('hnu', register, testCommand('u', data, testActors.reviewer)));
  const fees: ReadonlyArray<Pick<OpenLicenceDraft, 'feeType' | 'feeFen'>> = [
    { feeType: 'LUMP_SUM', feeFen: '300' },
    { feeType: 'FREE' },
    { feeType: 'LUMP_SUM', feeFen: '100' },
  ];
  const ids: string[] = [];
  for (const [index, fee] of fees.entries()) {
    const number = patentNumberWithCheck(`20191000000${index + 1}`);
    const facts = { filedOn: '2019-07-30', grantedOn: '2021-03-02', title: `=示例装置${index + 1}` };
    const asset = { universityId: 'hnu', ipType: 'INVENTION', number, ...facts } as const;
    await ledger.commands.execute(new RegisterAsset(asset, testCommand(number, asset)));
    const terms = { universityId: 'hnu', number: `示例-KF-${index + 1}`, asset: number, ...fee };
    const declare = { type: 'DeclareOpenLicence', ...terms, declaredOn: '2024-03-01', endsOn: '2027-02-28' } as const;
    const { id: declarationId } = await run(`declare ${index}`, declare);
    const announcedOn = `2024-0${index + 4}-01`;
    await run(`announce ${index}`, { type: 'AnnounceOpenLicence', declarationId, announcedOn });
    ids.push(declarationId);
  }
  const [first = '', second = ''] = ids;
  const standard = { announcedOn: '2025-01-01', feeType: 'LUMP_SUM', feeFen: '200' } as const;
  await run('change', { type: 'ChangeFeeStandard', declarationId: first, ...standard });
  await run('withdraw', { type: 'WithdrawOpenLicence', declarationId: second, withdrawnOn: '2025-02-01' });
  await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
});
afterAll(() => ledger.close());

const get = (query: string) => ledger.app.inject({ method: 'GET', url: `/api/v1/public/open-licences${query}` });
const page = async (query: string): Promise<PublicOfferPage> => (await get(query)).json();
const numbers = async (query: string) => (await page(query)).items.map(({ number }) => number.slice(-1)).join('');

describe('the public list of offers', () => {
  it('shows what is open on a day, and at which fee', async () => {
    expect(await numbers('?asOf=2024-03-31')).toBe('');
    expect(await numbers('?asOf=2024-05-01')).toBe('21');
    expect(await numbers('?asOf=2025-01-31')).toBe('132');
    expect(await numbers('?asOf=2025-02-01')).toBe('13');
    expect(await numbers('?asOf=2027-03-01')).toBe('');
    const [offer] = (await page('?asOf=2024-12-31&q=KF-1')).items;
    expect(offer).toMatchObject({ from: '2024-04-01', to: '2024-12-31', feeFen: '300', standardVersion: 1 });
    const [later] = (await page('?asOf=2025-01-01&q=KF-1')).items;
    expect(later).toEqual({
      declarationId: expect.any(String),
      number: '示例-KF-1',
      patentNumber: patentNumberWithCheck('201910000001'),
      title: '=示例装置1',
      ipType: 'INVENTION',
      universityId: 'hnu',
      university: '示例大学',
      from: '2024-04-01',
      to: '2027-02-28',
      licensedTo: '2027-02-28',
      standardVersion: 2,
      standardFrom: '2025-01-01',
      feeType: 'LUMP_SUM',
      feeFen: '200',
      royaltyPermyriad: null,
      royaltyBase: null,
      instalments: [],
    });
  });
  it("is today's when no day is asked for", async () => {
    expect((await page('')).asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
  it.each([
    ['feeType=FREE', '2'],
    ['feeType=LUMP_SUM&sort=fee', '31'],
    ['ipType=DESIGN', ''],
    ['universityId=hnu&sort=number', '123'],
    ['universityId=csu', ''],
    ['q=ZL201910000003', '3'],
    ['q=%25', ''],
    ['sort=-fee', '132'],
    ['sort=to', '213'],
  ])('is filtered and sorted: %s', async (query, expected) => {
    expect(await numbers(`?asOf=2025-01-31&${query}`)).toBe(expected);
  });
  it.each(['from', '-from', 'to', '-to', 'number', '-number', 'fee', '-fee'])('is paged by %s', async (sort) => {
    const whole = await numbers(`?asOf=2025-01-31&sort=${sort}`);
    let seen = '';
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const answer: PublicOfferPage = await page(`?asOf=2025-01-31&limit=1&sort=${sort}${cursor}`);
      expect(answer.total).toBe(3);
      seen += answer.items.map(({ number }) => number.slice(-1)).join('');
      next = answer.next;
    }
    expect(seen).toBe(whole);
  });
  it('refuses a cursor of another order, and unknown filters', async () => {
    const { next } = await page('?asOf=2025-01-31&limit=1&sort=number');
    expect((await get(`?sort=fee&cursor=${encodeURIComponent(next ?? '')}`)).statusCode).toBe(400);
    expect((await get('?actor=clerk')).statusCode).toBe(400);
  });
  it('is a file for spreadsheets too, in which no text is a formula', async () => {
    const reply = await get('.csv?asOf=2025-01-31&sort=number');
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [header, first, ...rest] = reply.body.replace('\uFEFF', '').trim().split('\n');
    expect(header).toContain('专利号 Patent');
    expect(first).toContain("'=示例装置1");
    expect(first).toContain('2.00');
    expect(rest).toHaveLength(2);
  });
});
