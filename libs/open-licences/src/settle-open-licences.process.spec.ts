import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type RecordedEvent, START } from '@app/event-store';
import { EvidenceModule, KeepEvidence } from '@app/evidence';
import { type TestLedger, openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { FileFolder } from '@app/imports';
import { Refusal, fold, type Actor } from '@app/kernel';
import { type AssetEvent, PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { RegistryModule, RunUniversity, registryEvents, registryProjections } from '@app/registry';
import fc from 'fast-check';
import { openGrantEvents } from './open-grant.projection.js';
import { openLicenceEvents } from './open-licence.projection.js';
import { openLicenceIntents } from './open-intent.projection.js';
import { openGrantDecider } from './open-grant.js';
import type { OpenGrantEvent } from './open-grant-events.js';
import { type OpenGrantRequest, RunOpenGrant } from './open-grant.handler.js';
import { openLicenceDecider } from './open-licence.js';
import type { OpenLicenceEvent } from './open-licence-events.js';
import { type OpenLicenceRequest, RunOpenLicence } from './open-licence.handler.js';
import { OpenLicencesModule } from './open-licences.module.js';
import { ResumeOpenLicences } from './resume-open-licences.process.js';

const { reviewer } = testActors;
const LATER = new Date('2025-12-31T05:00:00.000Z');

let files: string;
beforeAll(() => {
  files = mkdtempSync(join(tmpdir(), 'ledger-open-licences-'));
});
afterAll(() => rmSync(files, { recursive: true }));

type Append = TestLedger['store']['append'];

/** A ledger with one granted patent, whose writer can be killed after some appends, or stalled before one. */
const openLedger = async () => {
  const ledger = await openTestLedger({
    modules: [RegistryModule, PatentsModule, EvidenceModule, OpenLicencesModule],
    providers: [{ provide: FileFolder, useValue: { path: files, uploadLimit: 1_000, evidenceLimit: 1_000 } }],
    events: [...registryEvents, ...patentsEvents, openLicenceEvents, openGrantEvents],
    projections: [...registryProjections, openLicenceIntents],
  });
  const { commands, store } = ledger;
  const append: Append = store.append.bind(store);
  const life: { left: number; before: (stream: string) => Promise<void> } = {
    left: Number.POSITIVE_INFINITY,
    before: async () => {},
  };
  store.append = async (stream, ...rest) => {
    if (life.left === 0) throw new Error('killed');
    life.left -= 1;
    await life.before(stream);
    return append(stream, ...rest);
  };
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例',
  } as const;
  const register = { type: 'RegisterUniversity', data } as const;
  await commands.execute(new RunUniversity('hnu', register, testCommand('university', data, reviewer)));
  const patent = {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: '201910699568X',
    title: '示例',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
  } as const;
  const { id: assetId } = await commands.execute(new RegisterAsset(patent, testCommand('asset', patent)));
  return { ...ledger, life, assetId };
};
type Ledger = Awaited<ReturnType<typeof openLedger>>;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());
const anew = async () => {
  await ledger.close();
  ledger = await openLedger();
};

const run = (key: string, command: OpenLicenceRequest, actor?: Actor) =>
  ledger.commands.execute(new RunOpenLicence(command, testCommand(key, command, actor)));
const runGrant = (key: string, command: OpenGrantRequest) =>
  ledger.commands.execute(new RunOpenGrant(command, testCommand(key, command)));
const declare = async () =>
  (
    await run('declare', {
      type: 'DeclareOpenLicence',
      universityId: 'hnu',
      number: '示例-KF-1',
      asset: '201910699568X',
      declaredOn: '2024-03-01',
      endsOn: '2027-02-28',
      feeType: 'FREE',
    })
  ).id;
const announce = (declarationId: string, announcedOn = '2024-04-10', key = 'announce') =>
  run(`${key} ${announcedOn}`, { type: 'AnnounceOpenLicence', declarationId, announcedOn });
