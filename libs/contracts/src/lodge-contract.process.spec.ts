import { Approvers, OfficeDatabase, PersonStore, UserStore, samplePassword } from '@app/access';
import {
  type Appended,
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  type NewEvent,
  START,
  claimEvents,
  commandContext,
} from '@app/event-store';
import type { Actor } from '@app/kernel';
import { PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { Global, Module } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import { RunContract } from './contract.handler.js';
import type { ContractRequest } from './contract-request.handler.js';
import { contractEvents } from './contract.projection.js';
import { contractStream } from './contract-state.js';
import type { ContractTerms } from './contract-terms.js';
import { ContractsModule } from './contracts.module.js';
import { type ContractDraft, LodgeContract } from './lodge-contract.handler.js';
import { LodgeContractProcess } from './lodge-contract.process.js';

const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };
const reviewer: Actor = { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' };
const now = '2025-12-31T04:00:00.000Z';
const context = (key: string, input: unknown = key, actor = clerk): CommandContext =>
  commandContext({ actor, now, scope: [actor.id, key], input, source: 'test' });

type Append = (stream: string, events: readonly NewEvent[], append: () => Promise<Appended>) => Promise<Appended>;

/** A driver's own way to the shared log, where it can be stalled or killed. */
class OwnWay extends EventStore {
  constructor(
    private readonly log: MemoryEventStore,
    private readonly around: Append,
  ) {
    super();
  }

  get storeId() {
    return this.log.storeId;
  }
  append: EventStore['append'] = (stream, events, expected) =>
    this.around(stream, events, () => this.log.append(stream, events, expected));
  readStream: EventStore['readStream'] = (stream, from) => this.log.readStream(stream, from);
  readAll: EventStore['readAll'] = (after, limit) => this.log.readAll(after, limit);
  subscribe: EventStore['subscribe'] = (after, signal, limit) => this.log.subscribe(after, signal, limit);
  head: EventStore['head'] = () => this.log.head();
  storedTypes: EventStore['storedTypes'] = () => this.log.storedTypes();
  close: EventStore['close'] = () => this.log.close();
}

let office: OfficeDatabase;
let persons: PersonStore;
let approvers: Approvers;
beforeAll(async () => {
  office = await OfficeDatabase.inMemory();
  const users = new UserStore(office);
  const password = samplePassword('reviewer');
  await users.add(
    { username: 'reviewer', password, displayName: '示例', role: 'REVIEWER', organisation: 'bureau' },
    now,
  );
  approvers = new Approvers(users);
  persons = await PersonStore.open(office, new Uint8Array(32));
});
afterAll(() => office.close());

/** One process of the product on the log. */
const openDriver = async (store: EventStore) => {
  const registry = new EventRegistry([claimEvents, ...registryEvents, ...patentsEvents, contractEvents]);
  const runner = new DeciderRunner(store, registry);
  const claims = new ClaimKeeper(runner);
  const shared = [
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: claims },
    { provide: PersonStore, useValue: persons },
    { provide: Approvers, useValue: approvers },
    { provide: ReadModels, useValue: embeddedReadModels(store, registry, [], '') },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [CqrsModule.forRoot(), Ledger, RegistryModule, PatentsModule, ContractsModule];
  const testing = await Test.createTestingModule({ imports }).compile();
  await testing.init();
  return { commands: testing.get(CommandBus), process: testing.get(LodgeContractProcess), runner, claims };
};
type Driver = Awaited<ReturnType<typeof openDriver>>;

const NUMBERS = ['示例-JS-1', '示例-JS-2', '示例-JS-3'] as const;

/** A log with one university and three assets; the assets come in the order in which contracts reserve them. */
const openLog = async () => {
  const log = new MemoryEventStore();
  const driver = await openDriver(log);
  const university = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PRIVATE',
    level: 'UNDERGRADUATE',
    authority: '示例主管部门',
  } as const;
  const register = { type: 'RegisterUniversity', data: university } as const;
  await driver.commands.execute(new RunUniversity('hnu', register, context('university', university, reviewer)));
  const assets = [];
  for (const number of NUMBERS) {
    const facts = { universityId: 'hnu', ipType: 'TRADEMARK', number, title: '示例', filedOn: '2019-07-30' } as const;
    const { id: assetId } = await driver.commands.execute(new RegisterAsset(facts, context(number)));
    assets.push({ assetId, ipType: 'TRADEMARK', number } as const);
  }
  assets.sort((a, b) => (a.assetId < b.assetId ? -1 : 1));
  const [a, b, c] = assets;
  if (!a || !b || !c) throw new Error('three assets');
  return { log, driver, a, b, c };
};
type Log = Awaited<ReturnType<typeof openLog>>;
type Ref = Log['a'];

