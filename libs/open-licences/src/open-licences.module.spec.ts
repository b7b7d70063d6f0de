import { START, claimStream, type CommandContext } from '@app/event-store';
import { openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { type ImportKind, runImport } from '@app/imports';
import { type Actor, creditCodeWithCheck, patentNumberWithCheck } from '@app/kernel';
import { PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { openGrantEvents } from './open-grant.projection.js';
import { openLicenceEvents } from './open-licence.projection.js';
import type { GrantFacts } from './open-grant-events.js';
import { type OpenGrantRequest, RunOpenGrant } from './open-grant.handler.js';
import {
  FindOpenLicence,
  type OpenLicenceDraft,
  type OpenLicenceRequest,
  RunOpenLicence,
} from './open-licence.handler.js';
import { OpenLicencesImports } from './open-licences.import.js';
import { OpenLicencesModule } from './open-licences.module.js';

const { clerk, reviewer } = testActors;
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };
const now = '2025-12-31T04:00:00.000Z';
const context = (key: string, input: unknown, actor: Actor = clerk): CommandContext => testCommand(key, input, actor);

const PATENT = '201910699568X';
const MODEL = patentNumberWithCheck('201920000001');
const FILED = patentNumberWithCheck('202310000001');
const SHARED = patentNumberWithCheck('201910000002');
const SOFTWARE = '2021SR0123456';

const openLedger = async () => {
  const ledger = await openTestLedger({
    modules: [RegistryModule, PatentsModule, OpenLicencesModule],
    events: [...registryEvents, ...patentsEvents, openLicenceEvents, openGrantEvents],
  });
  const { commands, store } = ledger;
  const append = store.append.bind(store);
  /** The writer dies when it is told to: the next appends find nobody. */
  const life = { left: Number.POSITIVE_INFINITY };
  store.append = async (...args) => {
    if (life.left === 0) throw new Error('killed');
    life.left -= 1;
    return append(...args);
  };
  const university = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例主管部门',
  } as const;
  const register = { type: 'RegisterUniversity', data: university } as const;
  await commands.execute(new RunUniversity('hnu', register, context('university', university, reviewer)));
  const assets = [
    { ipType: 'INVENTION', number: PATENT, filedOn: '2019-07-30', grantedOn: '2021-03-02' },
    { ipType: 'UTILITY_MODEL', number: MODEL, filedOn: '2019-07-30', grantedOn: '2020-03-02' },
    { ipType: 'INVENTION', number: FILED, filedOn: '2023-07-30' },
    { ipType: 'SOFTWARE', number: SOFTWARE, filedOn: '2021-01-05', grantedOn: '2021-01-05' },
    {
      ipType: 'INVENTION',
      number: SHARED,
      filedOn: '2019-07-30',
      grantedOn: '2021-03-02',
      coOwners: [{ name: '示例共有公司', sharePermyriad: 2_000 }],
    },
  ] as const;
  const ids: string[] = [];
  for (const asset of assets) {
    const facts = { universityId: 'hnu', title: `示例 ${asset.ipType}`, ...asset };
    const { id } = await commands.execute(new RegisterAsset(facts, context(asset.number, facts)));
    ids.push(id);
  }
  return { ...ledger, life, assetId: ids[0] ?? '' };
};

let ledger: Awaited<ReturnType<typeof openLedger>>;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

const draft: OpenLicenceDraft = {
  universityId: 'hnu',
  number: '示例-KF-1',
  asset: 'ZL201910699568.X',
  declaredOn: '2024-03-01',
  endsOn: '2027-02-28',
  feeType: 'LUMP_SUM',
  feeFen: '2000000',
};
const facts = {
  number: '示例-KFSS-1',
  licensee: '示例公司',
  licenseeDivision: '430104',
  noticeOn: '2024-05-06',
  paidOn: '2024-05-20',
  paidFen: '2000000',
} satisfies Omit<GrantFacts, 'declarationId'>;

const run = (key: string, command: OpenLicenceRequest, actor: Actor = clerk) =>
  ledger.commands.execute(new RunOpenLicence(command, context(key, command, actor)));
const declare = (key: string, more: Partial<OpenLicenceDraft> = {}, actor: Actor = clerk) =>
  run(key, { type: 'DeclareOpenLicence', ...draft, ...more }, actor);