const withdraw = (declarationId: string, withdrawnOn = '2025-01-15', key = 'withdraw') =>
  run(`${key} ${withdrawnOn}`, { type: 'WithdrawOpenLicence', declarationId, withdrawnOn });
const grant = (declarationId: string, noticeOn = '2024-05-06', number = '示例-KFSS-1') =>
  runGrant(`grant ${number} ${noticeOn}`, {
    type: 'GrantOpenLicence',
    declarationId,
    number,
    licensee: '示例公司',
    noticeOn,
    paidOn: noticeOn,
    paidFen: '0',
  });
const approval = { reason: '示例', evidence: '示例', approver: 'reviewer' };
const record = (grantId: string, recordNo = 'X1') =>
  runGrant(`record ${grantId} ${recordNo}`, { type: 'RecordOpenGrant', grantId, recordNo, recordedOn: '2025-02-01' });
const voidGrant = (grantId: string) => runGrant(`void ${grantId}`, { type: 'VoidOpenGrant', grantId, ...approval });
const endGrant = (grantId: string, on = '2024-12-31') =>
  runGrant(`end ${grantId}`, { type: 'EndOpenGrant', grantId, on, ...approval });
const onAsset = (command: RunAsset['command'], key: string) =>
  ledger.commands.execute(new RunAsset(ledger.assetId, command, testCommand(key, command)));
const licensed = async (contractId: string, licence: 'EXCLUSIVE' | 'ORDINARY') => {
  const right = { kind: 'LICENCE', licence, from: '2024-04-01', to: '2024-06-30' } as const;
  await onAsset(
    { type: 'Reserve', contractId, universityId: 'hnu', contractNumber: contractId, party: '示例', right },
    `reserve ${contractId}`,
  );
  await onAsset({ type: 'Confirm', contractId }, `confirm ${contractId}`);
};

const log = () => ledger.store.readAll(START, 10_000);
const typesOf = async (stream: string) => (await ledger.store.readStream(stream)).map(({ type }) => type);
const onTitle = async () => (await typesOf(`asset-${ledger.assetId}`)).slice(1);

/** All streams by name, without when and by whom. */
const told = async (): Promise<Record<string, unknown>> => {
  const streams: Record<string, unknown[]> = {};
  for (const { stream, type, data } of await log()) {
    const { at: _at, ...rest } = data;
    (streams[stream] ??= []).push({ type, data: rest });
  }
  return streams;
};

const resume = async () => {
  ledger.life.left = Number.POSITIVE_INFINITY;
  await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
  await ledger.app.get(ResumeOpenLicences).resume(LATER, 0);
  await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
};

const streamsOf = async (category: string) => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of await log()) {
    if (!event.stream.startsWith(category)) continue;
    const id = event.stream.slice(category.length);
    streams.set(id, [...(streams.get(id) ?? []), event]);
  }
  return [...streams];
};

/** What the declarations and grants say. */
const saidByRecords = async (): Promise<string[]> => {
  const said: string[] = [];
  for (const [id, events] of await streamsOf('open-licence-')) {
    const licence = fold(openLicenceDecider, events as unknown as OpenLicenceEvent[]);
    const { announcedOn, withdrawnOn, endedOn } = licence;
    expect(licence.open).toBeUndefined();
    if (announcedOn) said.push(`open ${id} ${announcedOn} ${withdrawnOn ?? endedOn ?? ''}`);
  }
  for (const [id, events] of await streamsOf('open-grant-')) {
    const { status, terms, endedOn, unsettled } = fold(openGrantDecider, events as unknown as OpenGrantEvent[]);
    expect(unsettled).toBeUndefined();
    if (status === 'GRANTED') said.push(`grant ${id} ${terms?.effectiveOn} ${endedOn ?? terms?.endsOn}`);
  }
  return said.toSorted();
};