const draft = (number: string, assets: readonly Ref[], more: Partial<ContractDraft> = {}): ContractDraft => ({
  universityId: 'hnu',
  number,
  mode: 'LICENCE',
  licenceKind: 'EXCLUSIVE',
  assets: assets.map((asset) => asset.number),
  counterparty: `示例公司 ${number}`,
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'FREE',
  pricingMethod: 'NEGOTIATED',
  ...more,
});
const sale = (number: string, assets: readonly Ref[]): ContractDraft => {
  const { licenceKind: _kind, ...rest } = draft(number, assets);
  return { ...rest, mode: 'TRANSFER' };
};
const lodge = ({ commands }: Driver, contract: ContractDraft) =>
  commands.execute(new LodgeContract(contract, context(contract.number, contract)));
type Later = ContractRequest;
const run = ({ commands }: Driver, contractId: string, command: Later, key: string = command.type) =>
  commands.execute(new RunContract(contractId, command, context(`${contractId} ${key}`, command)));
const register: Later = { type: 'RegisterTransfer', registeredOn: '2023-06-01' };
const approved = { reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
const voiding: Later = { type: 'VoidContract', voidedOn: '2024-01-10', ...approved };
const recording: Later = { type: 'RecordLicence', recordNo: 'X1', recordedOn: '2023-04-01' };
const longer: Later = {
  type: 'AmendContract',
  number: 'BG-1',
  changes: { endsOn: '2027-01-01' },
  signedOn: '2024-01-10',
  reason: '示例',
};
const ending: Later = { type: 'TerminateLicence', on: '2024-06-30', ...approved };
const correct = (
  number: string,
  field: 'registeredOn' | 'terminatedOn' | 'counterparty' | 'effectiveOn' | 'recordNo',
  value: string,
): Later => ({
  type: 'CorrectContract',
  number,
  field,
  value,
  ...approved,
});

/** What an API process leaves behind that dies after the intent. */
const request = async (
  { runner, claims }: Driver,
  contractId: string,
  contract: ContractDraft,
  assets: readonly Ref[],
) => {
  const terms: ContractTerms = { ...contract, assets };
  const command: ContractCommand = { type: 'RequestLodgement', ...terms, facts: { stateFounded: false } };
  await claims.claim(
    { kind: 'contract', value: `hnu/${contract.number.toUpperCase()}` },
    { id: contractId, stream: contractStream(contractId) },
    context(contract.number, contract),
  );
  await runner.run(contractDecider, contractStream(contractId), command, context(contract.number, contract));
};
const resume = ({ process }: Driver, contractId: string) =>
  process.settle(contractId, context(`resume ${contractId}`, contractId, { ...clerk, id: 'lodge-contract' }));

const eventsOf = async ({ log }: Log, stream: string) =>
  (await log.readStream(stream)).map(({ type, data }) => ({ type, data }));
const typesOf = async (ledger: Log, stream: string) => (await eventsOf(ledger, stream)).map(({ type }) => type);
const onAsset = async (ledger: Log, asset: Ref) => (await typesOf(ledger, `asset-${asset.assetId}`)).slice(1);
const onContract = (ledger: Log, contractId: string) => typesOf(ledger, contractStream(contractId));
const length = async ({ log }: Log) => (await log.readAll(START, 10_000)).length;

/** All streams by name, without when and by whom. */
const told = async ({ log }: Log): Promise<Record<string, unknown>> => {
  const streams: Record<string, unknown[]> = {};
  for (const { stream, type, data } of await log.readAll(START, 10_000)) (streams[stream] ??= []).push({ type, data });
  return streams;
};

describe('lodging', () => {
  it('tells every title, then that it is settled', async () => {
    const ledger = await openLog();
    const { id, revision, written } = await lodge(ledger.driver, draft('X', [ledger.b, ledger.a]));
    expect(await onContract(ledger, id)).toEqual(['LodgementRequested', 'ContractLodged', 'ContractSettled']);
    expect({ revision, written }).toEqual({ revision: 2, written: true });
    expect(await onAsset(ledger, ledger.a)).toEqual(['AssetReserved', 'ReservationConfirmed']);
    expect(await onAsset(ledger, ledger.b)).toEqual(['AssetReserved', 'ReservationConfirmed']);
  });

  it('changes nothing when it is repeated or resumed', async () => {
    const ledger = await openLog();
    const { id } = await lodge(ledger.driver, draft('X', [ledger.a, ledger.b]));
    const before = await told(ledger);
    expect(await lodge(ledger.driver, draft('X', [ledger.a, ledger.b]))).toMatchObject({ id, written: false });
    await resume(ledger.driver, id);
    expect(await told(ledger)).toEqual(before);
  });

  it('leaves no trace when a title would refuse it', async () => {
    const ledger = await openLog();
    await lodge(ledger.driver, draft('Y', [ledger.b]));
    const before = await length(ledger);
    const refused = lodge(ledger.driver, draft('X', [ledger.a, ledger.b, ledger.c]));
    await expect(refused).rejects.toMatchObject({ rule: 'L-2' });
    expect(await length(ledger)).toBe(before);
  });
});

/** X wants a, b and c; when its driver died nothing was reserved; then Y took b. */
const overtaken = async () => {
  const ledger = await openLog();
  const { driver, a, b, c } = ledger;
  await request(driver, 'x', draft('X', [a, b, c]), [a, b, c]);
  await lodge(driver, draft('Y', [b]));
  return ledger;
};

describe('a refusal at the commit point', () => {
  it('cancels on every asset of the contract, also those never reserved', async () => {
    const ledger = await overtaken();
    const { status, refusal } = await resume(ledger.driver, 'x');
    expect({ status, rule: refusal?.rule }).toEqual({ status: 'REFUSED', rule: 'L-2' });
    expect(await onContract(ledger, 'x')).toEqual(['LodgementRequested', 'ContractRefused', 'ContractSettled']);
    expect(await onAsset(ledger, ledger.a)).toEqual(['AssetReserved', 'ReservationCancelled']);
    expect(await onAsset(ledger, ledger.b)).toEqual(['AssetReserved', 'ReservationConfirmed', 'ReservationCancelled']);
    expect(await onAsset(ledger, ledger.c)).toEqual(['ReservationCancelled']);
  });

  it('frees the assets and the number for another contract', async () => {
    const ledger = await overtaken();
    await resume(ledger.driver, 'x');
    const again = draft('X', [ledger.a, ledger.c]);
    const outcome = ledger.driver.commands.execute(new LodgeContract(again, context('again', again)));
    expect(await outcome).toMatchObject({ written: true });
  });

  it('waits while the other contract is unconfirmed, and decides nothing', async () => {
    const ledger = await openLog();
    const { driver, a, b } = ledger;
    await request(driver, 'x', draft('X', [a, b]), [a, b]);
    await request(driver, 'y', draft('Y', [b]), [b]);
    const dying = await openDriver(
      new OwnWay(ledger.log, async (stream, _events, append) => {
        if (stream === contractStream('y')) throw new Error('killed before its commit point');
        return append();
      }),
    );
    await expect(resume(dying, 'y')).rejects.toThrow('killed');
    await expect(resume(driver, 'x')).rejects.toMatchObject({ rule: 'C-20', kind: 'busy' });
    expect(await onContract(ledger, 'x')).toEqual(['LodgementRequested']);
    await resume(driver, 'y');
    expect((await resume(driver, 'x')).status).toBe('REFUSED');
    expect(await onAsset(ledger, a)).toEqual(['AssetReserved', 'ReservationCancelled']);
  });
});

describe('packages that overlap', () => {
  /** Another interleaving for every seed: each append waits for a few turns of the event loop. */
  const jitter = (seed: number): Append => {
    let state = seed;
    return async (_stream, _events, append) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      for (let turns = state % 7; turns > 0; turns -= 1) await new Promise(setImmediate);
      return append();
    };
  };

  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'at once: one is lodged, the other refused (%i)',
    async (seed) => {
      const ledger = await openLog();
      const { a, b, c } = ledger;
      const drivers = [
        await openDriver(new OwnWay(ledger.log, jitter(seed))),
        await openDriver(new OwnWay(ledger.log, jitter(seed + 50))),
      ];
      const [first, second] = drivers as [Driver, Driver];
      const kind = seed % 2 === 0 ? draft : sale;
      const answers = await Promise.allSettled([lodge(first, kind('X', [a, b])), lodge(second, kind('Y', [c, b]))]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const reason = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.rule] : []));
      expect(reason).toEqual([seed % 2 === 0 ? 'L-2' : 'L-4']);
      const winner = answers[0]?.status === 'fulfilled' ? a : c;
      const loser = winner === a ? c : a;
      expect(await onAsset(ledger, winner)).toEqual(['AssetReserved', 'ReservationConfirmed']);
      expect(await onAsset(ledger, loser)).not.toContain('ReservationConfirmed');
      const shared = await onAsset(ledger, b);
      expect(shared.filter((type) => type === 'ReservationConfirmed')).toHaveLength(1);
    },
  );

  it('in any order never wait for each other in a circle', async () => {
    const ledger = await openLog();
    const { driver, a, b, c } = ledger;
    const packages = [
      [a, b, c],
      [c, b, a],
      [b, c],
      [c, a],
    ];
    const answers = await Promise.allSettled(
      packages.map((assets, index) => lodge(driver, draft(`P${index}`, assets))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a driver that stalls and is woken late', () => {
  const signal = () => {
    let give = () => {};
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    return { given, give };
  };

  /** A driver that stops before its first append that matches, until it is woken. */
  const stalling = async (ledger: Log, isHere: (stream: string, type: string) => boolean) => {
    const [stalled, woken] = [signal(), signal()];
    let passed = false;
    const driver = await openDriver(
      new OwnWay(ledger.log, async (stream, events, append) => {
        if (!passed && isHere(stream, events[0]?.type ?? '')) {
          passed = true;
          stalled.give();
          await woken.given;
        }
        return append();
      }),
    );
    return { driver, stalled: stalled.given, wake: woken.give };
  };

  it('changes nothing after the contract was refused', async () => {
    const ledger = await openLog();
    const { driver, a, b, c } = ledger;
    await request(driver, 'x', draft('X', [a, b, c]), [a, b, c]);
    const late = await stalling(ledger, (stream) => stream === `asset-${b.assetId}`);
    const working = resume(late.driver, 'x');
    await late.stalled;
    await lodge(driver, draft('Y', [b]));
    expect((await resume(driver, 'x')).status).toBe('REFUSED');
    const before = await told(ledger);
    late.wake();
    expect((await working).status).toBe('REFUSED');
    expect(await told(ledger)).toEqual(before);
  });

  it('changes nothing whichever step it stalled before', async () => {
    let stalls = 0;
    // Three reservations, the commit point, three confirmations, the settling.
    for (let step = 0; step < 8; step += 1) {
      const ledger = await openLog();
      const { driver, a, b, c } = ledger;
      await request(driver, 'x', draft('X', [a, b, c]), [a, b, c]);
      let appends = -1;
      const late = await stalling(ledger, () => {
        appends += 1;
        return appends === step;
      });
      const working = resume(late.driver, 'x').catch(() => undefined);
      if (await Promise.race([late.stalled.then(() => true), working.then(() => false)])) stalls += 1;
      // Another contract comes first wherever nothing is reserved yet.
      await request(driver, 'y', draft('Y', [c]), [c]);
      await resume(driver, 'y').catch(() => undefined);
      const { status } = await resume(driver, 'x');
      const before = await told(ledger);
      late.wake();
      await working;
      expect(await told(ledger)).toEqual(before);
      expect(status).toBe(step < 3 ? 'REFUSED' : 'LODGED');
    }
    expect(stalls).toBe(8);
  });

  it('is harmless beside a second driver at the same time', async () => {
    const ledger = await openLog();
    const { driver, a, b, c } = ledger;
    await request(driver, 'x', draft('X', [a, b, c]), [a, b, c]);
    const other = await openDriver(ledger.log);
    await Promise.all([resume(driver, 'x'), resume(other, 'x')]);
    expect(await onContract(ledger, 'x')).toEqual(['LodgementRequested', 'ContractLodged', 'ContractSettled']);
    for (const asset of [a, b, c])
      expect(await onAsset(ledger, asset)).toEqual(['AssetReserved', 'ReservationConfirmed']);
  });

  it('changes nothing after the amendment was refused', async () => {
    const ledger = await openLog();
    const { driver, a, b } = ledger;
    const { id } = await lodge(driver, draft('X', [a, b], { endsOn: '2026-01-01' }));
    const late = await stalling(ledger, (stream, type) => stream === `asset-${b.assetId}` && type === 'AssetReserved');
    const working = run(late.driver, id, longer).catch((error) => error.rule);
    await late.stalled;
    await lodge(driver, draft('Y', [b], { effectiveOn: '2026-06-01' }));
    await resume(driver, id);
    expect((await onContract(ledger, id)).slice(3)).toEqual([
      'AmendmentRequested',
      'AmendmentRefused',
      'ContractSettled',
    ]);
    const before = await told(ledger);
    late.wake();
    expect(await working).toBe('L-2');
    expect(await told(ledger)).toEqual(before);
    expect((await onAsset(ledger, a)).slice(2)).toEqual(['AssetReserved', 'ReservationCancelled']);
    expect((await onAsset(ledger, b)).slice(4)).toEqual(['ReservationCancelled']);
  });

  it('changes nothing after the voiding was refused', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const first = await lodge(driver, sale('X', [a]));
    await run(driver, first.id, register);
    const back = await lodge(driver, { ...sale('B', [a]), counterparty: '示例公司 X', returnOf: 'X' });
    await run(driver, back.id, { ...register, registeredOn: '2023-07-01' });
    const late = await stalling(ledger, (_stream, type) => type === 'ReleaseReserved');
    const working = run(late.driver, back.id, voiding).catch((error) => error.rule);
    await late.stalled;
    await lodge(driver, sale('Z', [a]));
    await resume(driver, back.id);
    expect((await onContract(ledger, back.id)).slice(-3)).toEqual(['VoidRequested', 'VoidRefused', 'ContractSettled']);
    const before = await told(ledger);
    late.wake();
    expect(await working).toBe('L-9');
    expect(await told(ledger)).toEqual(before);
  });

  it('changes nothing after the title moved on a corrected date', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, sale('X', [a]));
    const late = await stalling(ledger, (_stream, type) => type === 'OwnershipMoved');
    const working = run(late.driver, id, register);
    await late.stalled;
    await run(driver, id, correct('G-1', 'registeredOn', '2023-05-20'));
    const before = await told(ledger);
    late.wake();
    await working;
    expect(await told(ledger)).toEqual(before);
    const moved = (await eventsOf(ledger, `asset-${a.assetId}`)).filter(({ type }) => type === 'OwnershipMoved');
    expect(moved.map(({ data }) => data['on'])).toEqual(['2023-06-01', '2023-05-20']);
  });

  it('does not call settled what happened since', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    await request(driver, 'x', sale('X', [a]), [a]);
    const late = await stalling(ledger, (_stream, type) => type === 'ContractSettled');
    const working = resume(late.driver, 'x');
    await late.stalled;
    const registered: ContractEvent = { type: 'TransferRegistered', data: { registeredOn: '2023-06-01' } };
    await driver.runner.run(contractDecider, contractStream('x'), register, context('registered, then died'));
    expect((await eventsOf(ledger, contractStream('x'))).at(-1)).toEqual(registered);
    late.wake();
    expect((await working).unsettled).toBe(2);
    await resume(driver, 'x');
    expect(await onAsset(ledger, a)).toContain('OwnershipMoved');
    expect(await onContract(ledger, 'x')).toEqual([
      'LodgementRequested',
      'ContractLodged',
      'TransferRegistered',
      'ContractSettled',
    ]);
  });
});

