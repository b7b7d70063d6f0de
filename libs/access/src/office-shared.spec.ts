import { createHash } from 'node:crypto';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { StoreBusy } from '@app/event-store';
import { officeEngines } from '@app/testing';
import fc from 'fast-check';
import { EvidenceFile, Person, Setting, UserAccount } from './office.entity.js';
import { OfficeDatabase } from './office.js';
import { PersonStore } from './person-store.js';
import { Tokens } from './tokens.js';
import { UserStore } from './user-store.js';

const NOW = '2024-03-01T08:00:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
const masterKey = createHash('sha256').update('示例').digest();

const [sqlite, postgres] = officeEngines();
if (!sqlite || !postgres) throw new Error('both engines are needed');
const { administer, open } = postgres;

const hnu = {
  username: 'hnu',
  password: 'correct horse',
  displayName: '示例',
  role: 'TRANSFER_OFFICE',
  organisation: 'hnu',
};
const repeat = <Result>(times: number, what: (time: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, time) => what(time)));
const ruleOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { rule?: string }) => error.rule ?? String(error),
  );

beforeAll(postgres.start);
beforeEach(postgres.clear);
afterAll(postgres.stop);

describe('an office that two processes share', () => {
  let offices: OfficeDatabase[];
  let users: UserStore[];
  /** The one process or the other. */
  const either = <Item>(items: readonly Item[], time: number): Item => items[time % 2] as Item;

  beforeEach(async () => {
    offices = await repeat(2, () => open());
    users = offices.map((office) => new UserStore(office));
  });
  afterEach(() => Promise.all(offices.map((office) => office.close())));

  it('counts every wrong password of 64 at once: five are looked at, the others meet the lock', async () => {
    await either(users, 0).add(hnu, NOW);
    const answers = await repeat(64, (time) => ruleOf(either(users, time).signIn('hnu', 'wrong password', NOW)));
    expect(answers.filter((rule) => rule === 'A-4')).toHaveLength(5);
    expect(answers.filter((rule) => rule === 'A-6')).toHaveLength(59);
    const [account] = await either(offices, 1).read((manager) => manager.find(UserAccount));
    expect(account).toMatchObject({ failedSignIns: 5, lockedUntil: later(30) });
  });

  it('adds a user once, of 32 who ask at once', async () => {
    const answers = await repeat(32, (time) =>
      ruleOf(either(users, time).add({ ...hnu, displayName: `${time}` }, NOW)),
    );
    expect(answers.filter((rule) => rule === 'done')).toHaveLength(1);
    expect(answers.filter((rule) => rule === 'A-8')).toHaveLength(31);
    expect(await either(users, 0).list()).toMatchObject([{ displayName: String(answers.indexOf('done')) }]);
  });

  it('changes a password once, of 32 who know the same one', async () => {
    await either(users, 0).add(hnu, NOW);
    const next = (time: number) => `battery staple ${time}`;
    const change = (time: number) =>
      either(users, time).changePassword('hnu', { current: 'correct horse', next: next(time) }, later(1));
    const answers = await repeat(32, (time) => ruleOf(change(time)));
    expect(answers.filter((rule) => rule === 'done')).toHaveLength(1);
    // A lock set by the tries beside it has run out.
    const user = await either(users, 1).signIn('hnu', next(answers.indexOf('done')), later(3_700));
    expect(user.passwordChangedAt).toBe(later(1));
  });

  it('keeps the first value of a setting, and the last of one that is replaced', async () => {
    const firsts = await repeat(64, (time) => either(offices, time).settingOrFirst('secret', String(time)));
    expect(new Set(firsts).size).toBe(1);
    await repeat(64, (time) => either(offices, time).replaceSetting('calendar', String(time)));
    expect(await either(offices, 0).setting('calendar')).toBe(await either(offices, 1).setting('calendar'));
  });

  it('takes the tokens of either process in the other, and the newest calendar token only', async () => {
    const tokens = await Promise.all(offices.map((office) => Tokens.open(office)));
    const user = await either(users, 0).add(hnu, NOW);
    const { token } = await either(tokens, 0).issue(user, NOW);
    const session = await either(tokens, 1).verify(token, NOW);
    const issued = await repeat(32, (time) => either(tokens, time).issueForCalendar(session, NOW));
    for (const reader of tokens) {
      const passes = await Promise.all(issued.map((one) => reader.verifyForCalendar(one.token, NOW)));
      expect(passes.filter((pass) => pass !== undefined)).toHaveLength(1);
    }
  });

  it('never brings an erased person back, whatever is enrolled beside it', async () => {
    const stores = await Promise.all(offices.map((office) => PersonStore.open(office, masterKey)));
    const people = Array.from({ length: 40 }, (_, n) => ({
      universityId: 'hnu',
      staffNumber: `${n}`,
      name: `示例${n}`,
    }));
    const id = (n: number) => either(stores, 0).personId('hnu', String(n));
    const erase = (n: number) => either(stores, n).erase(id(n), NOW);
    const enrol = (time: number) => {
      const shifted = [...people.slice(time), ...people.slice(0, time)].map((person) => ({
        ...person,
        name: `${person.name}${time % 3}`,
      }));
      return either(stores, time).enrol(shifted);
    };
    await Promise.all([repeat(32, enrol), repeat(20, erase)]);
    await repeat(2, enrol);
    const names = await either(stores, 1).names(people.map((_, n) => id(n)));
    expect([...names.keys()].sort()).toEqual(
      people
        .slice(20)
        .map((_, n) => id(n + 20))
        .sort(),
    );
    const rows = await either(offices, 0).read((manager) => manager.find(Person));
    expect(rows.filter(({ wrappedKey }) => wrappedKey === null)).toHaveLength(20);
  });

  it.each(['known', 'unknown'])(
    'does not bring back a person, %s until then, who is erased just before the name is written',
    async (kind) => {
      const stores = await Promise.all(offices.map((office) => PersonStore.open(office, masterKey)));
      const person = { universityId: 'hnu', staffNumber: '1', name: '示例' };
      const personId = either(stores, 0).personId('hnu', '1');
      if (kind === 'known') await either(stores, 0).enrol([person]);
      const waiting =
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'ledger office' AND wait_event_type = 'Lock'";
      let enrolled: Promise<unknown> | undefined;
      await either(offices, 1).write(async (manager) => {
        const erased = { personId, universityId: null, wrappedKey: null, nameCipher: null, erasedAt: NOW };
        await manager.upsert(Person, erased, ['personId']);
        enrolled = either(stores, 0).enrol([{ ...person, name: '示例改名' }]);
        while (((await administer(waiting)) as unknown[]).length === 0) await new Promise(setImmediate);
      });
      await enrolled;
      expect((await either(stores, 0).names([personId])).size).toBe(0);
      expect(await either(offices, 0).read((manager) => manager.find(Person))).toMatchObject([
        { erasedAt: NOW, wrappedKey: null },
      ]);
    },
  );

  it('lists a file of evidence once for each organisation', async () => {
    const row = {
      hash: 'ab'.repeat(32),
      name: '示例.pdf',
      mediaType: 'application/pdf',
      bytes: 1,
      uploadedBy: 'clerk',
    };
    const put = (time: number) =>
      either(offices, time).write((manager) =>
        manager.upsert(EvidenceFile, { ...row, organisation: time % 4 < 2 ? 'hnu' : 'csu', uploadedAt: later(time) }, [
          'hash',
          'organisation',
        ]),
      );
    await repeat(32, put);
    expect(await either(offices, 0).read((manager) => manager.count(EvidenceFile))).toBe(2);
  });

  it('marks a sample for both', async () => {
    await repeat(8, (time) => either(users, time).markSample());
    expect(await repeat(2, (time) => either(users, time).isSample())).toEqual([true, true]);
  });
});