/** What the title says, read from its events alone. */
const saidByTitle = async (): Promise<string[]> => {
  const held = new Map<string, { readonly kind: string; readonly from: string; readonly to: string }>();
  const end = (id: string, to: string) => held.set(id, { kind: '', from: '', ...held.get(id), to });
  for (const event of (await ledger.store.readStream(`asset-${ledger.assetId}`)) as unknown as AssetEvent[]) {
    if (event.type === 'OpenLicenceEntered') {
      held.set(event.data.declarationId, { kind: 'open', from: event.data.from, to: '' });
    }
    if (event.type === 'OpenLicenceEnded') end(event.data.declarationId, event.data.on);
    if (event.type === 'OpenGrantEntered') {
      held.set(event.data.grantId, { kind: 'grant', from: event.data.from, to: event.data.to });
    }
    if (event.type === 'OpenGrantEntryEnded') end(event.data.grantId, event.data.on);
    if (event.type === 'RightReleased') held.delete(event.data.contractId);
  }
  return [...held].map(([id, { kind, from, to }]) => `${kind} ${id} ${from} ${to}`).toSorted();
};
const expectAgreement = async () => {
  expect(await saidByRecords()).toEqual(await saidByTitle());
};

interface Scene {
  /** What happened before; answers the record the step is about. */
  readonly before: () => Promise<string>;
  readonly step: (id: string) => Promise<unknown>;
  readonly appends: number;
  /** The same step on another day. */
  readonly again: (id: string) => Promise<unknown>;
}

const opened = async () => {
  const id = await declare();
  await announce(id);
  return id;
};
const taken = async () => (await grant(await opened())).id;

const SCENES: Readonly<Record<string, Scene>> = {
  announcing: { before: declare, step: announce, appends: 3, again: (id) => announce(id, '2024-04-11') },
  withdrawing: { before: opened, step: withdraw, appends: 3, again: (id) => withdraw(id, '2025-01-16') },
  granting: { before: opened, step: grant, appends: 4, again: (id) => grant(id, '2024-05-07') },
  'ending a grant': { before: taken, step: endGrant, appends: 3, again: (id) => endGrant(id, '2024-12-31') },
  'voiding a grant': { before: taken, step: voidGrant, appends: 4, again: voidGrant },
};

describe.each(Object.entries(SCENES))('%s', (_name, { before, step, appends, again }) => {
  const whole = async () => {
    const id = await before();
    const untouched = await told();
    const length = (await log()).length;
    await step(id);
    expect((await log()).length - length).toBe(appends);
    return { untouched, done: await told() };
  };

  it('killed after any append is finished by the resuming process, or never was', async () => {
    const { untouched, done } = await whole();
    for (let left = 0; left < appends; left += 1) {
      await anew();
      const id = await before();
      ledger.life.left = left;
      await expect(step(id)).rejects.toThrow('killed');
      await resume();
      await expectAgreement();
      const after = await told();
      const streams = Object.keys(after).filter((stream) => !stream.startsWith('claim-'));
      const ended = streams.some(
        (stream) => (after[stream] as unknown[]).length > ((untouched[stream] ?? []) as unknown[]).length,
      );
      const expected = ended ? done : untouched;
      for (const stream of streams) expect(after[stream]).toEqual(expected[stream]);
    }
  });

  it('killed after any append is finished by the same command', async () => {
    const { done } = await whole();
    for (let left = 0; left < appends; left += 1) {
      await anew();
      const id = await before();
      ledger.life.left = left;
      await expect(step(id)).rejects.toThrow('killed');
      ledger.life.left = Number.POSITIVE_INFINITY;
      await step(id);
      await expectAgreement();
      expect(await told()).toEqual(done);
    }
  });

  it('killed after any append, then sent with another date: title and record agree', async () => {
    for (let left = 0; left < appends; left += 1) {
      await anew();
      const id = await before();
      ledger.life.left = left;
      await expect(step(id)).rejects.toThrow('killed');
      ledger.life.left = Number.POSITIVE_INFINITY;
      const answer = await again(id).catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(Refusal);
      await resume();
      await expectAgreement();
    }
  });
});

/** Holds up the first append to the title; answers when it is reached, and lets it go. */
const stallTitle = () => {
  let go: () => void = () => {};
  let reached: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let isFirst = true;
  ledger.life.before = async (stream) => {
    if (!isFirst || stream !== `asset-${ledger.assetId}`) return;
    isFirst = false;
    reached();
    await gate;
  };
  return { waiting, go: () => go() };
};