describe('a crash after any append', () => {
  class Killed extends Error {}

  /** A process that dies when its `after`-th append is on disk; whoever waits never hears of it. */
  const mortal = async (ledger: Log, after: number) => {
    let left = after;
    return openDriver(
      new OwnWay(ledger.log, async (_stream, _events, append) => {
        if (left === 0) throw new Killed();
        left -= 1;
        const appended = await append();
        if (left === 0) throw new Killed();
        return appended;
      }),
    );
  };

  interface Story {
    readonly before: (ledger: Log) => Promise<unknown>;
    readonly act: (driver: Driver, ledger: Log) => Promise<unknown>;
  }
  const licensed: Story = {
    before: async () => {},
    act: (driver, { a, b }) => lodge(driver, draft('X', [b, a])),
  };
  const refusedLate: Story = {
    before: async ({ driver, a, b, c }) => {
      await request(driver, 'x', draft('X', [a, b, c]), [a, b, c]);
      await lodge(driver, draft('Y', [b]));
    },
    act: (driver) => resume(driver, 'x'),
  };
  const contractX = async ({ log }: Log) => {
    const all = await log.readAll(START, 10_000);
    return all.find(({ type }) => type === 'LodgementRequested')?.stream.slice(contractStream('').length) ?? '';
  };
  const onX =
    (command: Later, key?: string): Story['act'] =>
    async (driver, ledger) =>
      run(driver, await contractX(ledger), command, key);
  const sold = ({ driver, a, b }: Log) => lodge(driver, sale('X', [a, b]));
  const registered: Story = { before: sold, act: onX(register) };
  const voided: Story = {
    before: async (ledger) => {
      await sold(ledger);
      await onX(register)(ledger.driver, ledger);
    },
    act: onX(voiding),
  };
  const renamed: Story = { before: voided.before, act: onX(correct('G-1', 'counterparty', '示例二公司')) };
  const licence = ({ driver, a, b }: Log) => lodge(driver, draft('X', [a, b], { endsOn: '2026-01-01' }));
  const amended: Story = { before: licence, act: onX(longer) };
  const terminated: Story = { before: licence, act: onX(ending) };
  const effectCorrected: Story = { before: licence, act: onX(correct('G-1', 'effectiveOn', '2023-03-20')) };
  const ended = async (ledger: Log) => {
    await licence(ledger);
    await onX(ending)(ledger.driver, ledger);
  };
  const endedEarlier: Story = { before: ended, act: onX(correct('G-1', 'terminatedOn', '2024-05-31')) };
  const endedLater: Story = { before: ended, act: onX(correct('G-1', 'terminatedOn', '2024-07-31')) };
  const renumbered: Story = {
    before: async (ledger) => {
      await licence(ledger);
      await onX(recording)(ledger.driver, ledger);
    },
    act: onX(correct('G-1', 'recordNo', 'X2')),
  };
  const replaced: Story = {
    before: async (ledger) => {
      await renumbered.before(ledger);
      const cancelling: Later = { type: 'CancelRecording', cancelledOn: '2023-05-01', reason: '示例' };
      await onX(cancelling)(ledger.driver, ledger);
    },
    act: onX({ ...recording, recordNo: 'X3', recordedOn: '2023-06-01' }, 'recorded anew'),
  };
  const voidedLicence: Story = { before: renumbered.before, act: onX(voiding) };
  const stories = {
    licensed,
    refusedLate,
    registered,
    voided,
    renamed,
    amended,
    terminated,
    effectCorrected,
    endedEarlier,
    endedLater,
    renumbered,
    replaced,
    voidedLicence,
  };

  const whole = async ({ before, act }: Story) => {
    const ledger = await openLog();
    await before(ledger);
    const start = await length(ledger);
    await act(ledger.driver, ledger);
    return { result: await told(ledger), appends: (await length(ledger)) - start };
  };

  it.each(Object.keys(stories) as Array<keyof typeof stories>)(
    '%s: repeating the command leads to the same',
    async (name) => {
      const story = stories[name];
      const { result, appends } = await whole(story);
      expect(appends).toBeGreaterThan(3);
      for (let after = 0; after <= appends; after += 1) {
        const ledger = await openLog();
        await story.before(ledger);
        const dying = await mortal(ledger, after);
        await expect(story.act(dying, ledger)).rejects.toThrow(Killed);
        await story.act(ledger.driver, ledger);
        expect(await told(ledger)).toEqual(result);
      }
    },
  );

  it.each(Object.keys(stories) as Array<keyof typeof stories>)(
    '%s: resuming leads to the same once it is decided',
    async (name) => {
      const story = stories[name];
      const { result, appends } = await whole(story);
      let resumed = 0;
      for (let after = 1; after <= appends; after += 1) {
        const ledger = await openLog();
        await story.before(ledger);
        const dying = await mortal(ledger, after);
        const events = async () => (await onContract(ledger, await contractX(ledger))).length;
        const asBefore = await events();
        await expect(story.act(dying, ledger)).rejects.toThrow(Killed);
        if (name !== 'refusedLate' && (await events()) === asBefore) continue;
        await resume(ledger.driver, await contractX(ledger));
        expect(await told(ledger)).toEqual(result);
        resumed += 1;
      }
      expect(resumed).toBeGreaterThan(2);
    },
  );
});

