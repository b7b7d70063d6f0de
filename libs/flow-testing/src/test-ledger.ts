import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Approvers, OfficeDatabase, PersonStore, UserStore } from '@app/access';
import {
  type CommandContext,
  ClaimKeeper,
  DeciderRunner,
  type EventCatalogue,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  claimEvents,
  commandContext,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import type { Actor } from '@app/kernel';
import { type Projection, ReadModels, embeddedReadModels } from '@app/read-model';
import { Global, Module, type ModuleMetadata } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

interface TestLedgerOptions {
  /** The slice under test and those whose commands and queries it sends. */
  readonly modules: NonNullable<ModuleMetadata['imports']>;
  readonly events: readonly EventCatalogue[];
  readonly projections?: readonly Projection[];
  /** More global providers, in place of what the application would bring. */
  readonly providers?: NonNullable<ModuleMetadata['providers']>;
}

/** Users everybody may name as approvers: three of the bureau and two of university `hnu`. */
const USERS = [
  ['reviewer', 'REVIEWER', 'bureau'],
  ['reviewer2', 'REVIEWER', 'bureau'],
  ['fund', 'FUND_ADMIN', 'bureau'],
  ['hnu', 'TRANSFER_OFFICE', 'hnu'],
  ['hnu-head', 'TRANSFER_OFFICE', 'hnu'],
] as const;

export const testActors = {
  clerk: { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' },
  reviewer: { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' },
  office: { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' },
} as const satisfies Record<string, Actor>;

/** The instant of every command that is not told another one. */
const NOW = '2025-12-31T04:00:00.000Z';

export const testCommand = (key: string, input: unknown, actor: Actor = testActors.clerk, now = NOW): CommandContext =>
  commandContext({ actor, now, scope: [actor.id, key], input, source: 'test' });

/**
 * The application with some of its slices over a log in memory and real read models and office data in a folder of its own: what a flow
 * spec needs of it. Requests over HTTP come from `actor`, the clerk unless told otherwise.
 */
export const openTestLedger = async ({ modules, events, projections = [], providers = [] }: TestLedgerOptions) => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-spec-'));
  const store = new MemoryEventStore();
  const registry = new EventRegistry([claimEvents as EventCatalogue, ...events]);
  const runner = new DeciderRunner(store, registry);
  const claims = new ClaimKeeper(runner);
  const office = await OfficeDatabase.inMemory();
  await addUsers(office);
  const users = new UserStore(office);
  const models = embeddedReadModels(store, registry, projections, folder);
  await models.open();
  const shared = [
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: claims },
    { provide: ReadModels, useValue: models },
    { provide: OfficeDatabase, useValue: office },
    { provide: UserStore, useValue: users },
    { provide: Approvers, useValue: new Approvers(users) },
    { provide: PersonStore, useValue: await PersonStore.open(office, new Uint8Array(32)) },
    ...providers,
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Shared {}

  const imports = [CqrsModule.forRoot(), Shared, HttpModule, ...modules];
  const testing = await Test.createTestingModule({ imports }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  const acting = { actor: testActors.clerk as Actor };
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', async (request: LedgerRequest) => {
    request.actor = acting.actor;
  });
  await app.init();
  const close = async () => {
    await app.close();
    await models.close();
    await office.close();
    rmSync(folder, { recursive: true });
  };
  const [commands, queries] = [app.get(CommandBus), app.get(QueryBus)];
  return { app, store, registry, runner, claims, office, models, commands, queries, acting, close };
};

export type TestLedger = Awaited<ReturnType<typeof openTestLedger>>;

/** Written as rows: hashing a password takes longer than many a spec. */
const addUsers = (office: OfficeDatabase): Promise<void> =>
  office.write(async (manager) => {
    for (const [username, role, organisation] of USERS) {
      await manager.query(
        `INSERT INTO user_account (username, role, organisation, displayName, passwordHash, passwordChangedAt, sample, disabled, failedSignIns)
          VALUES (?, ?, ?, ?, '', ?, 1, 0, 0)`,
        [username, role, organisation, username, NOW],
      );
    }
  });