describe('opening a shared office', () => {
  it('makes its tables once, however many processes start at once', async () => {
    const offices = await repeat(8, () => open({ postgresPool: 2 }));
    const [first] = offices;
    const applied = await first?.dataSource.query('SELECT name FROM migrations ORDER BY id');
    expect(applied).toEqual(first?.dataSource.migrations.map(({ name }) => ({ name })));
    await Promise.all(offices.map((office) => office.close()));
  });

  it('makes the schema where the role may', async () => {
    await administer('DROP SCHEMA office CASCADE');
    await administer('GRANT CREATE ON DATABASE office TO ledger_api');
    await (await open()).close();
    await administer('REVOKE CREATE ON DATABASE office FROM ledger_api');
    expect(
      await administer("SELECT nspowner::regrole::text AS owner FROM pg_namespace WHERE nspname = 'office'"),
    ).toEqual([{ owner: 'ledger_api' }]);
  });

  it('says in two languages that the schema is missing and may not be made', async () => {
    await administer('DROP SCHEMA office CASCADE');
    await expect(open()).rejects.toThrow(/权限不足.*lacks rights/);
  });

  it('says in two languages that the role may not use the schema', async () => {
    await administer('CREATE ROLE stranger LOGIN');
    const url = new URL(postgres.url() ?? '');
    url.username = 'stranger';
    await expect(open({ postgresUrl: url.href })).rejects.toThrow(/“stranger”无权.*role "stranger" may neither/);
    await administer('GRANT USAGE ON SCHEMA office TO stranger');
    await expect(open({ postgresUrl: url.href })).rejects.toThrow(/权限不足.*lacks rights/);
    await administer('DROP OWNED BY stranger');
    await administer('DROP ROLE stranger');
  });

  it.each([
    ['nobody listens', (url: URL) => (url.port = '1')],
    ['there is no such role', (url: URL) => (url.username = 'nobody')],
    ['there is no such database', (url: URL) => (url.pathname = '/nowhere')],
  ])('says in two languages that %s', async (_case, change) => {
    const url = new URL(postgres.url() ?? '');
    change(url);
    await expect(open({ postgresUrl: url.href })).rejects.toThrow(/无法连接 PostgreSQL.*cannot be reached/);
  });
});