describe('voiding', () => {
  it('L-9: of a return on which a later sale stands is refused, with nothing written', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const first = await lodge(driver, sale('X', [a]));
    await run(driver, first.id, register);
    const back = await lodge(driver, { ...sale('B', [a]), counterparty: '示例公司 X', returnOf: 'X' });
    await run(driver, back.id, { ...register, registeredOn: '2023-07-01' });
    await lodge(driver, sale('Z', [a]));
    const before = await told(ledger);
    await expect(run(driver, back.id, voiding)).rejects.toMatchObject({ rule: 'L-9' });
    expect(await told(ledger)).toEqual(before);
  });

  it('frees the assets', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, sale('X', [a]));
    await run(driver, id, register);
    const { revision } = await run(driver, id, voiding);
    expect(revision).toBe((await onContract(ledger, id)).length - 1);
    expect(await lodge(driver, draft('Y', [a]))).toMatchObject({ written: true });
  });
});

describe('an amendment', () => {
  it('keeps the title of each asset in step, and conflicts with others only', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, draft('X', [a], { endsOn: '2026-01-01' }));
    await run(driver, id, longer);
    expect(await onAsset(ledger, a)).toEqual([
      'AssetReserved',
      'ReservationConfirmed',
      'AssetReserved',
      'ReservationConfirmed',
    ]);
    await expect(lodge(driver, draft('Y', [a], { effectiveOn: '2026-06-01' }))).rejects.toMatchObject({ rule: 'L-2' });
    await run(driver, id, ending);
    expect(await lodge(driver, draft('Z', [a], { effectiveOn: '2026-06-01' }))).toMatchObject({ written: true });
  });

  it('leaves no trace when a title would refuse it', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, draft('X', [a], { endsOn: '2026-01-01' }));
    await lodge(driver, draft('Y', [a], { effectiveOn: '2026-06-01' }));
    const before = await told(ledger);
    await expect(run(driver, id, longer)).rejects.toMatchObject({ rule: 'L-2' });
    expect(await told(ledger)).toEqual(before);
  });
});

