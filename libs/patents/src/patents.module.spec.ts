import { claimStream } from '@app/event-store';
import { openTestLedger, type TestLedger, testActors, testCommand } from '@app/flow-testing';
import { type ImportKind, runImport } from '@app/imports';
import { type Actor, patentNumberWithCheck } from '@app/kernel';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import type { AssetData } from './asset-events.js';
import { FindAsset, PreviewAsset, RegisterAsset, RunAsset } from './asset.handler.js';
import { assetEvents } from './asset.projection.js';
import { PatentsImports } from './patents.import.js';
import { PatentsModule } from './patents.module.js';

const { clerk, reviewer } = testActors;
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };
const patent: AssetData = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: 'ZL201910699568.X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
  grantedOn: '2021-03-02',
};

const openLedger = async () => {
  const opened = await openTestLedger({
    modules: [RegistryModule, PatentsModule],
    events: [...registryEvents, assetEvents],
  });
  for (const code of ['hnu', 'csu']) {
    const data = {
      code,
      name: `示例大学${code}`,
      ownership: 'PROVINCIAL',
      level: 'UNDERGRADUATE',
      authority: '示例主管部门',
    } as const;
    const register = { type: 'RegisterUniversity', data } as const;
    await opened.commands.execute(new RunUniversity(code, register, testCommand(`register ${code}`, data, reviewer)));
  }
  return opened;
};

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

const register = (key: string, more: Partial<AssetData> = {}, actor: Actor = clerk) => {
  const asset = { ...patent, ...more };
  return ledger.commands.execute(new RegisterAsset(asset, testCommand(key, asset, actor)));
};
const find = (number: string, universityId = 'hnu') => ledger.queries.execute(new FindAsset(universityId, number));

