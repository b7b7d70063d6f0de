import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DisclosuresModule, RunDisclosure, RunEvaluation, disclosuresEvents } from '@app/disclosures';
import { EvidenceModule, KeepEvidence } from '@app/evidence';
import { type TestLedger, openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { FileFolder, type ImportKind, runImport } from '@app/imports';
import { type Actor, patentNumberWithCheck } from '@app/kernel';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import type { AssetData } from './asset-events.js';
import { FindAsset, RegisterAsset } from './asset.handler.js';
import { assetEvents } from './asset.projection.js';
import { PatentsImports } from './patents.import.js';
import { PatentsModule } from './patents.module.js';
import type { TitleRegister } from './title-register.js';
import { GetTitleRegister } from './title-register.queries.js';

const { clerk, reviewer, office } = testActors;
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };

const patent: AssetData = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: 'ZL201910699568.X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
  grantedOn: '2021-03-02',
};

const files = mkdtempSync(join(tmpdir(), 'ledger-entry-'));
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
const post = async (path: string, payload: object) => {
  const headers = { 'idempotency-key': `k${(sent += 1)}` };
  const reply = await ledger.app.inject({ method: 'POST', url: `/api/v1/assets/${path}`, payload, headers });
  return { status: reply.statusCode, body: reply.json() };
};
const read = (actor: Actor, assetId: string, asOf?: string, recordedBy?: string): Promise<TitleRegister> =>
  ledger.queries.execute(new GetTitleRegister(actor, assetId, asOf, recordedBy));