describe('a contract number given up for dead', () => {
  it('C-4: is asked for again before the contract is lodged', async () => {
    const ledger = await openLog();
    const { driver, a, b } = ledger;
    await request(driver, 'x', draft('X', [a]), [a]);
    await driver.claims.release('contract', 'hnu/X', 'x', context('given up'));
    await lodge(driver, draft('X', [b]));
    const { status, refusal } = await resume(driver, 'x');
    expect({ status, rule: refusal?.rule }).toEqual({ status: 'REFUSED', rule: 'C-4' });
    expect(await onAsset(ledger, a)).toEqual(['AssetReserved', 'ReservationCancelled']);
  });
});

describe('a corrected name or date', () => {
  it('reaches the titles, also when it goes back to what it was', async () => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, sale('X', [a]));
    await run(driver, id, register);
    await run(driver, id, correct('G-1', 'counterparty', '示例二公司'), 'G-1');
    await run(driver, id, correct('G-2', 'counterparty', '示例公司 X'), 'G-2');
    const moved = (await eventsOf(ledger, `asset-${a.assetId}`)).filter(({ type }) => type === 'OwnershipMoved');
    expect(moved.map(({ data }) => data['to'])).toEqual(['示例公司 X', '示例二公司', '示例公司 X']);
  });
});

