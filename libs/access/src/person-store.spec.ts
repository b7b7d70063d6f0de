import { createHash } from 'node:crypto';
import { officeEngines } from '@app/testing';
import { OfficeDatabase } from './office.js';
import { Person } from './office.entity.js';
import { type PersonEntry, PersonStore } from './person-store.js';

const AT = '2024-03-01T08:00:00.000Z';
const masterKey = createHash('sha256').update('示例').digest();
const otherKey = createHash('sha256').update('another').digest();

const li: PersonEntry = { universityId: 'hnu', staffNumber: '10532001', name: '李示例' };
const wang: PersonEntry = { universityId: 'hnu', staffNumber: '10532002', name: '王示例' };

describe.each(officeEngines())('the person store on $name', ({ start, clear, open, bytesOnDisk, stop }) => {
  let office: OfficeDatabase;
  let persons: PersonStore;

  beforeAll(start);
  beforeEach(async () => {
    await clear();
    office = await open();
    persons = await PersonStore.open(office, masterKey);
  });
  afterEach(() => office.close());
  afterAll(stop);

  const namesOf = async (...ids: string[]) => Object.fromEntries(await persons.names(ids));
  const rowOf = (personId: string) => office.read((manager) => manager.findOneByOrFail(Person, { personId }));

  it('answers pseudonyms in the order asked, and names by pseudonym', async () => {
    const [liId = '', wangId = ''] = await persons.enrol([li, wang]);
    expect(liId).toMatch(/^p_[0-9a-f]{20}$/);
    expect(await namesOf(wangId, liId, liId, 'p_unknown')).toEqual({ [liId]: '李示例', [wangId]: '王示例' });
    expect(await namesOf()).toEqual({});
  });

  it('gives a person one pseudonym, another one at another university, and others under another master key', async () => {
    const [first, again, elsewhere] = await persons.enrol([
      li,
      { ...li, staffNumber: ' 10532001 ' },
      { ...li, universityId: 'csu' },
    ]);
    expect(again).toBe(first);
    expect(elsewhere).not.toBe(first);
    const other = await PersonStore.open(await OfficeDatabase.inMemory(), otherKey);
    expect(other.personId('hnu', '10532001')).not.toBe(first);
  });

  it('writes nothing when the same people are enrolled again', async () => {
    await persons.enrol([li, wang]);
    const before = await office.dataSource.query('select * from person');
    await persons.enrol([wang, li]);
    expect(await office.dataSource.query('select * from person')).toEqual(before);
  });

  it('takes a corrected spelling of a name', async () => {
    const [id = ''] = await persons.enrol([li]);
    await persons.enrol([{ ...li, name: '黎示例' }]);
    expect(await namesOf(id)).toEqual({ [id]: '黎示例' });
  });

  it('enrols many people, asked for at once, in one go', async () => {
    const people = Array.from({ length: 1203 }, (_, index) => ({
      ...li,
      staffNumber: String(index),
      name: `示例${index}`,
    }));
    const answers = await Promise.all([persons.enrol(people.slice(0, 700)), persons.enrol(people.slice(500))]);
    const names = await persons.names(answers.flat());
    expect(names.size).toBe(1203);
    expect(names.get(persons.personId('hnu', '1202'))).toBe('示例1202');
  });

  it('tells every caller when the names could not be written, and goes on afterwards', async () => {
    await office.dataSource.query('alter table person rename to gone');
    const failed = await Promise.allSettled([persons.enrol([li]), persons.enrol([wang])]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await office.dataSource.query('alter table gone rename to person');
    const [id = ''] = await persons.enrol([li]);
    expect(await namesOf(id)).toEqual({ [id]: '李示例' });
  });

  it('erases again without complaint, also at once and while the person is enrolled', async () => {
    const [id = ''] = await persons.enrol([li]);
    await Promise.all([1, 2, 3, 4].flatMap(() => [persons.erase(id, AT), persons.enrol([li])]));
    expect(await rowOf(id)).toEqual({
      personId: id,
      universityId: null,
      wrappedKey: null,
      nameCipher: null,
      erasedAt: AT,
    });
  });

  it('erases for good: no name, no resurrection, nothing left on the disk', async () => {
    const [id = '', wangId = ''] = await persons.enrol([li, wang]);
    const { wrappedKey, nameCipher } = await rowOf(id);
    const traces = async () => {
      const bytes = await bytesOnDisk();
      return [wrappedKey, nameCipher].filter((text) => bytes.includes(text ?? 'null'));
    };
    expect(await traces()).toHaveLength(2);
    await persons.erase(id, AT);
    expect(await traces()).toEqual([]);
    await persons.enrol([li]);
    expect(await namesOf(id, wangId)).toEqual({ [wangId]: '王示例' });
  });

  it('remembers the erasure of a person it does not know', async () => {
    const id = persons.personId('hnu', '10532001');
    await persons.erase(id, AT);
    await persons.enrol([li]);
    expect(await namesOf(id)).toEqual({});
  });

  it('keeps no name and no staff number in clear', async () => {
    await persons.enrol([li]);
    expect((await bytesOnDisk()).includes('李示例')).toBe(false);
    expect((await bytesOnDisk()).includes('10532001')).toBe(false);
  });

  it('opens a name only in its own row', async () => {
    const [liId = '', wangId = ''] = await persons.enrol([li, wang]);
    const { wrappedKey, nameCipher } = await rowOf(liId);
    await office.write((manager) => manager.update(Person, { personId: wangId }, { wrappedKey, nameCipher }));
    await expect(persons.names([wangId])).rejects.toThrow();
  });

  it('refuses a master key that is not the one the ledger was set up with', async () => {
    await expect(PersonStore.open(office, otherKey)).rejects.toThrow('主密钥与本账本不符');
    const again = await PersonStore.open(office, masterKey);
    expect(again.personId('hnu', '1')).toBe(persons.personId('hnu', '1'));
  });
});