const announce = (key: string, declarationId: string, announcedOn = '2024-04-10', actor: Actor = clerk) =>
  run(key, { type: 'AnnounceOpenLicence', declarationId, announcedOn }, actor);
const withdraw = (key: string, declarationId: string, withdrawnOn = '2025-01-15', actor: Actor = clerk) =>
  run(key, { type: 'WithdrawOpenLicence', declarationId, withdrawnOn }, actor);
const runGrant = (key: string, command: OpenGrantRequest, actor: Actor = clerk) =>
  ledger.commands.execute(new RunOpenGrant(command, context(key, command, actor)));
const grant = (key: string, declarationId: string, more: Partial<GrantFacts> = {}, actor: Actor = clerk) =>
  runGrant(key, { type: 'GrantOpenLicence', ...facts, declarationId, ...more }, actor);
const recording = { type: 'RecordOpenGrant', recordNo: 'X2024430000001', recordedOn: '2024-06-18' } as const;
const record = (key: string, grantId: string, more: object = {}, actor: Actor = clerk) =>
  runGrant(key, { ...recording, grantId, ...more }, actor);

const typesOf = async (stream: string) => (await ledger.store.readStream(stream)).map(({ type }) => type);
const onTitle = async () => (await typesOf(`asset-${ledger.assetId}`)).slice(1);
const length = async () => (await ledger.store.readAll(START, 10_000)).length;
const reserve = async (contractId: string, licence: 'EXCLUSIVE' | 'ORDINARY', from: string, to?: string) => {
  const right = { kind: 'LICENCE', licence, from, ...(to ? { to } : {}) } as const;
  const command = {
    type: 'Reserve',
    contractId,
    universityId: 'hnu',
    right,
    contractNumber: contractId,
    party: '示例',
  } as const;
  await ledger.commands.execute(new RunAsset(ledger.assetId, command, context(contractId, command)));
  const confirm = { type: 'Confirm', contractId } as const;
  await ledger.commands.execute(new RunAsset(ledger.assetId, confirm, context(`${contractId} confirm`, confirm)));
};