describe('a stalled driver', () => {
  it('of an announcement that was refused meanwhile does no harm, and it can be announced again', async () => {
    const id = await declare();
    const { waiting, go } = stallTitle();
    const stalled = announce(id);
    await waiting;
    await licensed('c1', 'EXCLUSIVE');
    await resume();
    expect(await typesOf(`open-licence-${id}`)).toEqual([
      'OpenLicenceDeclared',
      'OpenLicenceAnnouncementRequested',
      'OpenLicenceStepRefused',
      'OpenLicenceSettled',
    ]);
    await onAsset({ type: 'Release', contractId: 'c1', on: '2024-04-01' }, 'release');
    go();
    await expect(stalled).rejects.toMatchObject({ rule: 'OL-1' });
    expect(await onTitle()).not.toContain('OpenLicenceEntered');
    await expectAgreement();
    await announce(id, '2024-04-10', 'announced again');
    await expectAgreement();
    expect((await onTitle()).filter((type) => type === 'OpenLicenceEntered')).toHaveLength(1);
  });

  it('of an announcement goes on when the title changed without harm', async () => {
    const id = await declare();
    const { waiting, go } = stallTitle();
    const stalled = announce(id);
    await waiting;
    await licensed('c1', 'ORDINARY');
    go();
    expect(await stalled).toMatchObject({ id, written: true });
    await expectAgreement();
  });

  it('of a withdrawal finds it refused, or done by others', async () => {
    const id = await opened();
    const { waiting, go } = stallTitle();
    const stalled = withdraw(id);
    await waiting;
    const late = { declarationId: id, grantId: 'g9', universityId: 'hnu', number: '示例-9', licensee: '示例' } as const;
    await onAsset(
      { type: 'EnterOpenGrant', ...late, noticeOn: '2025-01-20', from: '2025-01-20', to: '2027-02-28' },
      'late grant',
    );
    await resume();
    go();
    await expect(stalled).rejects.toMatchObject({ rule: 'OL-12' });
    expect(await onTitle()).not.toContain('OpenLicenceEnded');
    expect(await typesOf(`open-licence-${id}`)).not.toContain('OpenLicenceWithdrawn');
    await withdraw(id, '2025-01-21');
    expect(await saidByRecords()).toEqual([`open ${id} 2024-04-10 2025-01-21`]);
  });

  it('of a grant cannot enter it once it was refused', async () => {
    const id = await opened();
    const { waiting, go } = stallTitle();
    const stalled = grant(id, '2025-01-20');
    await waiting;
    await withdraw(id);
    await resume();
    go();
    await expect(stalled).rejects.toMatchObject({ rule: 'OL-11' });
    expect(await onTitle()).toEqual(['OpenLicenceEntered', 'OpenLicenceEnded', 'OpenGrantEntryCancelled']);
    await expectAgreement();
    await grant(id, '2025-01-14');
    await expectAgreement();
  });
});

describe('the resuming process', () => {
  it('is not stopped by a fault of one intent', async () => {
    const id = await declare();
    ledger.life.left = 1;
    await expect(announce(id)).rejects.toThrow('killed');
    ledger.life.left = Number.POSITIVE_INFINITY;
    await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
    ledger.life.left = 0;
    expect(await ledger.app.get(ResumeOpenLicences).resume(LATER, 0)).toBe(0);
    await resume();
    await expectAgreement();
  });
  it('leaves young intents to their drivers', async () => {
    const id = await declare();
    ledger.life.left = 1;
    await expect(announce(id)).rejects.toThrow('killed');
    ledger.life.left = Number.POSITIVE_INFINITY;
    await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
    expect(await ledger.app.get(ResumeOpenLicences).resume(new Date('2025-12-31T04:00:03.000Z'))).toBe(0);
    expect(await ledger.app.get(ResumeOpenLicences).resume(new Date('2025-12-31T04:00:06.000Z'))).toBe(1);
  });
});

