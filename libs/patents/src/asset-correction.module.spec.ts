import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisclosuresModule, RunDisclosure, disclosuresEvents } from '@app/disclosures';
import { EvidenceModule } from '@app/evidence';
import { type TestLedger, openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { FileFolder } from '@app/imports';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import type { AssetData } from './asset-events.js';
import { RegisterAsset } from './asset.handler.js';
import { assetEvents } from './asset.projection.js';
import { PatentsModule } from './patents.module.js';
import { GetTitleRegister } from './title-register.queries.js';

const { clerk, reviewer } = testActors;

const patent: AssetData = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: 'ZL201910699568.X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
  grantedOn: '2021-03-02',
};
const approved = { reason: '示例：笔误', evidence: '示例文号1', approver: 'reviewer' } as const;

const files = mkdtempSync(join(tmpdir(), 'ledger-correction-'));
afterAll(() => rmSync(files, { recursive: true }));

let ledger: TestLedger;
beforeEach(async () => {
  const folder = { path: files, uploadLimit: 1_000_000, evidenceLimit: 1_000_000 };
  ledger = await openTestLedger({
    modules: [RegistryModule, DisclosuresModule, EvidenceModule, PatentsModule],
    providers: [{ provide: FileFolder, useValue: folder }],
    events: [...registryEvents, ...disclosuresEvents, assetEvents],
  });
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例主管部门',
  } as const;
  const register = { type: 'RegisterUniversity', data } as const;
  await ledger.commands.execute(new RunUniversity('hnu', register, testCommand('hnu', data, reviewer)));
});
afterEach(() => ledger.close());

const register = (more: Partial<AssetData> = {}, key = 'asset') => {
  const asset = { ...patent, ...more };
  return ledger.commands.execute(new RegisterAsset(asset, testCommand(key, asset)));
};
let sent = 0;
const correct = async (assetId: string, changes: object, more: object = {}) => {
  const headers = { 'idempotency-key': `correction-${(sent += 1)}` };
  const url = `/api/v1/assets/${assetId}/corrections`;
  const payload = { changes, ...approved, ...more };
  const reply = await ledger.app.inject({ method: 'POST', url, payload, headers });
  return { status: reply.statusCode, body: reply.json() };
};
const disclose = async (number: string, secret = false) => {
  const open = {
    title: '示例：一种测量装置',
    completedOn: '2019-03-05',
    disclosedOn: '2019-03-20',
    inventors: [{ staffNumber: '示例001', name: '示例甲', sharePermyriad: 10_000, role: 'LEAD' }],
  } as const;
  const confidentiality = secret ? 'SECRET' : 'PUBLIC';
  const disclosure = { type: 'DiscloseInvention', universityId: 'hnu', number, confidentiality } as const;
  const whole = secret ? disclosure : { ...disclosure, ...open };
  return (await ledger.commands.execute(new RunDisclosure(whole, testCommand(number, whole)))).id;
};
const typesOf = async (stream: string) => (await ledger.store.readStream(stream)).map(({ type }) => type);

describe('the disclosure of an asset', () => {
  it('C-5: is refused when there is none, with nothing written', async () => {
    const refusal = { rule: 'C-5', place: { field: 'disclosureNumber' } };
    await expect(register({ disclosureNumber: '示例-PL-1' })).rejects.toMatchObject(refusal);
    expect(await register()).toMatchObject({ written: true });
  });

  it('D-29: is refused when it is secret', async () => {
    await disclose('示例-PL-9', true);
    await expect(register({ disclosureNumber: '示例-PL-9' })).rejects.toMatchObject({ rule: 'D-29' });
  });

  it('is accepted and told, for several assets too', async () => {
    const disclosureId = await disclose('示例-PL-1');
    await register({ disclosureNumber: '示例-PL-1' });
    expect(await register({ disclosureNumber: '示例-PL-1' })).toMatchObject({ written: false });
    const software = { ipType: 'SOFTWARE', number: '2021SR0123456', disclosureNumber: '示例-PL-1' } as const;
    await register(software, 'software');
    expect(await typesOf(`disclosure-${disclosureId}`)).toEqual([
      'InventionDisclosed',
      'DisclosureFiled',
      'DisclosureFiled',
    ]);
  });

  it('C-4: is told that nothing is filed when the asset is refused', async () => {
    const disclosureId = await disclose('示例-PL-1');
    await register();
    await expect(register({ disclosureNumber: '示例-PL-1' }, 'again')).rejects.toMatchObject({ rule: 'C-4' });
    expect((await typesOf(`disclosure-${disclosureId}`)).at(-1)).toBe('DisclosureUnfiled');
  });
});

describe('putting registered data right', () => {
  it('is accepted, shown by the register, and ignored when nothing changes', async () => {
    const { id } = await register();
    const changes = { title: '示例：另一名称', filedOn: '2019-07-31', grantedOn: '2021-03-05' };
    expect(await correct(id, changes)).toMatchObject({ status: 201, body: { id, written: true } });
    expect(await correct(id, changes)).toMatchObject({ status: 200, body: { written: false } });
    const register1 = await ledger.queries.execute(new GetTitleRegister(clerk, id));
    expect(register1.identity).toMatchObject({ ...changes, expiresOn: '2039-07-31' });
    expect(register1.entries).toMatchObject([
      { on: '2019-07-31', zh: expect.stringContaining('示例：另一名称') },
      { on: '2021-03-05' },
      { kind: 'AssetDataCorrected', zh: expect.stringContaining('示例：笔误') },
    ]);
    expect(await correct(id, {}, { removes: ['grantedOn'] })).toMatchObject({ status: 201 });
    expect((await ledger.queries.execute(new GetTitleRegister(clerk, id))).status).toBe('FILED');
  });

  it('moves an asset from one disclosure to another, and away from it', async () => {
    const [first, second] = [await disclose('示例-PL-1'), await disclose('示例-PL-2')];
    const { id } = await register({ disclosureNumber: '示例-PL-1' });
    expect(await correct(id, { disclosureNumber: '示例-PL-2' })).toMatchObject({ status: 201 });
    expect((await typesOf(`disclosure-${first}`)).slice(1)).toEqual(['DisclosureFiled', 'DisclosureUnfiled']);
    expect((await typesOf(`disclosure-${second}`)).slice(1)).toEqual(['DisclosureFiled']);
    await correct(id, {}, { removes: ['disclosureNumber'] });
    expect((await typesOf(`disclosure-${second}`)).slice(1)).toEqual(['DisclosureFiled', 'DisclosureUnfiled']);
    expect(await correct(id, { disclosureNumber: '示例-PL-9' })).toMatchObject({ body: { code: 'C-5' } });
  });

  it.each([
    ['I-10', { grantedOn: '2019-07-29' }, {}],
    ['I-12', { filedOn: '2018-12-31' }, {}],
    ['I-11', { grantedOn: '2098-01-01' }, {}],
    ['A-12', { title: '示例' }, { approver: 'nobody' }],
  ])('%s: is refused as a registration would be: %j', async (code, changes, more) => {
    const { id } = await register();
    expect(await correct(id, changes, more)).toMatchObject({ body: { code } });
  });

  it.each([{ number: '示例' }, { title: null }, { ipType: 'DESIGN' }])('refuses another shape: %j', async (changes) => {
    const { id } = await register();
    expect(await correct(id, changes)).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});