describe('entries over HTTP', () => {
  it.each([
    ['publication', { on: '2020-11-03', publicationNo: 'CN111111111A' }, 'PatentPublished'],
    ['lapse', { on: '2023-07-30', cause: 'UNPAID_FEE', note: '示例' }, 'PatentLapsed'],
    ['invalidation', { on: '2025-01-01', scope: 'PART', decisionNo: '示例-WX-1' }, 'PatentInvalidated'],
    [
      'pledge',
      { on: '2022-01-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent: false },
      'PledgeRegistered',
    ],
    ['suspension', { on: '2022-01-01', documentNo: '示例-ZZ-1', cause: 'PRESERVATION' }, 'SuspensionStarted'],
    ['annuity', { year: 4, paidOn: '2022-07-01', feeFen: '120000' }, 'AnnuityPaid'],
    ['co-owners', { on: '2022-01-01', coOwners: [{ name: '示例公司' }], documentNo: '示例-BG-1' }, 'CoOwnersChanged'],
  ])('%s is taken', async (route, body, type) => {
    const { id } = await register();
    expect(await post(`${id}/${route}`, body)).toMatchObject({ status: 201, body: { id, revision: 1, written: true } });
    expect((await ledger.store.readStream(`asset-${id}`)).at(-1)).toMatchObject({ type, data: body });
  });

  it('what ends an entry follows it', async () => {
    const { id } = await register();
    await post(`${id}/lapse`, { on: '2023-07-30', cause: 'UNPAID_FEE' });
    expect(await post(`${id}/restoration`, { on: '2023-09-01' })).toMatchObject({ status: 201 });
    await post(`${id}/pledge`, { on: '2022-01-01', pledgeNo: '示例-1', pledgee: '示例银行', openLicenceConsent: true });
    expect(await post(`${id}/pledge-release`, { on: '2022-02-01', pledgeNo: '示例-1' })).toMatchObject({ status: 201 });
    await post(`${id}/suspension`, { on: '2022-03-01', documentNo: '示例-2', cause: 'OWNERSHIP_DISPUTE' });
    expect(await post(`${id}/suspension-end`, { on: '2022-04-01', documentNo: '示例-2' })).toMatchObject({
      status: 201,
    });
  });

  it('other rights have their own', async () => {
    const filed = { filedOn: '2010-01-01' };
    const { grantedOn: _none, ...unregistered } = patent;
    const mark = { ...unregistered, ...filed, ipType: 'TRADEMARK', number: '示例TM1' } as const;
    const { id } = await ledger.commands.execute(new RegisterAsset(mark, testCommand('mark', mark)));
    expect(await post(`${id}/registration`, { on: '2011-01-01' })).toMatchObject({ status: 201 });
    expect(await post(`${id}/renewal`, { on: '2020-12-01', to: '2030-12-31' })).toMatchObject({ status: 201 });
    expect(await post(`${id}/registration-end`, { on: '2025-01-01', cause: 'REVOKED' })).toMatchObject({ status: 201 });
    const secret = await register({ ...filed, ipType: 'TECH_SECRET', number: '示例-JS-1' }, 'secret');
    expect(await post(`${secret.id}/secret-disclosure`, { on: '2022-01-01' })).toMatchObject({ status: 201 });
    const { grantedOn: _no, ...application } = patent;
    const pending = await ledger.commands.execute(new RegisterAsset(application, testCommand('pending', application)));
    expect(await post(`${pending.id}/grant`, { on: '2021-03-02' })).toMatchObject({ status: 201 });
  });

  it.each([
    ['lapse', { on: '2023-07-30', cause: 'LOST' }],
    ['lapse', { on: '2023-02-30', cause: 'EXPIRED' }],
    ['annuity', { year: 21, paidOn: '2022-07-01' }],
    ['grant', { on: '2021-03-02', note: null }],
    ['co-owners', { on: '2022-01-01', documentNo: '示例', coOwners: [{ name: ' 示例' }] }],
  ])('a body of another shape is refused: %s %j', async (route, body) => {
    const { id } = await register();
    expect(await post(`${id}/${route}`, body)).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });

  it('A-2, C-23: are their own office’s, on an asset there is', async () => {
    const { id } = await register();
    ledger.acting.actor = otherOffice;
    expect(await post(`${id}/grant`, { on: '2021-03-02' })).toMatchObject({ status: 403, body: { code: 'A-2' } });
    expect(await post('nothing/grant', { on: '2021-03-02' })).toMatchObject({ status: 404, body: { code: 'C-23' } });
  });

  it('a wrong one is voided with an approver', async () => {
    const { id } = await register();
    await post(`${id}/lapse`, { on: '2023-07-30', cause: 'UNPAID_FEE' });
    const voiding = { revision: 1, reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
    expect(await post(`${id}/entry-voids`, { ...voiding, approver: 'clerk' })).toMatchObject({
      body: { code: 'A-14' },
    });
    expect(await post(`${id}/entry-voids`, { ...voiding, approver: 'nobody' })).toMatchObject({
      body: { code: 'A-12' },
    });
    expect(await post(`${id}/entry-voids`, { ...voiding, approver: 'Reviewer' })).toMatchObject({ status: 201 });
    const last = (await ledger.store.readStream(`asset-${id}`)).at(-1);
    expect(last).toMatchObject({ type: 'AssetEntryVoided', data: { ...voiding, entry: 'PatentLapsed' } });
  });

  it('a voiding names the files that show it', async () => {
    const { id } = await register();
    await post(`${id}/lapse`, { on: '2023-07-30', cause: 'UNPAID_FEE' });
    const file = { body: Readable.from(['示例：更正依据']), name: '依据.txt', statedType: 'text/plain' };
    const kept = await ledger.commands.execute(new KeepEvidence(file, clerk, '2025-12-31T04:00:00.000Z'));
    const voiding = { revision: 1, reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
    const unknown = { ...voiding, evidenceFiles: ['0'.repeat(64)] };
    expect(await post(`${id}/entry-voids`, unknown)).toMatchObject({ body: { code: 'X-4' } });
    expect(await post(`${id}/entry-voids`, { ...voiding, evidenceFiles: [kept.hash] })).toMatchObject({ status: 201 });
    const last = (await ledger.store.readStream(`asset-${id}`)).at(-1);
    expect(last?.data['evidenceFiles']).toEqual([kept]);
  });
});

describe('reading the register', () => {
  it('is answered to its own office and to the bureau, as of a day and as known at an instant', async () => {
    const { id } = await register();
    await post(`${id}/lapse`, { on: '2023-07-30', cause: 'UNPAID_FEE' });
    const reply = await ledger.app.inject({ method: 'GET', url: `/api/v1/assets/${id}/register?asOf=2023-07-30` });
    expect(reply.json()).toMatchObject({ asOf: '2023-07-30', status: 'LAPSED', ownership: { owner: 'hnu' } });
    expect(await read(office, id, '2023-07-29')).toMatchObject({ status: 'GRANTED' });
    expect(await read(reviewer, id)).toMatchObject({ status: 'LAPSED', revision: 1 });
    expect(await read(clerk, id, '2023-07-30', '2025-12-31T12:00:00+08:00')).toMatchObject({
      revision: 0,
      status: 'GRANTED',
    });
  });

  it('C-5: is refused to other offices, before it was recorded, and where there is none', async () => {
    const { id } = await register();
    for (const answer of [read(otherOffice, id), read(clerk, id, undefined, '2020-01-01'), read(clerk, 'nothing')]) {
      await expect(answer).rejects.toMatchObject({ rule: 'C-5' });
    }
    const reply = await ledger.app.inject({ method: 'GET', url: `/api/v1/assets/${id}/register?asOf=2023-02-30` });
    expect(reply.statusCode).toBe(400);
  });

  it('finding tells what became of it', async () => {
    const { id } = await register();
    await post(`${id}/co-owners`, { on: '2022-01-01', coOwners: [{ name: '示例公司' }], documentNo: '示例-BG-1' });
    const facts = await ledger.queries.execute(new FindAsset('hnu', patent.number));
    expect(facts).toMatchObject({ expiresOn: '2039-07-30', coOwners: [{ name: '示例公司' }] });
  });
});

describe('E-3: an evaluation before filing', () => {
  const adopt = () => {
    const data = { policy: 'EVALUATION', adoptedOn: '2021-05-01', documentNo: '示例1号', evidence: '示例' } as const;
    const command = { type: 'AdoptPolicy', data } as const;
    return ledger.commands.execute(new RunUniversity('hnu', command, testCommand('policy', data, office)));
  };
  const filedOn = (date: string, more: Partial<AssetData> = {}) => {
    const { grantedOn: _none, ...application } = patent;
    const number = patentNumberWithCheck(`${date.slice(0, 4)}10000001`);
    const asset = { ...application, number, filedOn: date, ...more };
    return ledger.commands.execute(new RegisterAsset(asset, testCommand(`filed ${date}`, asset)));
  };
  const decided = async (decision: 'FILE' | 'DO_NOT_FILE') => {
    const disclosure = {
      type: 'DiscloseInvention',
      universityId: 'hnu',
      number: '示例-PL-1',
      confidentiality: 'PUBLIC',
      title: '示例：一种测量装置',
      completedOn: '2021-03-05',
      disclosedOn: '2021-03-20',
      inventors: [{ staffNumber: '示例001', name: '示例甲', sharePermyriad: 10_000, role: 'LEAD' }],
    } as const;
    const evaluation = {
      type: 'ConcludeEvaluation',
      universityId: 'hnu',
      number: '示例-PG-1',
      disclosureNumber: '示例-PL-1',
      evaluatorKind: 'INTERNAL',
      evaluator: '示例大学知识产权中心',
      evaluatedOn: '2021-04-10',
      conclusion: decision,
    } as const;
    await ledger.commands.execute(new RunDisclosure(disclosure, testCommand('disclosed', disclosure)));
    const { id } = await ledger.commands.execute(new RunEvaluation(evaluation, testCommand('evaluated', evaluation)));
    const filing = {
      type: 'DecideFiling',
      evaluationId: id,
      decision,
      decidedOn: '2021-04-20',
      decidedBy: '科研院院长',
    } as const;
    await ledger.commands.execute(new RunEvaluation(filing, testCommand('decided', filing)));
  };

  it('is refused without a decision to file', async () => {
    await adopt();
    const refusal = { rule: 'E-3', place: { field: 'disclosureNumber' } };
    await expect(filedOn('2021-05-01')).rejects.toMatchObject(refusal);
    await expect(filedOn('2021-05-01', { disclosureNumber: '示例-PL-1' })).rejects.toMatchObject(refusal);
    await decided('DO_NOT_FILE');
    await expect(filedOn('2021-05-01', { disclosureNumber: '示例-PL-1' })).rejects.toMatchObject(refusal);
  });
  it('is accepted with it', async () => {
    await adopt();
    await decided('FILE');
    expect(await filedOn('2021-05-01', { disclosureNumber: '示例-PL-1' })).toMatchObject({ written: true });
  });
  it('is accepted with a reason why none was needed, which stays with it', async () => {
    await adopt();
    const { id } = await filedOn('2021-05-01', { evaluationExemption: '示例：横向合同约定' });
    expect((await read(clerk, id)).identity).toMatchObject({ evaluationExemption: '示例：横向合同约定' });
  });
  it('is accepted before the policy, without one, and of what is no patent', async () => {
    expect(await filedOn('2021-05-02')).toMatchObject({ written: true });
    await adopt();
    expect(await filedOn('2021-04-30', { number: patentNumberWithCheck('202110000002') })).toMatchObject({
      written: true,
    });
    const software = {
      ipType: 'SOFTWARE',
      number: '2021SR0123456',
      filedOn: '2021-06-01',
      grantedOn: '2021-07-01',
    } as const;
    expect(await register(software, 'software')).toMatchObject({ written: true });
  });
});

describe('the sheet of entries', () => {
  const sheet = (...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
    const kind = ledger.app.get(PatentsImports).kinds.find(({ kind: name }) => name === 'asset-entries') as ImportKind;
    const fields = Object.keys(kind.columns);
    const lines = async function* () {
      yield { line: 1, cells: fields.map((field) => kind.columns[field]?.zh ?? '') };
      for (const [index, row] of rows.entries())
        yield { line: index + 2, cells: fields.map((field) => row[field] ?? '') };
    };
    return runImport({
      kind,
      rows: lines(),
      fileName: 'sample.csv',
      actor: clerk,
      now: () => '2025-12-31T04:00:00.000Z',
    });
  };
  const row = (entry: string, on: string, more: Readonly<Record<string, string>> = {}) => ({
    university: '示例大学',
    asset: patent.number,
    entry,
    on,
    ...more,
  });

  it('takes every kind of entry, and nothing when they come again', async () => {
    const { id } = await register();
    const rows = [
      row('专利申请公布', '2020-11-03', { documentNo: 'CN111111111A' }),
      row('授权公告', '2021-03-02'),
      row('年费缴纳', '2022-07-01', { year: '4', amount: '1200', note: '示例' }),
      row('质押登记', '2022-01-01', { documentNo: '示例-ZY-1', party: '示例银行', amount: '5000000' }),
      row('质押注销', '2022-06-01', { documentNo: '示例-ZY-1' }),
      row('中止或保全', '2022-02-01', { documentNo: '示例-ZZ-1', cause: '法院保全' }),
      row('中止或保全解除', '2022-03-01', { documentNo: '示例-ZZ-1' }),
      row('共有人变更', '2022-08-01', { documentNo: '示例-BG-1', party: '示例甲公司/30%；示例乙公司' }),
      row('专利权终止', '2023-07-30', { cause: '未缴年费终止' }),
      row('权利恢复', '2023-09-01'),
      row('宣告无效', '2025-01-01', { documentNo: '示例-WX-1', cause: '部分无效' }),
    ];
    expect(await sheet(...rows)).toMatchObject({ written: 10, unchanged: 1, problems: [] });
    expect(await sheet(...rows)).toMatchObject({ written: 0, unchanged: 11 });
    expect(await read(clerk, id, '2025-12-31')).toMatchObject({
      status: 'GRANTED',
      annuity: { paidYears: [4] },
      pledges: [{ amountFen: '500000000', openLicenceConsent: false, releasedOn: '2022-06-01' }],
      ownership: { coOwners: [{ name: '示例甲公司', sharePermyriad: 3_000 }, { name: '示例乙公司' }] },
    });
  });

  it('takes those of other rights', async () => {
    await register({ ipType: 'TRADEMARK', number: '示例TM1', filedOn: '2010-01-01', grantedOn: '2011-01-01' }, 'mark');
    await register({ ipType: 'TECH_SECRET', number: '示例-JS-1' }, 'secret');
    const { problems } = await sheet(
      { ...row('权利登记', '2011-01-01'), asset: '示例TM1' },
      { ...row('续展', '2020-12-01', { to: '2030-12-31' }), asset: '示例TM1' },
      { ...row('权利终止', '2025-01-01', { cause: '撤销' }), asset: '示例TM1' },
      { ...row('技术秘密公开', '2022-01-01'), asset: '示例-JS-1' },
    );
    expect(problems).toEqual([]);
  });

  it('I-21: names the column an entry lacks, or what it may hold', async () => {
    await register();
    const { problems } = await sheet(
      row('年费缴纳', '2022-07-01'),
      row('专利权终止', '2023-07-30', { cause: '法院保全' }),
      row('质押登记', '2022-01-01', { documentNo: '示例-ZY-1' }),
      row('续展', '2022-01-01'),
    );
    expect(problems).toMatchObject([
      { row: 2, rule: 'I-21', column: { zh: '年度' } },
      { row: 3, rule: 'I-21', column: { zh: '原因' } },
      { row: 4, rule: 'I-21', column: { zh: '当事人' } },
      { row: 5, rule: 'I-21', column: { zh: '有效期至' } },
    ]);
  });
});
