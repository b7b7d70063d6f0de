import { createHash } from 'node:crypto';
import type { ImportJob as Job } from './office.entity.js';
import { EvidenceFile, ImportJob, Person, Setting, UserAccount } from './office.entity.js';
import { copyOffice } from './office-copy.js';
import { OfficeDatabase } from './office.js';
import { PersonStore } from './person-store.js';
import { UserStore } from './user-store.js';

const AT = '2024-03-01T08:00:00.000Z';
const masterKey = createHash('sha256').update('示例').digest();
const otherKey = createHash('sha256').update('another').digest();
const PEOPLE = 1_203;

const job: Job = {
  id: 'job1',
  kind: 'contracts',
  fileName: '示例.xlsx',
  fileHash: 'ab'.repeat(32),
  actorId: 'clerk',
  actorRole: 'DATA_CLERK',
  actorOrganisation: 'bureau',
  status: 'DONE',
  attempts: 1,
  total: 10,
  done: 10,
  written: 9,
  unchanged: 0,
  refused: 1,
  different: 0,
  problems: [{ row: 2, column: null, value: '示例', rule: 'V-3', clause: '示例', zh: '示例', en: 'sample' }],
  createdAt: AT,
  startedAt: AT,
  finishedAt: null,
};
const user = {
  username: 'clerk',
  password: 'sample-clerk',
  role: 'DATA_CLERK',
  organisation: 'hnu',
  displayName: '示例',
};

describe('office data that move', () => {
  let source: OfficeDatabase;
  let target: OfficeDatabase;
  let personIds: readonly string[];

  beforeEach(async () => {
    [source, target] = [await OfficeDatabase.inMemory(), await OfficeDatabase.inMemory()];
    const persons = await PersonStore.open(source, masterKey);
    const people = Array.from({ length: PEOPLE }, (_, number) => ({
      universityId: 'hnu',
      staffNumber: String(number),
      name: `示例${number}`,
    }));
    personIds = await persons.enrol(people);
    await persons.erase(personIds[0] ?? '', AT);
    const users = new UserStore(source);
    await users.add(user, AT);
    await users.markSample();
    const file = {
      hash: 'cd'.repeat(32),
      name: '示例.pdf',
      mediaType: 'application/pdf',
      bytes: 3,
      uploadedBy: 'clerk',
    };
    await source.write(async (manager) => {
      await manager.insert(ImportJob, job);
      for (const organisation of ['hnu', 'csu'])
        await manager.insert(EvidenceFile, { ...file, organisation, uploadedAt: AT });
    });
  });
  afterEach(() => Promise.all([source.close(), target.close()]));

  const rowsOf = async (office: OfficeDatabase) => {
    const tables = office.dataSource.entityMetadatas.map(async ({ tableName, target: entity }) => {
      const rows = await office.dataSource.manager.find(entity);
      return [tableName, rows.map((row) => JSON.stringify(row)).sort()] as const;
    });
    return Object.fromEntries(await Promise.all(tables));
  };

  it('are the same rows, table by table', async () => {
    const copied = await copyOffice(source, target, masterKey);
    expect(await rowsOf(target)).toEqual(await rowsOf(source));
    expect(Object.fromEntries(copied)).toEqual({
      user_account: 1,
      setting: 2,
      person: PEOPLE,
      import_job: 1,
      evidence_file: 2,
    });
  });

  it('tell the same names, sign in the same users, stay a sample', async () => {
    await copyOffice(source, target, masterKey);
    const names = await (await PersonStore.open(target, masterKey)).names(personIds);
    expect([names.size, names.get(personIds[7] ?? '')]).toEqual([PEOPLE - 1, '示例7']);
    const users = new UserStore(target);
    expect(await users.signIn('clerk', user.password, AT)).toMatchObject({ username: 'clerk' });
    expect(await users.isSample()).toBe(true);
  });

  it('take the place of settings a first start made', async () => {
    await PersonStore.open(target, otherKey);
    await target.replaceSetting('made-here', '1');
    await copyOffice(source, target, masterKey);
    expect(await rowsOf(target)).toEqual(await rowsOf(source));
    expect(await target.setting('made-here')).toBeUndefined();
  });

  it.each([
    ['users', UserAccount, () => new UserStore(target).add(user, AT)],
    [
      'persons',
      Person,
      async () =>
        (await PersonStore.open(target, masterKey)).enrol([{ universityId: 'csu', staffNumber: '1', name: '示例' }]),
    ],
  ])('are refused where there are %s already', async (_what, entity, put) => {
    await put();
    await expect(copyOffice(source, target, masterKey)).rejects.toThrow('nothing was copied');
    expect(await target.dataSource.manager.count(entity)).toBe(1);
    expect(await target.dataSource.manager.count(ImportJob)).toBe(0);
  });

  it('are refused under another master key', async () => {
    await expect(copyOffice(source, target, otherKey)).rejects.toThrow('this is not the master key');
    expect(await target.dataSource.manager.count(Setting)).toBe(0);
  });
});