/** Between an office and its server: cuts the line, or lets it fall silent. */
const startLine = async (url: URL) => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isCut = false;
  let isSilent = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(url.port), url.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', (bytes) => isSilent || to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url.href);
  through.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    isCut = true;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const restore = () => {
    isCut = false;
    isSilent = false;
  };
  return { url: through.href, cut, restore, silence: () => (isSilent = true), close: () => (cut(), server.close()) };
};

describe('an office whose server goes away', () => {
  let line: Awaited<ReturnType<typeof startLine>>;
  let office: OfficeDatabase;
  const put = (key: string) => office.write((manager) => manager.upsert(Setting, { key, value: '1' }, ['key']));

  beforeEach(async () => {
    line = await startLine(new URL(postgres.url() ?? ''));
    office = await open({ postgresUrl: line.url, statementTimeoutMs: 200, postgresPool: 4 });
    await put('before');
  });
  afterEach(async () => {
    line.restore();
    await office.close();
    line.close();
  });

  it('answers busy while the connection is cut, and goes on when it is back', async () => {
    line.cut();
    await expect(office.setting('before')).rejects.toBeInstanceOf(StoreBusy);
    await expect(put('meanwhile')).rejects.toBeInstanceOf(StoreBusy);
    line.restore();
    await put('after');
    expect(await Promise.all(['before', 'meanwhile', 'after'].map((key) => office.setting(key)))).toEqual([
      '1',
      undefined,
      '1',
    ]);
  });

  it('answers busy to changes whose connection is cut midway', async () => {
    const cutMidway = office.write(async (manager) => {
      await manager.insert(Setting, { key: 'lost', value: '1' });
      line.cut();
      await manager.insert(Setting, { key: 'lost too', value: '1' });
    });
    await expect(cutMidway).rejects.toBeInstanceOf(StoreBusy);
    line.restore();
    expect(await office.setting('lost')).toBeUndefined();
  });

  it('goes on after an administrator ended its connections', async () => {
    await administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ledger office'");
    while (!(await office.setting('before').catch(() => undefined))) await new Promise(setImmediate);
    expect(await office.setting('before')).toBe('1');
  });

  it('tells those who enrol persons, and enrols them afterwards', async () => {
    const store = await PersonStore.open(office, masterKey);
    const person = { universityId: 'hnu', staffNumber: '1', name: '示例' };
    line.cut();
    await expect(store.enrol([person])).rejects.toBeInstanceOf(StoreBusy);
    line.restore();
    const [id = ''] = await store.enrol([person]);
    expect((await store.names([id])).get(id)).toBe('示例');
  });

  it('answers busy to a statement that takes too long', async () => {
    await expect(office.read((manager) => manager.query('SELECT pg_sleep(30)'))).rejects.toBeInstanceOf(StoreBusy);
    expect(await office.setting('before')).toBe('1');
  });

  it('answers busy while a row is held by a process that fell silent, for a bounded time', async () => {
    const other = await open({ statementTimeoutMs: 1_000 });
    const held = other.write(async (manager) => {
      await manager.findOne(Setting, { where: { key: 'before' }, ...other.locked() });
      await expect(put('before')).rejects.toBeInstanceOf(StoreBusy);
      // Says nothing more until the server gives it up.
      while (!(await put('before').catch(() => undefined))) await new Promise(setImmediate);
    });
    await expect(held).rejects.toBeInstanceOf(StoreBusy);
    await other.close();
  });

  it('answers busy when the server falls silent, and does not wait for it again', async () => {
    line.silence();
    await expect(office.setting('before')).rejects.toBeInstanceOf(StoreBusy);
    line.restore();
    expect(await office.setting('before')).toBe('1');
  });
});

