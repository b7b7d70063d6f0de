import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type NewUser, UserStore, actorOf, samplePassword } from '@app/access';
import { EventStore, START, commandContext } from '@app/event-store';
import { RunFundYear } from '@app/fund';
import type { Actor } from '@app/kernel';
import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { openApplication } from './application.js';
import { importFile } from './import.js';
import { kindOf } from './import-report.js';

/** Invented people of the sample; they sign in to a sample ledger only. */
const SAMPLE_USERS: readonly NewUser[] = [
  ['reviewer', 'REVIEWER', 'bureau', '示例：知识产权局审核'],
  ['reviewer2', 'REVIEWER', 'bureau', '示例：知识产权局复核'],
  ['clerk', 'DATA_CLERK', 'bureau', '示例：数据录入'],
  ['fund', 'FUND_ADMIN', 'bureau', '示例：专项资金管理'],
  ['fund2', 'FUND_ADMIN', 'bureau', '示例：专项资金复核'],
  ['auditor', 'AUDITOR', 'audit', '示例：审计'],
  ['admin', 'SYSTEM_ADMIN', 'bureau', '示例：系统管理'],
  ['hnu', 'TRANSFER_OFFICE', 'hnu', '示例：湖南大学转化机构'],
  ['csu', 'TRANSFER_OFFICE', 'csu', '示例：中南大学转化机构'],
].map(([username = '', role = '', organisation = '', displayName = '']) => ({
  username,
  role,
  organisation,
  displayName,
  password: samplePassword(username),
  sample: true,
}));

const REVIEWER_SHEETS = ['universities', 'baselines'];
const FUND_SHEETS = ['fund-years', 'fund-categories', 'fund-standards'];
const FUND_YEARS = [2021, 2022, 2023, 2024, 2025];

/** Loads the sample history, or finishes loading it; again on a loaded ledger it adds nothing. */
export const loadSample = async (config: Config, folder: string): Promise<void> => {
  const { nest, close } = await openApplication(config);
  try {
    const users = nest.get(UserStore, { strict: false });
    await assertSampleLedger(nest, users);
    const isFirst = await addSampleUsers(users);
    console.log('装入示例数据 Loading the sample history (示例)');
    for (const file of sampleFiles(folder))
      await importFile(nest, file, { kind: kindOf(file), actor: await actorFor(users, kindOf(file)) });
    for (const year of FUND_YEARS) await allocate(nest, await actor(users, 'fund'), year);
    if (isFirst) printUsers();
  } finally {
    await close();
  }
};

/** Invented data never mixes with real records. */
const assertSampleLedger = async (nest: INestApplicationContext, users: UserStore): Promise<void> => {
  if (await users.isSample()) return;
  if ((await nest.get(EventStore, { strict: false }).head()) !== START) {
    throw new Error('账本已有正式数据，不装入示例 / the ledger holds real records; the sample is not loaded into it');
  }
  await users.markSample();
};

const addSampleUsers = async (users: UserStore): Promise<boolean> => {
  const missing = [];
  for (const user of SAMPLE_USERS) if (!(await users.find(user.username))) missing.push(user);
  const now = new Date().toISOString();
  for (const user of missing) await users.add(user, now);
  return missing.length > 0;
};

const sampleFiles = (folder: string): string[] =>
  ['reference', 'sample']
    .map((part) => join(folder, part))
    .filter(existsSync)
    .flatMap((part) =>
      readdirSync(part)
        .filter((file) => /\.(csv|xlsx)$/.test(file))
        .sort()
        .map((file) => join(part, file)),
    );

const actorFor = (users: UserStore, kind: string): Promise<Actor> =>
  actor(users, REVIEWER_SHEETS.includes(kind) ? 'reviewer' : FUND_SHEETS.includes(kind) ? 'fund' : 'clerk');

const actor = async (users: UserStore, username: string): Promise<Actor> => {
  const user = await users.find(username);
  if (!user) throw new Error(`sample user ${username} is missing`);
  return actorOf(user);
};

const allocate = async (nest: INestApplicationContext, by: Actor, year: number): Promise<void> => {
  const context = commandContext({
    actor: by,
    now: new Date().toISOString(),
    scope: ['sample', 'allocation', String(year)],
    input: { year },
    source: 'sample',
  });
  await nest.get(CommandBus, { strict: false }).execute(new RunFundYear({ type: 'AllocateFundYear', year }, context));
};

export const printUsers = (): void => {
  console.log('\n示例用户 sample users (用户名 / 口令):');
  for (const { username, password, displayName } of SAMPLE_USERS)
    console.log(`  ${username.padEnd(10)} ${password.padEnd(18)} ${displayName}`);
};