describe('registering', () => {
  it('writes the canonical number once, and claims it', async () => {
    const first = await register('k1');
    expect(first).toMatchObject({ revision: 0, written: true });
    expect(await register('k1')).toMatchObject({ id: first.id, written: false });
    const [event] = await ledger.store.readStream(`asset-${first.id}`);
    expect(event?.data).toEqual({ ...patent, number: '201910699568X' });
    expect(await ledger.store.readStream(claimStream('asset', '201910699568X'))).toHaveLength(1);
  });

  it('C-4: one number is one asset, whoever writes it and however', async () => {
    const { id } = await register('k1');
    const again = register('k2', { universityId: 'csu', number: 'CN 201910699568X' });
    await expect(again).rejects.toMatchObject({ rule: 'C-4', place: { conflict: id } });
  });

  it('numbers technical secrets by university', async () => {
    const secret = { ipType: 'TECH_SECRET', number: '示例-JS-1' } as const;
    const ours = await register('k1', secret);
    const theirs = await register('k2', { ...secret, universityId: 'csu' });
    expect(await find('示例-js-1')).toMatchObject({ assetId: ours.id });
    expect(await find('示例-JS-1', 'csu')).toMatchObject({ assetId: theirs.id });
  });

  it('keeps what the office should look at once more', async () => {
    const { id } = await register('k1', { number: '85100001', filedOn: '1985-04-01', grantedOn: '1988-01-01' });
    const [event] = await ledger.store.readStream(`asset-${id}`);
    expect(event?.data).toMatchObject({ number: '85100001', warnings: [{ zh: expect.stringContaining('校验位') }] });
  });

  it('claims nothing when it is refused', async () => {
    await expect(register('k1', { grantedOn: '2019-01-01' })).rejects.toMatchObject({ rule: 'I-10' });
    await expect(register('k1', { number: '201910699568.1' })).rejects.toMatchObject({ rule: 'I-1' });
    expect(await ledger.store.readStream(claimStream('asset', '201910699568X'))).toEqual([]);
  });

  it('A-1, A-2, C-5: is refused to others and for a university that is not registered', async () => {
    await expect(register('k1', {}, reviewer)).rejects.toMatchObject({ rule: 'A-1' });
    await expect(register('k1', {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    await expect(register('k1', { universityId: 'nobody' })).rejects.toMatchObject({ rule: 'C-5' });
  });
});

describe('finding', () => {
  it('answers the facts of the asset, however its number is spelt', async () => {
    const { id } = await register('k1');
    const facts = {
      assetId: id,
      ipType: 'INVENTION',
      number: '201910699568X',
      title: '示例：一种测量装置',
      grantedOn: '2021-03-02',
      expiresOn: '2039-07-30',
      coOwners: [],
    };
    for (const number of ['201910699568.X', 'zl 201910699568x', 'ＺＬ201910699568X']) {
      expect(await find(number)).toEqual(facts);
    }
  });

  it.each([
    ['UTILITY_MODEL', patentNumberWithCheck('201920000001')],
    ['DESIGN', patentNumberWithCheck('201930000001')],
    ['SOFTWARE', '2021SR0123456'],
    ['LAYOUT', 'BS.195000001'],
    ['PLANT_VARIETY', 'CNA20191000001'],
    ['TRADEMARK', '第1234567号'],
    ['OTHER', '示例-QT-1'],
  ] as const)('finds a %s', async (ipType, number) => {
    const { id } = await register('k1', { ipType, number });
    expect(await find(number)).toMatchObject({ assetId: id, ipType });
  });

  it('C-5: says which number in which field is not there', async () => {
    await expect(find('201910699568.X')).rejects.toMatchObject({ rule: 'C-5', place: { field: 'assets' } });
    const named = ledger.queries.execute(new FindAsset('hnu', '???', 'asset'));
    await expect(named).rejects.toMatchObject({ rule: 'C-5', place: { field: 'asset' } });
  });
});

describe('a step on a title', () => {
  const reserve = {
    type: 'Reserve',
    contractId: 'c1',
    universityId: 'hnu',
    right: { kind: 'TITLE', on: '2022-01-10' },
    contractNumber: '示例-HT-1',
    party: '示例公司',
  } as const;

  it('can be asked first, with nothing written', async () => {
    const { id } = await register('k1');
    await ledger.queries.execute(new PreviewAsset(id, reserve, testCommand('k2', reserve)));
    const other = { ...reserve, universityId: 'csu' };
    const refused = ledger.queries.execute(new PreviewAsset(id, other, testCommand('k3', other)));
    await expect(refused).rejects.toMatchObject({ rule: 'L-1' });
    expect(await ledger.store.readStream(`asset-${id}`)).toHaveLength(1);
  });

  it('is written once', async () => {
    const { id } = await register('k1');
    const run = () => ledger.commands.execute(new RunAsset(id, reserve, testCommand('k2', reserve)));
    expect(await run()).toMatchObject({ id, revision: 1, written: true });
    expect(await run()).toMatchObject({ id, revision: 1, written: false });
  });

  it('sells to one of many buyers who come at once', async () => {
    const { id } = await register('k1');
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => {
        const command = { ...reserve, contractId: `c${index}` };
        return ledger.commands.execute(new RunAsset(id, command, testCommand(`buyer ${index}`, command)));
      }),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('over HTTP', () => {
  const post = async (payload: object) => {
    const headers = { 'idempotency-key': 'k1' };
    const reply = await ledger.app.inject({ method: 'POST', url: '/api/v1/assets', payload, headers });
    return { status: reply.statusCode, body: reply.json() };
  };

  it('an asset is taken', async () => {
    const payload = { ...patent, coOwners: [{ name: '示例公司', sharePermyriad: 3_000 }] };
    const { status, body } = await post(payload);
    expect({ status, body }).toMatchObject({ status: 201, body: { revision: 0, written: true } });
    expect(await find(patent.number)).toMatchObject({ assetId: body.id });
    const [event] = await ledger.store.readStream(`asset-${body.id}`);
    expect(event?.data).toEqual({ ...payload, number: '201910699568X' });
  });

  it.each([
    { ipType: 'PATENT' },
    { filedOn: '2019-02-30' },
    { coOwners: [{ name: '示例公司', sharePermyriad: 10_000 }] },
    { owner: 'csu' },
  ])('a body of another shape is refused: %j', async (wrong) => {
    expect(await post({ ...patent, ...wrong })).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});

describe('import', () => {
  const sheet = async (...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
    const kind = ledger.app.get(PatentsImports).kinds[0] as ImportKind;
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
  const row = {
    university: '示例大学hnu',
    ipType: '发明专利',
    number: 'ZL201910699568.X',
    title: '示例：一种测量装置',
    filedOn: '2019/7/30',
    grantedOn: '2021-03-02',
    coOwners: '示例甲公司/30.5%；示例乙公司；示例丙公司/5%；示例丁公司/1.25%',
  };

  it('takes assets, and nothing when they come again', async () => {
    expect(await sheet(row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet(row)).toMatchObject({ written: 0, unchanged: 1 });
    const { assetId } = await find(row.number);
    const [event] = await ledger.store.readStream(`asset-${assetId}`);
    expect(event?.data['coOwners']).toEqual([
      { name: '示例甲公司', sharePermyriad: 3_050 },
      { name: '示例乙公司' },
      { name: '示例丙公司', sharePermyriad: 500 },
      { name: '示例丁公司', sharePermyriad: 125 },
    ]);
  });

  it('V-7: says that a row differs from what it took before', async () => {
    await sheet(row);
    expect(await sheet({ ...row, title: '示例：另一装置' })).toMatchObject({ different: 1 });
  });

  it.each(['示例公司/100%', '示例公司/30', '示例公司/1.234%', '/30%', '示例公司/0%'])(
    'I-14: refuses a co-owner written as "%s"',
    async (coOwners) => {
      const { problems } = await sheet({ ...row, coOwners });
      expect(problems).toMatchObject([{ row: 2, rule: 'I-14', column: { zh: '共有人' } }]);
    },
  );

  it('names the column of a refused rule', async () => {
    const { problems } = await sheet(
      { ...row, number: 'ZL201910699568.1' },
      { ...row, number: patentNumberWithCheck('201910000001'), filedOn: '2018-01-01' },
      { ...row, number: patentNumberWithCheck('201910000002'), coOwners: '示例甲公司/60%；示例乙公司/40%' },
    );
    expect(problems).toMatchObject([
      { row: 2, rule: 'I-1', column: { zh: '专利号/登记号' } },
      { row: 3, rule: 'I-12', column: { zh: '申请日' } },
      { row: 4, rule: 'I-13', column: { zh: '共有人' } },
    ]);
  });
});