describe('a corrected early end', () => {
  const licensedAgain = async (effectiveOn: string) => {
    const ledger = await openLog();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, draft('X', [a], { endsOn: '2026-01-01' }));
    await run(driver, id, ending);
    await lodge(driver, draft('Y', [a], { effectiveOn, endsOn: '2025-01-01' }));
    return { ledger, id };
  };
  it('L-2: takes back the days another licence was given since, only up to that', async () => {
    const { ledger, id } = await licensedAgain('2024-08-01');
    const before = await told(ledger);
    const late = run(ledger.driver, id, correct('G-1', 'terminatedOn', '2024-08-01'), 'G-1');
    await expect(late).rejects.toMatchObject({ rule: 'L-2' });
    expect(await told(ledger)).toEqual(before);
    const fitting = correct('G-2', 'terminatedOn', '2024-07-31');
    expect(await run(ledger.driver, id, fitting, 'G-2')).toMatchObject({ written: true });
    const [last] = (await eventsOf(ledger, `asset-${ledger.a.assetId}`)).slice(-1);
    expect(last).toMatchObject({ type: 'RightEnded', data: { contractId: id, on: '2024-07-31' } });
  });
  it('is kept when the first day is corrected after it', async () => {
    const { ledger, id } = await licensedAgain('2024-07-01');
    await run(ledger.driver, id, correct('G-1', 'effectiveOn', '2023-03-20'));
    const { driver, a } = ledger;
    expect(await lodge(driver, draft('Z', [a], { effectiveOn: '2025-02-01' }))).toMatchObject({ written: true });
  });
});