describe('both engines', () => {
  let offices: OfficeDatabase[];
  beforeAll(sqlite.start);
  beforeEach(async () => {
    await sqlite.clear();
    offices = await Promise.all([sqlite.open(), postgres.open()]);
  });
  afterEach(() => Promise.all(offices.map((office) => office.close())));
  afterAll(sqlite.stop);

  type Step = (office: OfficeDatabase, users: UserStore, persons: PersonStore) => Promise<unknown>;
  const name = fc.constantFrom('hnu', 'csu', 'a-b', 'ab', 'a.b', 'Bad');
  const key = fc.constantFrom('一', 'z', 'A');
  const step: fc.Arbitrary<Step> = fc.oneof(
    name.map(
      (username): Step =>
        (_, users) =>
          users.add({ ...hnu, username }, NOW),
    ),
    name.map(
      (username): Step =>
        (_, users) =>
          users.signIn(username, 'wrong password', NOW),
    ),
    fc.tuple(name, fc.boolean()).map(
      ([username, disabled]): Step =>
        (_, users) =>
          users.setDisabled(username, disabled),
    ),
    fc.tuple(key, fc.string()).map(
      ([setting, value]): Step =>
        (office) =>
          office.settingOrFirst(setting, value.replaceAll('\0', '')),
    ),
    key.map(
      (setting): Step =>
        (office) =>
          office.replaceSetting(setting, '示例 😀'),
    ),
    fc.tuple(key, fc.constantFrom('李示例', '王示例')).map(
      ([staffNumber, person]): Step =>
        (_office, _users, persons) =>
          persons.enrol([{ universityId: 'hnu', staffNumber, name: person }]),
    ),
    key.map(
      (staffNumber): Step =>
        (_office, _users, persons) =>
          persons.erase(persons.personId('hnu', staffNumber), NOW),
    ),
  );

  it('answer alike and hold alike after whatever was done', async () => {
    const outcome = async (office: OfficeDatabase, steps: readonly Step[]) => {
      for (const table of ['user_account', 'setting', 'person']) {
        await office.write((manager) => manager.query(`DELETE FROM ${table}`));
      }
      const users = new UserStore(office);
      const persons = await PersonStore.open(office, masterKey);
      const answers: string[] = [];
      for (const one of steps) answers.push(await ruleOf(one(office, users, persons)));
      const accounts = await office.read((manager) => manager.find(UserAccount, { order: { username: 'ASC' } }));
      const people = await office.read((manager) => manager.find(Person, { order: { personId: 'ASC' } }));
      return {
        answers,
        users: accounts.map(({ passwordHash, ...account }) => ({ ...account, hashed: passwordHash.length })),
        people: people.map(({ personId, universityId, erasedAt }) => ({ personId, universityId, erasedAt })),
        names: await persons.names(people.map(({ personId }) => personId)),
        settings: await Promise.all(['一', 'z', 'A'].map((one) => office.setting(one))),
      };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const [one, other] = await Promise.all(offices.map((office) => outcome(office, steps)));
        expect(one).toEqual(other);
      }),
      { numRuns: 25 },
    );
  });
});
