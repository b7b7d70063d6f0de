import { Approvers } from './approvers.js';
import { OfficeDatabase } from './office.js';
import { samplePassword, UserStore } from './user-store.js';

const NOW = '2025-01-01T00:00:00.000Z';
const actor = { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' };
const act = { actor, universityId: 'hnu' };

describe('who may approve', () => {
  let office: OfficeDatabase;
  let approvers: Approvers;
  beforeAll(async () => {
    office = await OfficeDatabase.inMemory();
    const users = new UserStore(office);
    const people = [
      ['hnu', 'TRANSFER_OFFICE', 'hnu'],
      ['hnu-head', 'TRANSFER_OFFICE', 'hnu'],
      ['csu', 'TRANSFER_OFFICE', 'csu'],
      ['reviewer', 'REVIEWER', 'bureau'],
      ['auditor', 'AUDITOR', 'bureau'],
    ] as const;
    for (const [username, role, organisation] of people) {
      const password = samplePassword(username);
      await users.add({ username, password, displayName: username, role, organisation }, NOW);
    }
    approvers = new Approvers(users);
  });
  afterAll(() => office.close());

  it.each(['hnu-head', 'reviewer', ' Reviewer '])('accepts %s', async (name) => {
    expect(await approvers.named(name, 'correction.approve', act)).toBe(name.trim().toLowerCase());
  });

  it.each([
    ['nobody', 'A-12'],
    ['csu', 'A-13'],
    ['auditor', 'A-13'],
    ['HNU', 'A-14'],
  ])('refuses %s by %s', async (name, rule) => {
    await expect(approvers.named(name, 'correction.approve', act)).rejects.toMatchObject({
      rule,
      place: { field: 'approver' },
    });
  });

  it('refuses an office where only the bureau decides', async () => {
    await expect(approvers.named('hnu-head', 'baseline.approve', { actor })).rejects.toMatchObject({ rule: 'A-13' });
  });
});