describe('titles that stay busy', () => {
  const hold = { contractId: 'z', universityId: 'hnu', contractNumber: '示例-HT-9', party: '示例公司' } as const;
  const onTitle = async (ledger: Log, step: RunAsset['command']) => {
    const { assetId } = ledger.a;
    await ledger.driver.commands.execute(new RunAsset(assetId, step, context(`z ${step.type}`, step)));
  };
  /** Reserved by a contract whose driver died. */
  const held = async (from = '2023-01-01') => {
    const ledger = await openLog();
    const right = { kind: 'LICENCE', licence: 'EXCLUSIVE', from } as const;
    return { ledger, take: () => onTitle(ledger, { type: 'Reserve', ...hold, right }) };
  };
  const open = (id: string) => ({ id, pendingAt: `/api/v1/records/contract/${id}` });

  it('decide on a lodgement after it is answered: it is lodged when they are free again', async () => {
    const { ledger, take } = await held();
    const { driver, a } = ledger;
    await take();
    const { id, ...pending } = await lodge(driver, draft('X', [a]));
    expect({ id, ...pending }).toMatchObject({ ...open(id), written: true, revision: 0 });
    expect(await onContract(ledger, id)).toEqual(['LodgementRequested']);
    await expect(run(driver, id, recording)).rejects.toMatchObject({ rule: 'C-45', kind: 'busy' });
    await onTitle(ledger, { type: 'Cancel', contractId: 'z' });
    await resume(driver, id);
    const again = await lodge(driver, draft('X', [a]));
    expect(again).toMatchObject({ id, written: false, revision: 2 });
    expect(again).not.toHaveProperty('pendingAt');
  }, 15_000);

  it('decide on a lodgement after it is answered: it is refused when they are confirmed', async () => {
    const { ledger, take } = await held();
    await take();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, draft('X', [a]));
    await onTitle(ledger, { type: 'Confirm', contractId: 'z' });
    await resume(driver, id);
    const again = lodge(driver, draft('X', [a]));
    await expect(again).rejects.toMatchObject({ rule: 'L-2', place: { field: 'assets', conflict: 'z' } });
  }, 15_000);

  it.each([['Cancel'], ['Confirm']] as const)(
    'decide on an amendment after it is answered (%s)',
    async (end) => {
      const { ledger, take } = await held('2026-06-01');
      const { driver, a } = ledger;
      const { id } = await lodge(driver, draft('X', [a], { endsOn: '2026-01-01' }));
      await take();
      expect(await run(driver, id, longer)).toMatchObject({ ...open(id), written: true });
      await onTitle(ledger, { type: end, contractId: 'z' });
      await resume(driver, id);
      const again = run(driver, id, longer);
      if (end === 'Confirm') await expect(again).rejects.toMatchObject({ rule: 'L-2', place: { conflict: 'z' } });
      else {
        expect(await again).toMatchObject({ id, written: false });
        expect(await again).not.toHaveProperty('pendingAt');
      }
    },
    15_000,
  );

  it('decide on a voiding after it is answered', async () => {
    const { ledger } = await held();
    const { driver, a } = ledger;
    const { id } = await lodge(driver, draft('X', [a], { sublicensable: true }));
    const right = { kind: 'LICENCE', licence: 'SUB', from: '2024-01-01', under: id } as const;
    await onTitle(ledger, { type: 'Reserve', ...hold, right });
    expect(await run(driver, id, voiding)).toMatchObject({ ...open(id), written: true });
    await onTitle(ledger, { type: 'Cancel', contractId: 'z' });
    expect(await run(driver, id, voiding)).toMatchObject({ id, written: false });
    expect((await onContract(ledger, id)).slice(-2)).toEqual(['ContractVoided', 'ContractSettled']);
  }, 15_000);

  it('refuse for now what they would have to follow at once', async () => {
    const { ledger, take } = await held('2024-08-01');
    const { driver, a } = ledger;
    await lodge(driver, draft('X', [a], { endsOn: '2024-01-01' }));
    await take();
    const before = await told(ledger);
    const command = { type: 'RecordLicence', recordNo: 'X1', recordedOn: '2024-03-01' } as const;
    const followUps = [{ command, context: context('recorded', command) }];
    const contract = draft('Y', [a], { effectiveOn: '2024-02-01' });
    const lodging = new LodgeContract(contract, context('Y', 'Y'), followUps);
    await expect(driver.commands.execute(lodging)).rejects.toMatchObject({ rule: 'C-20', kind: 'busy' });
    expect(await told(ledger)).toEqual(before);
  }, 15_000);
});

describe('a number another contract bears', () => {
  it('C-4: names it by its number', async () => {
    const ledger = await openLog();
    const { driver, a, b } = ledger;
    const { id } = await lodge(driver, draft('X', [a]));
    await run(driver, id, recording);
    const again = driver.commands.execute(new LodgeContract(draft('X', [b]), context('again', 'again')));
    const text = { en: expect.stringContaining('record (X)'), zh: expect.stringContaining('（X）') };
    await expect(again).rejects.toMatchObject({ rule: 'C-4', text, place: { conflict: id } });
    const other = await lodge(driver, draft('Y', [b]));
    await expect(run(driver, other.id, recording)).rejects.toMatchObject({ rule: 'C-4', text });
  });
});