describe('voiding', () => {
  it('frees the title and the numbers of a grant', async () => {
    const id = await opened();
    const { id: grantId } = await grant(id);
    await record(grantId);
    await voidGrant(grantId);
    await expectAgreement();
    const { id: second } = await grant(id, '2024-05-07');
    expect(await record(second)).toMatchObject({ written: true });
  });
  it('of a declaration before its announcement gives its number back', async () => {
    const declarationId = await declare();
    await run('void', { type: 'VoidOpenLicence', declarationId, ...approval });
    const again = {
      type: 'DeclareOpenLicence',
      universityId: 'hnu',
      number: '示例-KF-1',
      asset: '201910699568X',
    } as const;
    const terms = { declaredOn: '2024-03-02', endsOn: '2027-02-28', feeType: 'FREE' } as const;
    expect(await run('declare again', { ...again, ...terms })).toMatchObject({ written: true });
  });
  it('names the files of evidence it stands on', async () => {
    const { id: grantId } = await grant(await opened());
    const file = {
      body: Readable.from([Buffer.from('%PDF-1.4\n%%EOF\n')]),
      name: '示例.pdf',
      statedType: 'application/pdf',
    };
    const keep = new KeepEvidence(file, testActors.clerk, '2025-12-31T04:00:00.000Z');
    const { hash } = await ledger.commands.execute(keep);
    const naming = (evidenceFiles: string[]) =>
      runGrant(`void ${evidenceFiles.join()}`, { type: 'VoidOpenGrant', grantId, ...approval, evidenceFiles });
    await expect(naming(['0'.repeat(64)])).rejects.toMatchObject({ rule: 'X-4' });
    await naming([hash]);
    const events = await ledger.store.readStream(`open-grant-${grantId}`);
    const { data } = events.find(({ type }) => type === 'OpenGrantVoided') ?? {};
    expect(data).toMatchObject({ evidenceFiles: [{ hash, name: '示例.pdf', mediaType: 'application/pdf' }] });
  });
  it('A-12, A-14: is refused without another person to approve it', async () => {
    const { id: grantId } = await grant(await opened());
    const by = (approver: string) =>
      runGrant(`by ${approver}`, { type: 'VoidOpenGrant', grantId, ...approval, approver });
    await expect(by('nobody')).rejects.toMatchObject({ rule: 'A-12' });
    await expect(by('clerk')).rejects.toMatchObject({ rule: 'A-14' });
  });
});

describe('whatever is done in whatever order', () => {
  const DATES = ['2024-03-15', '2024-05-01', '2024-08-01', '2024-12-01', '2025-03-01'] as const;
  const act = fc.record({
    kind: fc.constantFrom('announce', 'withdraw', 'terminate', 'grant', 'grant', 'record', 'end', 'void'),
    on: fc.constantFrom(...DATES),
    which: fc.nat({ max: 5 }),
  });

  it('title and record agree, and a refusal leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
        await anew();
        const declarationId = await declare();
        const grants: string[] = [];
        for (const [index, { kind, on, which }] of acts.entries()) {
          const grantId = grants[which % Math.max(grants.length, 1)] ?? 'none';
          const doing = {
            announce: () => announce(declarationId, on, `a${index}`),
            withdraw: () => withdraw(declarationId, on, `w${index}`),
            terminate: () =>
              run(`t${index}`, { type: 'TerminateOpenLicence', declarationId, endedOn: on, cause: 'LAPSED' }),
            grant: async () => grants.push((await grant(declarationId, on, `示例-${index}`)).id),
            record: () => record(grantId, `X${index}`),
            end: () => runGrant(`e${index}`, { type: 'EndOpenGrant', grantId, on, ...approval }),
            void: () => voidGrant(grantId),
          };
          const head = await ledger.store.head();
          try {
            await doing[kind as keyof typeof doing]();
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
            expect(await ledger.store.head()).toBe(head);
          }
          await expectAgreement();
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
  }, 60_000);
});
