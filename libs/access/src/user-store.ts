import type { Actor } from '@app/kernel';
import { hash, verify } from '@node-rs/argon2';
import type { OfficeDatabase } from './office.js';
import { UserAccount } from './office.entity.js';
import { type Role, ROLES, accessRule, isRole } from './policy.js';

export interface User {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** The university's ledger code, or the bureau's office. */
  readonly organisation: string;
  /** 示例: signs in to a sample ledger only. */
  readonly sample: boolean;
  readonly disabled: boolean;
  readonly passwordChangedAt: string;
}

export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  /** One of `ROLES`; refused otherwise. */
  readonly role: string;
  readonly organisation: string;
  readonly sample?: boolean;
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const PASSWORD = { min: 8, max: 200 };

/** Tries without a success before sign-in is locked; each further one doubles the wait, up to the longest. */
const FREE_TRIES = 5;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3600;

const SAMPLE = 'sample';

/** The password an invented user of the sample (示例) starts with; shown on the sign-in page of a sample ledger. */
export const samplePassword = (username: string): string => `sample-${username}`;

/** Verified in place of a user who does not exist, so that the answer takes as long. The hash of random bytes nobody kept. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$pXzx1aQ9lY9sDP9cP0PGVw$pS1FHgKwkt4fsW1SEjMiSr2JZrlYsdhdjpPpR+Al2bY';

/** The local users (本地用户). All instants are ISO 8601 UTC and come from the caller. */
export class UserStore {
  constructor(private readonly office: OfficeDatabase) {}

  /** @throws Refusal */
  async add({ password, role, sample = false, ...rest }: NewUser, now: string): Promise<User> {
    const { username } = rest;
    if (!USERNAME.test(username)) throw accessRule('A-9', { username }, { field: 'username' });
    if (!isRole(role)) throw accessRule('A-10', { role, roles: Object.keys(ROLES).join(', ') }, { field: 'role' });
    const account: UserAccount = {
      ...rest,
      role,
      sample,
      passwordHash: await hashOf(username, password),
      passwordChangedAt: now,
      disabled: false,
      failedSignIns: 0,
      lockedUntil: null,
    };
    await this.office.write(async (manager) => {
      await manager.createQueryBuilder().insert().into(UserAccount).values(account).orIgnore().execute();
      const { passwordHash } = await manager.findOneByOrFail(UserAccount, { username });
      // No two hashes are alike: another one means that the name was taken before.
      if (passwordHash !== account.passwordHash) {
        throw accessRule('A-8', { username }, { field: 'username', conflict: username });
      }
    });
    return userOf(account);
  }

  async find(username: string): Promise<User | undefined> {
    // Not every text can be asked of every engine.
    if (!USERNAME.test(username)) return undefined;
    const account = await this.office.read((manager) => manager.findOneBy(UserAccount, { username }));
    return account ? userOf(account) : undefined;
  }

  async list(): Promise<readonly User[]> {
    const accounts = await this.office.read((manager) => manager.find(UserAccount, { order: { username: 'ASC' } }));
    return accounts.map(userOf);
  }

  /**
   * The user, if the password is right. An unknown name, a disabled user and a wrong password are answered alike.
   * @throws Refusal
   */
  async signIn(username: string, password: string, now: string): Promise<User> {
    return userOf(await this.checked(username, password, now));
  }

  /** The user changes the own password; of two changes at once one counts. @throws Refusal */
  async changePassword(username: string, passwords: { current: string; next: string }, now: string): Promise<void> {
    const { passwordHash: known } = await this.checked(username, passwords.current, now);
    const passwordHash = await hashOf(username, passwords.next);
    const change = { ...UNLOCKED, passwordHash, passwordChangedAt: now };
    // Another password by now: the one that was checked is no longer the present one.
    if (!(await this.update({ username, passwordHash: known }, change))) throw accessRule('A-4');
  }

  /** An administrator sets a password; a lock is lifted. @throws Refusal */
  async setPassword(username: string, password: string, now: string): Promise<void> {
    const passwordHash = await hashOf(username, password);
    const isDone = await this.update({ username }, { ...UNLOCKED, passwordHash, passwordChangedAt: now });
    if (!isDone) throw accessRule('A-11', { username });
  }

  /** @throws Refusal A-11 */
  async setDisabled(username: string, disabled: boolean): Promise<void> {
    if (!(await this.update({ username }, { disabled }))) throw accessRule('A-11', { username });
  }

  /** Marks the ledger as a sample (示例账本), for good: sample users may sign in. */
  async markSample(): Promise<void> {
    await this.office.settingOrFirst(SAMPLE, 'true');
  }

  async isSample(): Promise<boolean> {
    return (await this.office.setting(SAMPLE)) === 'true';
  }

  /** The account, if the password is right; the try is counted. @throws Refusal */
  private async checked(username: string, password: string, now: string): Promise<UserAccount> {
    const account = await this.countTry(username, now);
    const isRight = await verify(account?.passwordHash ?? DECOY_HASH, password);
    if (!account || !isRight || account.disabled) throw accessRule('A-4');
    if (account.sample && !(await this.isSample())) throw accessRule('A-5');
    await this.update({ username }, UNLOCKED);
    return account;
  }

  /** Counts the try before the password is looked at, so that guesses sent side by side cannot outrun the lock. @throws Refusal A-6 */
  private async countTry(username: string, now: string): Promise<UserAccount | undefined> {
    if (!USERNAME.test(username)) return undefined;
    return this.office.write(async (manager) => {
      const account = await manager.findOne(UserAccount, { where: { username }, ...this.office.locked() });
      if (!account) return undefined;
      const waitMs = Date.parse(account.lockedUntil ?? now) - Date.parse(now);
      if (waitMs > 0) throw lockedFor(Math.ceil(waitMs / 1000));
      const failedSignIns = account.failedSignIns + 1;
      await manager.update(UserAccount, { username }, { failedSignIns, lockedUntil: lockAfter(failedSignIns, now) });
      return account;
    });
  }

  /** Whether there was such an account. */
  private async update(where: Partial<UserAccount>, change: Partial<UserAccount>): Promise<boolean> {
    const { affected } = await this.office.write((manager) => manager.update(UserAccount, where, change));
    return affected !== 0;
  }
}

const UNLOCKED = { failedSignIns: 0, lockedUntil: null } as const;

/** The actor a user's commands are recorded under. */
export const actorOf = ({ username, role, organisation }: Pick<User, 'username' | 'role' | 'organisation'>): Actor => ({
  id: username,
  role,
  organisation,
});

const userOf = ({ passwordHash: _hash, failedSignIns: _tries, lockedUntil: _lock, ...user }: UserAccount): User => user;

const hashOf = async (username: string, password: string): Promise<string> => {
  const { length } = [...password];
  if (length < PASSWORD.min || length > PASSWORD.max || password === username) {
    throw accessRule('A-7', PASSWORD, { field: 'password' });
  }
  return hash(password);
};

const lockedFor = (seconds: number) => Object.assign(accessRule('A-6', { seconds }), { retryAfterSeconds: seconds });

const lockAfter = (tries: number, now: string): string | null => {
  if (tries < FREE_TRIES) return null;
  const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** (tries - FREE_TRIES), LONGEST_WAIT_SECONDS);
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
};