describe('declaring', () => {
  it('is written once, and found by its number', async () => {
    const first = await declare('k1');
    expect(first).toMatchObject({ revision: 0, written: true });
    expect(await declare('k1')).toMatchObject({ id: first.id, written: false });
    const [event] = await ledger.store.readStream(`open-licence-${first.id}`);
    expect(event?.data).toMatchObject({ assetNumber: PATENT, title: '示例 INVENTION', ipType: 'INVENTION' });
    expect(event?.data).not.toHaveProperty('asset');
    const found = ledger.queries.execute(new FindOpenLicence('hnu', '示例-kf-1'));
    expect(await found).toEqual({ declarationId: first.id });
    expect(await onTitle()).toEqual([]);
  });

  it('OL-1: takes granted patents only', async () => {
    const refusal = { rule: 'OL-1', place: { field: 'asset' } };
    await expect(declare('k1', { asset: SOFTWARE })).rejects.toMatchObject(refusal);
    await expect(declare('k1', { asset: FILED })).rejects.toMatchObject(refusal);
    expect(await ledger.store.readStream(claimStream('open-licence', 'hnu/示例-KF-1'))).toEqual([]);
  });
  it('OL-1: takes no patent under an exclusive licence', async () => {
    await reserve('c1', 'EXCLUSIVE', '2023-01-01');
    await expect(declare('k1')).rejects.toMatchObject({ rule: 'OL-1', place: { conflict: 'c1' } });
  });
  it('OL-2: takes a utility model with its report only', async () => {
    await expect(declare('k1', { asset: MODEL })).rejects.toMatchObject({ rule: 'OL-2' });
    const report = { evaluationReportNo: '示例-PJ-1', evaluationReportOn: '2024-02-01' };
    expect(await declare('k1', { asset: MODEL, ...report })).toMatchObject({ written: true });
  });
  it('OL-3: takes a patent with co-owners when all of them declare', async () => {
    const refusal = { rule: 'OL-3', place: { field: 'declarants' } };
    await expect(declare('k1', { asset: SHARED })).rejects.toMatchObject(refusal);
    const { id } = await declare('k2', { asset: SHARED, declarants: ['示例共有公司'] });
    const [event] = await ledger.store.readStream(`open-licence-${id}`);
    expect(event?.data).not.toHaveProperty('coOwners');
  });
  it('OL-8: ends with the patent', async () => {
    const refusal = { rule: 'OL-8', place: { field: 'endsOn' } };
    await expect(declare('k1', { endsOn: '2039-07-31' })).rejects.toMatchObject(refusal);
  });

  it('C-4, C-5: is refused when the number is taken or the patent unknown', async () => {
    const { id } = await declare('k1');
    await expect(declare('k2')).rejects.toMatchObject({ rule: 'C-4', place: { conflict: id } });
    const refusal = { rule: 'C-5', place: { field: 'asset' } };
    await expect(declare('k3', { asset: '示例' })).rejects.toMatchObject(refusal);
    const missing = ledger.queries.execute(new FindOpenLicence('hnu', '示例-KF-9'));
    await expect(missing).rejects.toMatchObject({ rule: 'C-5', place: { field: 'declarationNumber' } });
  });
  it('A-1, A-2: is refused to others, like all that follows', async () => {
    await expect(declare('k1', {}, reviewer)).rejects.toMatchObject({ rule: 'A-1' });
    await expect(declare('k1', {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    const { id } = await declare('k2');
    await expect(announce('k3', id, '2024-04-10', otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    await announce('k4', id);
    await expect(withdraw('k5', id, '2025-01-15', otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    await expect(grant('k6', id, {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    const taken = await grant('k7', id);
    await expect(record('k8', taken.id, {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

describe('announcing', () => {
  it('enters the title first', async () => {
    const { id } = await declare('k1');
    expect(await announce('k2', id)).toMatchObject({ id, revision: 2, written: true });
    expect(await announce('k2', id)).toMatchObject({ id, written: false });
    const [, entered] = await ledger.store.readStream(`asset-${ledger.assetId}`);
    expect(entered).toMatchObject({
      type: 'OpenLicenceEntered',
      data: { declarationId: id, from: '2024-04-10', to: '2027-02-28' },
    });
    expect(await onTitle()).toEqual(['OpenLicenceEntered']);
  });
  it('OL-1: is refused when an exclusive licence came in between, with nothing written', async () => {
    const { id } = await declare('k1');
    await reserve('c1', 'EXCLUSIVE', '2024-03-15');
    const before = await length();
    await expect(announce('k2', id)).rejects.toMatchObject({ rule: 'OL-1' });
    expect(await length()).toBe(before);
  });
  it('OL-14, OL-17: asks no title for what the declaration refuses', async () => {
    const { id } = await declare('k1');
    await expect(announce('k2', id, '2024-02-01')).rejects.toMatchObject({ rule: 'OL-14' });
    await expect(announce('k3', 'none')).rejects.toMatchObject({ rule: 'OL-17' });
    expect(await onTitle()).toEqual([]);
  });
  it('OL-4: shuts out exclusive licences, and no others', async () => {
    const { id } = await declare('k1');
    await announce('k2', id);
    await expect(reserve('c1', 'EXCLUSIVE', '2024-05-01')).rejects.toMatchObject({ rule: 'OL-4' });
    await reserve('c2', 'ORDINARY', '2024-05-01');
  });
  it('is finished by the same command after a crash', async () => {
    const { id } = await declare('k1');
    ledger.life.left = 2;
    await expect(announce('k2', id)).rejects.toThrow('killed');
    expect(await onTitle()).toEqual(['OpenLicenceEntered']);
    ledger.life.left = Number.POSITIVE_INFINITY;
    expect(await announce('k2', id)).toMatchObject({ revision: 2 });
    expect(await typesOf(`open-licence-${id}`)).toHaveLength(3);
    expect(await onTitle()).toEqual(['OpenLicenceEntered']);
  });
});

describe('withdrawing', () => {
  it('ends the offer on the title first', async () => {
    const { id } = await declare('k1');
    await announce('k2', id);
    expect(await withdraw('k3', id)).toMatchObject({ revision: 4, written: true });
    expect(await withdraw('k3', id)).toMatchObject({ written: false });
    expect(await onTitle()).toEqual(['OpenLicenceEntered', 'OpenLicenceEnded']);
    await reserve('c1', 'EXCLUSIVE', '2025-01-15');
  });
  it('OL-7, OL-16: asks no title for what the declaration refuses', async () => {
    const { id } = await declare('k1');
    await expect(withdraw('k2', id)).rejects.toMatchObject({ rule: 'OL-16' });
    await announce('k3', id);
    await expect(withdraw('k4', id, '2024-04-09')).rejects.toMatchObject({ rule: 'OL-7' });
    expect(await onTitle()).toEqual(['OpenLicenceEntered']);
  });
  it('OL-12: is not back-dated behind a grant, whose licence stays', async () => {
    const { id } = await declare('k1');
    await announce('k2', id);
    const taken = await grant('k3', id);
    const refusal = { rule: 'OL-12', place: { conflict: taken.id } };
    await expect(withdraw('k4', id, '2024-05-06')).rejects.toMatchObject(refusal);
    await withdraw('k5', id, '2024-05-07');
    expect(await record('k6', taken.id)).toMatchObject({ written: true });
    await expect(reserve('c1', 'EXCLUSIVE', '2025-01-01')).rejects.toMatchObject({ rule: 'L-2' });
  });
});

describe('granting', () => {
  const opened = async () => {
    const { id } = await declare('k1');
    await announce('k2', id);
    return id;
  };

  it('is written once, under its own id and number', async () => {
    const declarationId = await opened();
    const { id, written } = await grant('k3', declarationId);
    expect(written).toBe(true);
    expect(await grant('k3', declarationId)).toMatchObject({ id, written: false });
    const [, event] = await ledger.store.readStream(`open-grant-${id}`);
    expect(event).toMatchObject({
      type: 'OpenLicenceGranted',
      data: {
        declarationId,
        assetId: ledger.assetId,
        assetNumber: PATENT,
        title: '示例 INVENTION',
        effectiveOn: '2024-05-20',
        inChangsha: { rule: 'in-changsha/1', value: true },
      },
    });
    expect(event?.data).not.toHaveProperty('offer');
    expect(await onTitle()).toEqual(['OpenLicenceEntered', 'OpenGrantEntered']);
  });
  it('is taken by many, also when they are entered after the withdrawal', async () => {
    const declarationId = await opened();
    await grant('k3', declarationId);
    await withdraw('k4', declarationId);
    expect(await grant('k5', declarationId, { number: '示例-KFSS-2' })).toMatchObject({ written: true });
    const late = grant('k6', declarationId, { number: '示例-KFSS-3', noticeOn: '2025-01-15', paidOn: '2025-01-15' });
    await expect(late).rejects.toMatchObject({ rule: 'OL-6' });
  });
  it('OL-5, OL-6, OL-17: writes nothing when it is refused', async () => {
    const declarationId = await opened();
    const before = await length();
    await expect(grant('k3', declarationId, { paidFen: '1' })).rejects.toMatchObject({ rule: 'OL-5' });
    await expect(grant('k3', declarationId, { noticeOn: '2024-04-09' })).rejects.toMatchObject({ rule: 'OL-6' });
    await expect(grant('k3', 'none')).rejects.toMatchObject({ rule: 'OL-17' });
    expect(await length()).toBe(before);
  });
  it('freezes the size of the licensee on the day it took effect', async () => {
    const declarationId = await opened();
    const licenseeCode = creditCodeWithCheck('91430100MA4L16JQ9');
    const figures = { enterpriseName: '示例公司', creditCode: licenseeCode, industry: 'C39', employees: 50 };
    const dated = { revenueFen: '1000000000', dataYear: 2023, determinedOn: '2024-05-20', evidence: '示例' };
    const data = { ...figures, ...dated };
    const headers = { 'idempotency-key': 'size' };
    const sent = { method: 'POST', url: '/api/v1/enterprise-sizes', payload: data, headers } as const;
    expect(await ledger.app.inject(sent)).toMatchObject({ statusCode: 201 });
    const sizeOf = async (id: string) =>
      (await ledger.store.readStream(`open-grant-${id}`)).at(-1)?.data['licenseeSize'];
    expect(await sizeOf((await grant('k3', declarationId, { licenseeCode })).id)).toMatchObject({ size: 'SMALL' });
    const earlier = { licenseeCode, number: '示例-KFSS-2', paidOn: '2024-05-19' };
    expect(await sizeOf((await grant('k4', declarationId, earlier)).id)).toBeUndefined();
    const wrong = { licenseeCode: `${licenseeCode.slice(0, 17)}!`, number: '示例-KFSS-3' };
    await expect(grant('k5', declarationId, wrong)).rejects.toMatchObject({ place: { field: 'licenseeCode' } });
  });
  it('OL-6: needs the announcement', async () => {
    const { id } = await declare('k1');
    await expect(grant('k2', id)).rejects.toMatchObject({ rule: 'OL-6' });
  });
  it('C-4: is refused when the number is taken', async () => {
    const declarationId = await opened();
    const { id } = await grant('k3', declarationId);
    await expect(grant('k4', declarationId)).rejects.toMatchObject({ rule: 'C-4', place: { conflict: id } });
    expect(await onTitle()).toEqual(['OpenLicenceEntered', 'OpenGrantEntered']);
  });
  it('and withdrawing at once: the title lets one of them through', async () => {
    const declarationId = await opened();
    const onTheDay = { noticeOn: '2025-01-15', paidOn: '2025-01-15' };
    const answers = await Promise.allSettled([withdraw('k3', declarationId), grant('k4', declarationId, onTheDay)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await onTitle()).filter((type) => type !== 'OpenGrantEntryCancelled')).toHaveLength(2);
  });
  it('is finished by the same command after a crash', async () => {
    const declarationId = await opened();
    for (const appends of [1, 1, 1]) {
      ledger.life.left = appends;
      await expect(grant('k3', declarationId)).rejects.toThrow('killed');
    }
    ledger.life.left = Number.POSITIVE_INFINITY;
    const { id } = await grant('k3', declarationId);
    expect(await typesOf(`open-grant-${id}`)).toEqual(['OpenGrantRequested', 'OpenLicenceGranted']);
    expect(await onTitle()).toEqual(['OpenLicenceEntered', 'OpenGrantEntered']);
  });

  it('is recorded under a number of its own', async () => {
    const declarationId = await opened();
    const first = await grant('k3', declarationId);
    const second = await grant('k4', declarationId, { number: '示例-KFSS-2' });
    expect(await record('k5', first.id)).toMatchObject({ revision: 2, written: true });
    expect(await record('k5', first.id)).toMatchObject({ written: false });
    const again = record('k6', second.id, { recordNo: 'x2024430000001' });
    await expect(again).rejects.toMatchObject({ rule: 'C-4', place: { conflict: first.id } });
  });
  it('OL-17, OL-18: claims no recording number when the recording is refused', async () => {
    const { id } = await grant('k3', await opened());
    await expect(record('k4', id, { recordedOn: '2024-05-19' })).rejects.toMatchObject({ rule: 'OL-18' });
    await expect(record('k5', 'none')).rejects.toMatchObject({ rule: 'OL-17' });
    expect(await ledger.store.readStream(claimStream('record-number', 'X2024430000001'))).toEqual([]);
  });
});

describe('over HTTP', () => {
  const post = async (url: string, payload: object) => {
    const headers = { 'idempotency-key': 'k1' };
    const reply = await ledger.app.inject({ method: 'POST', url, payload, headers });
    return { status: reply.statusCode, body: reply.json() };
  };

  it('a licence is declared, announced, taken, recorded and withdrawn', async () => {
    const { status, body } = await post('/api/v1/open-licences', draft);
    expect({ status, body }).toMatchObject({ status: 201, body: { revision: 0, written: true } });
    const url = `/api/v1/open-licences/${body.id}`;
    expect(await post(`${url}/announcement`, { announcedOn: '2024-04-10' })).toMatchObject({ status: 201 });
    const taken = await post(`${url}/grants`, facts);
    expect(taken).toMatchObject({ status: 201, body: { revision: 1, written: true } });
    const { type: _type, ...recorded } = recording;
    const noted = await post(`/api/v1/open-grants/${taken.body.id}/recording`, recorded);
    expect(noted).toMatchObject({ status: 201, body: { id: taken.body.id, revision: 2 } });
    const ended = await post(`${url}/withdrawal`, { withdrawnOn: '2025-01-15' });
    expect(ended).toMatchObject({ status: 201, body: { id: body.id, revision: 4 } });
  });

  it.each([
    { asset: '' },
    { feeFen: 1 },
    { royaltyPermyriad: 1.5 },
    { endsOn: '2027-02-29' },
    { announcedOn: '2024-04-10' },
  ])('a body of another shape is refused: %j', async (wrong) => {
    const reply = await post('/api/v1/open-licences', { ...draft, ...wrong });
    expect(reply).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});

describe('import', () => {
  const sheet = async (kind: string, ...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
    const found = ledger.app.get(OpenLicencesImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;
    const fields = Object.keys(found.columns);
    const lines = async function* () {
      yield { line: 1, cells: fields.map((field) => found.columns[field]?.zh ?? '') };
      for (const [index, row] of rows.entries())
        yield { line: index + 2, cells: fields.map((field) => row[field] ?? '') };
    };
    return runImport({ kind: found, rows: lines(), fileName: 'sample.csv', actor: clerk, now: () => now });
  };
  const row = {
    university: '示例大学',
    number: '示例-KF-1',
    asset: 'ZL201910699568.X',
    declaredOn: '2024/3/1',
    announcedOn: '2024-04-10',
    endsOn: '2027-02-28',
    feeType: '入门费+提成',
    fee: '20,000.00',
    royaltyPermyriad: '500',
  };
  const grantRow = {
    university: 'hnu',
    declarationNumber: '示例-KF-1',
    number: '示例-KFSS-1',
    licensee: '示例公司',
    licenseeDivision: '430104',
    noticeOn: '2024-05-06',
    paidOn: '2024-05-20',
    paid: '20000',
    recordNo: 'X2024430000001',
    recordedOn: '2024-06-18',
  };
  const declarationId = async () =>
    (await ledger.queries.execute(new FindOpenLicence('hnu', '示例-KF-1'))).declarationId;

  it('takes declarations, and nothing when they come again', async () => {
    expect(await sheet('open-licences', row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('open-licences', row)).toMatchObject({ written: 0, unchanged: 1 });
    const stream = `open-licence-${await declarationId()}`;
    expect(await typesOf(stream)).toEqual([
      'OpenLicenceDeclared',
      'OpenLicenceAnnouncementRequested',
      'OpenLicenceAnnounced',
    ]);
    const [declared] = await ledger.store.readStream(stream);
    expect(declared?.data).toMatchObject({ declaredOn: '2024-03-01', feeFen: '2000000', royaltyPermyriad: 500 });
  });
  it('takes the withdrawal when the row comes again with it', async () => {
    await sheet('open-licences', row);
    const again = { ...row, withdrawnOn: '2025-01-15' };
    expect(await sheet('open-licences', again)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('open-licences', again)).toMatchObject({ unchanged: 1 });
  });
  it('takes what the newer columns say', async () => {
    const terms = {
      feeType: '分期',
      fee: '300',
      royaltyPermyriad: '',
      instalments: '0/100；6/200',
      declarants: '示例甲',
    };
    const rejection = { announcedOn: '', rejectedOn: '2024-04-01', rejectionGround: '示例' };
    const more = { valuation: '示例', note: '示例', pledgeeConsent: '是', evaluationReportMeets: '是' };
    expect(await sheet('open-licences', { ...row, ...terms, ...rejection, ...more })).toMatchObject({ problems: [] });
    const [declared, rejected] = await ledger.store.readStream(`open-licence-${await declarationId()}`);
    expect(declared?.data).toMatchObject({
      instalments: [
        { afterMonths: 0, amountFen: '10000' },
        { afterMonths: 6, amountFen: '20000' },
      ],
      declarants: ['示例甲'],
      pledgeeConsent: true,
      warnings: [],
    });
    expect(rejected).toMatchObject({ type: 'OpenLicenceRejected', data: { ground: '示例' } });
  });
  describe('instalments', () => {
    const plan = (instalments: string) =>
      sheet('open-licences', { ...row, feeType: '分期', fee: '300', royaltyPermyriad: '', instalments });
    it('are refused when they are written otherwise', async () => {
      expect(await plan('100，200')).toMatchObject({
        problems: [{ rule: 'OL-34', column: { zh: '分期付款计划(月/元)' } }],
      });
    });
    it('are accepted as months/yuan', async () => expect(await plan('0/100；6/200')).toMatchObject({ written: 1 }));
  });
  describe('a rejection', () => {
    const rejected = (more: object) => sheet('open-licences', { ...row, announcedOn: '', ...more });
    it('is refused without its ground or its date', async () => {
      expect(await rejected({ rejectedOn: '2024-04-01' })).toMatchObject({ problems: [{ rule: 'OL-35' }] });
      expect(await rejected({ rejectionGround: '示例' })).toMatchObject({ problems: [{ rule: 'OL-35' }] });
    });
    it('is accepted with both', async () => {
      expect(await rejected({ rejectedOn: '2024-04-01', rejectionGround: '示例' })).toMatchObject({ written: 1 });
    });
  });
  describe('a recording', () => {
    it('is refused as a half', async () => {
      await sheet('open-licences', row);
      const half = await sheet('open-licence-grants', { ...grantRow, recordNo: '' });
      expect(half).toMatchObject({ problems: [{ rule: 'OL-19' }] });
    });
    it('is accepted with number and date', async () => {
      await sheet('open-licences', row);
      expect(await sheet('open-licence-grants', grantRow)).toMatchObject({ written: 1 });
    });
  });
  it('takes grants with their recording, and nothing when they come again', async () => {
    await sheet('open-licences', row);
    expect(await sheet('open-licence-grants', grantRow)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('open-licence-grants', grantRow)).toMatchObject({ written: 0, unchanged: 1 });
    const { recordNo: _no, recordedOn: _on, ...unrecorded } = { ...grantRow, number: '示例-KFSS-2' };
    expect(await sheet('open-licence-grants', unrecorded)).toMatchObject({ written: 1, problems: [] });
  });
  it('leaves no trace of a row whose follow-up is refused', async () => {
    const before = await ledger.store.head();
    expect(await sheet('open-licences', { ...row, announcedOn: '2024-02-01' })).toMatchObject({ refused: 1 });
    expect(await sheet('open-licences', { ...row, withdrawnOn: '2024-04-01' })).toMatchObject({ refused: 1 });
    expect(await ledger.store.head()).toBe(before);
    await sheet('open-licences', row);
    const declared = await ledger.store.head();
    expect(await sheet('open-licence-grants', { ...grantRow, recordedOn: '2024-05-01' })).toMatchObject({ refused: 1 });
    expect(await ledger.store.head()).toBe(declared);
  });
  it('V-7: says that a row differs from what it took before', async () => {
    await sheet('open-licences', row);
    expect(await sheet('open-licences', { ...row, fee: '30,000.00' })).toMatchObject({ different: 1 });
    await sheet('open-licence-grants', grantRow);
    expect(await sheet('open-licence-grants', { ...grantRow, paid: '30000' })).toMatchObject({ different: 1 });
  });

  it.each([
    [{ asset: SOFTWARE }, 'OL-1', '专利号'],
    [{ asset: MODEL }, 'OL-2', '评价报告号'],
    [{ fee: '0' }, 'OL-9', '许可费(元)'],
    [{ royaltyPermyriad: '' }, 'OL-9', '提成率(万分之)'],
    [{ announcedOn: '2024-02-29' }, 'OL-14', '公告日'],
    [{ endsOn: '2024-03-01' }, 'OL-15', '许可期限止'],
    [{ withdrawnOn: '2024-04-09' }, 'OL-7', '撤回公告日'],
    [{ asset: '示例' }, 'C-5', '专利号'],
  ])('names the column of a refused declaration: %j', async (wrong, rule, zh) => {
    const { problems } = await sheet('open-licences', { ...row, ...wrong });
    expect(problems).toMatchObject([{ row: 2, rule, column: { zh } }]);
  });
  it.each([
    [{ declarationNumber: '示例-KF-9' }, 'C-5', '声明编号'],
    [{ paid: '19999.99' }, 'OL-5', '已付(元)'],
    [{ noticeOn: '2024-04-09' }, 'OL-6', '通知日'],
    [{ licenseeDivision: '岳麓区' }, 'OL-20', '住所区划'],
    [{ recordNo: '' }, 'OL-19', '备案号'],
    [{ recordedOn: '' }, 'OL-19', '备案日'],
    [{ recordedOn: '2024-05-19' }, 'OL-18', '备案日'],
  ])('names the column of a refused grant: %j', async (wrong, rule, zh) => {
    await sheet('open-licences', row);
    const { problems } = await sheet('open-licence-grants', { ...grantRow, ...wrong });
    expect(problems).toMatchObject([{ row: 2, rule, column: { zh } }]);
  });
});
