import { officeEngines } from '@app/testing';
import type { OfficeDatabase } from './office.js';
import { UserAccount } from './office.entity.js';
import { type NewUser, UserStore } from './user-store.js';

const NOW = '2024-03-01T08:00:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

const office1: NewUser = {
  username: 'hnu',
  password: 'correct horse',
  displayName: '示例 湖大转化办',
  role: 'TRANSFER_OFFICE',
  organisation: 'hnu',
};

describe.each(officeEngines())('the user store on $name', ({ start, clear, open, stop }) => {
  let office: OfficeDatabase;
  let users: UserStore;

  beforeAll(start);
  beforeEach(async () => {
    await clear();
    office = await open();
    users = new UserStore(office);
  });
  afterEach(() => office.close());
  afterAll(stop);

  const failAt = (now: string) =>
    users.signIn('hnu', 'wrong password', now).then(
      () => 'signed in',
      ({ rule, text }) => (rule === 'A-6' ? `A-6 ${text.en}` : rule),
    );
  const failTimes = async (times: number, now: string) => {
    for (let time = 0; time < times; time += 1) await failAt(now);
  };

  it('A-4: accepts the right password, also after a restart', async () => {
    await users.add(office1, NOW);
    await office.close();
    office = await open();
    users = new UserStore(office);
    const user = await users.signIn('hnu', 'correct horse', NOW);
    expect(user).toEqual({
      username: 'hnu',
      displayName: '示例 湖大转化办',
      role: 'TRANSFER_OFFICE',
      organisation: 'hnu',
      sample: false,
      disabled: false,
      passwordChangedAt: NOW,
    });
    expect(await users.list()).toEqual([user]);
    expect(await users.find('hnu')).toEqual(user);
    expect(await users.find('csu')).toBeUndefined();
  });

  it('keeps passwords as argon2id only', async () => {
    await users.add(office1, NOW);
    const [row] = await office.dataSource.query('select * from user_account');
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain('correct horse');
  });

  it('answers an unknown name, a wrong password and a disabled user alike', async () => {
    await users.add(office1, NOW);
    await expect(users.signIn('nobody', 'correct horse', NOW)).rejects.toMatchObject({ rule: 'A-4' });
    await expect(users.signIn('hnu', 'wrong', NOW)).rejects.toMatchObject({ rule: 'A-4' });
    await users.setDisabled('hnu', true);
    await expect(users.signIn('hnu', 'correct horse', NOW)).rejects.toMatchObject({ rule: 'A-4' });
    await users.setDisabled('hnu', false);
    expect(await users.signIn('hnu', 'correct horse', NOW)).toMatchObject({ disabled: false });
  });

  it.each([
    [{ password: 'short' }, 'A-7', 'password'],
    [{ password: 'x'.repeat(201) }, 'A-7', 'password'],
    [{ username: 'username1', password: 'username1' }, 'A-7', 'password'],
    [{ username: 'Ünal' }, 'A-9', 'username'],
    [{ username: '' }, 'A-9', 'username'],
    [{ username: 'x'.repeat(65) }, 'A-9', 'username'],
    [{ role: 'OWNER' }, 'A-10', 'role'],
    [{ role: 'toString' }, 'A-10', 'role'],
  ])('refuses a new user with %j by %s', async (change, rule, field) => {
    await expect(users.add({ ...office1, ...change }, NOW)).rejects.toMatchObject({ rule, place: { field } });
    expect(await users.list()).toEqual([]);
  });

  it.each([
    { password: 'x'.repeat(8) },
    { password: 'x'.repeat(200) },
    { username: 'x' },
    { username: 'x'.repeat(64) },
    { username: '0._-' },
    { role: 'REVIEWER', organisation: 'bureau' },
  ])('A-7, A-9, A-10: accepts a new user with %j', async (change) => {
    const { password: _password, ...shown } = { ...office1, ...change };
    expect(await users.add({ ...office1, ...change }, NOW)).toMatchObject(shown);
  });

  it('A-8: accepts a second user under another name', async () => {
    await users.add(office1, NOW);
    await users.add({ ...office1, username: 'hnu-head' }, NOW);
    expect((await users.list()).map(({ username }) => username)).toEqual(['hnu', 'hnu-head']);
  });

  it('refuses a name that is taken, and keeps the first user', async () => {
    await users.add(office1, NOW);
    await expect(users.add({ ...office1, password: 'another one' }, NOW)).rejects.toMatchObject({ rule: 'A-8' });
    await expect(users.signIn('hnu', 'correct horse', NOW)).resolves.toMatchObject({ username: 'hnu' });
  });

  it('A-5: sample users are accepted in a sample ledger only', async () => {
    await users.add({ ...office1, sample: true }, NOW);
    expect(await users.isSample()).toBe(false);
    await expect(users.signIn('hnu', 'correct horse', NOW)).rejects.toMatchObject({ rule: 'A-5' });
    await expect(users.signIn('hnu', 'wrong', NOW)).rejects.toMatchObject({ rule: 'A-4' });
    await users.markSample();
    await users.markSample();
    expect(await users.isSample()).toBe(true);
    await expect(users.signIn('hnu', 'correct horse', NOW)).resolves.toMatchObject({ sample: true });
  });

  it('A-6: accepts the right password after four wrong ones', async () => {
    await users.add(office1, NOW);
    await failTimes(4, NOW);
    expect(await users.signIn('hnu', 'correct horse', NOW)).toMatchObject({ username: 'hnu' });
  });

  it('locks after five tries, longer each time, also for the right password', async () => {
    await users.add(office1, NOW);
    await failTimes(5, NOW);
    await expect(users.signIn('hnu', 'correct horse', NOW)).rejects.toMatchObject({
      rule: 'A-6',
      kind: 'busy',
      retryAfterSeconds: 30,
    });
    expect(await failAt(later(29.5))).toContain('1 seconds');
    expect(await failAt(later(30))).toBe('A-4');
    expect(await failAt(later(31))).toContain('59 seconds');
    expect(await users.signIn('hnu', 'correct horse', later(90))).toMatchObject({ username: 'hnu' });
  });

  it('never locks for longer than an hour', async () => {
    await users.add(office1, NOW);
    await office.dataSource.query('update user_account set "failedSignIns" = 40');
    await failAt(NOW);
    expect(await failAt(NOW)).toContain('3600 seconds');
  });

  it('forgets failed tries after a success', async () => {
    await users.add(office1, NOW);
    await failTimes(4, NOW);
    await users.signIn('hnu', 'correct horse', NOW);
    await failTimes(4, NOW);
    expect(await failAt(NOW)).toBe('A-4');
  });

  it('does not let guesses sent side by side outrun the lock', async () => {
    await users.add(office1, NOW);
    const answers = await Promise.all(Array.from({ length: 12 }, () => failAt(NOW)));
    expect(answers.filter((answer) => answer === 'A-4')).toHaveLength(5);
  });

  it('knows no user by a name that none can have', async () => {
    for (const name of ['\u0000', 'HNU', '', '中']) {
      expect(await users.find(name)).toBeUndefined();
      await expect(users.signIn(name, 'correct horse', NOW)).rejects.toMatchObject({ rule: 'A-4' });
    }
  });

  it('changes a password for who knows the present one', async () => {
    await users.add(office1, NOW);
    const wrong = users.changePassword('hnu', { current: 'wrong', next: 'battery staple' }, later(1));
    await expect(wrong).rejects.toMatchObject({ rule: 'A-4' });
    await users.changePassword('hnu', { current: 'correct horse', next: 'battery staple' }, later(2));
    await expect(users.signIn('hnu', 'correct horse', later(3))).rejects.toMatchObject({ rule: 'A-4' });
    const user = await users.signIn('hnu', 'battery staple', later(3));
    expect(user.passwordChangedAt).toBe(later(2));
  });

  it('A-4: of two changes of a password at once one is accepted', async () => {
    await users.add(office1, NOW);
    const next = ['battery staple', 'paper clip'];
    const change = (to: string) => users.changePassword('hnu', { current: 'correct horse', next: to }, later(2));
    const ended = await Promise.allSettled(next.map(change));
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [kept = ''] = next.filter((_, index) => ended[index]?.status === 'fulfilled');
    await expect(users.signIn('hnu', kept, later(3))).resolves.toMatchObject({ username: 'hnu' });
  });

  it('counts no try against who chooses a new password that is refused', async () => {
    await users.add(office1, NOW);
    for (let time = 0; time < 6; time += 1) {
      const change = users.changePassword('hnu', { current: 'correct horse', next: 'short' }, NOW);
      await expect(change).rejects.toMatchObject({ rule: 'A-7' });
    }
    expect(await office.read((manager) => manager.find(UserAccount))).toMatchObject([{ failedSignIns: 0 }]);
  });

  it('A-11: accepts what is done to a user that is there', async () => {
    await users.add(office1, NOW);
    await users.setDisabled('hnu', true);
    expect(await users.find('hnu')).toMatchObject({ disabled: true });
  });

  it('lets an administrator set a password, which lifts a lock', async () => {
    await users.add(office1, NOW);
    await failTimes(6, NOW);
    await users.setPassword('hnu', 'battery staple', NOW);
    expect(await users.signIn('hnu', 'battery staple', NOW)).toMatchObject({ username: 'hnu' });
    await expect(users.setPassword('nobody', 'battery staple', NOW)).rejects.toMatchObject({ rule: 'A-11' });
    await expect(users.setDisabled('nobody', true)).rejects.toMatchObject({ rule: 'A-11' });
  });
});
