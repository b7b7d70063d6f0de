import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Approvers, OfficeDatabase, PersonStore, UserStore } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  START,
  claimEvents,
  claimStream,
  commandContext,
} from '@app/event-store';
import { EvidenceModule, KeepEvidence } from '@app/evidence';
import { HttpModule, type LedgerRequest } from '@app/http';
import { FileFolder, type ImportKind, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { Global, Module } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { DisclosedInvention } from './disclosure-events.js';
import { NoteDisclosureFiling, TakeBackDisclosureFiling } from './disclosure-filing.handler.js';
import { RunDisclosure } from './disclosure.handler.js';
import type { DisclosureRequest, DisclosureStepRequest } from './disclosure-input.handler.js';
import { disclosureEvents } from './disclosure.projection.js';
import { DisclosuresImports } from './disclosures.import.js';
import { DisclosuresModule } from './disclosures.module.js';
import { type EvaluationRequest, type EvaluationStepRequest, RunEvaluation } from './evaluation.handler.js';
import { FindFilingDecision, FindRelease } from './evaluation.queries.js';
import { evaluationEvents } from './evaluation.projection.js';

const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };
const reviewer: Actor = { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' };
const now = '2025-12-31T04:00:00.000Z';

const context = (key: string, input: unknown, actor = clerk): CommandContext =>
  commandContext({ actor, now, scope: [actor.id, key], input, source: 'test' });

const invention: DisclosureRequest = {
  type: 'DiscloseInvention',
  universityId: 'hnu',
  number: '示例-PL-1',
  confidentiality: 'PUBLIC',
  title: '示例：一种测量装置',
  completedOn: '2021-03-05',
  disclosedOn: '2021-03-20',
  inventors: [
    { staffNumber: '示例001', name: '示例甲', sharePermyriad: 6_000, role: 'LEAD' },
    { staffNumber: '示例002', name: '示例乙', sharePermyriad: 4_000, role: 'INVENTOR' },
  ],
};

const evaluation: EvaluationRequest = {
  type: 'ConcludeEvaluation',
  universityId: 'hnu',
  number: '示例-PG-1',
  disclosureNumber: '示例-PL-1',
  evaluatorKind: 'INTERNAL',
  evaluator: '示例大学知识产权中心',
  evaluatedOn: '2021-04-10',
  conclusion: 'DO_NOT_FILE',
};

const filing = {
  type: 'DecideFiling',
  decision: 'DO_NOT_FILE',
  decidedOn: '2021-04-20',
  decidedBy: '科研院院长',
} as const;

const university = {
  code: 'hnu',
  name: '示例大学',
  ownership: 'PROVINCIAL',
  level: 'UNDERGRADUATE',
  authority: '示例主管部门',
} as const;

const openLedger = async () => {
  const store = new MemoryEventStore();
  const registry = new EventRegistry([claimEvents, ...registryEvents, disclosureEvents, evaluationEvents]);
  const runner = new DeciderRunner(store, registry);
  const office = await OfficeDatabase.inMemory();
  const persons = await PersonStore.open(office, new Uint8Array(32));
  const users = new UserStore(office);
  const head = { username: 'hnu-head', password: 'example-1', displayName: '示例负责人', role: 'TRANSFER_OFFICE' };
  await users.add({ ...head, organisation: 'hnu' }, now);
  const folder = mkdtempSync(join(tmpdir(), 'disclosures-'));
  const shared = [
    { provide: OfficeDatabase, useValue: office },
    { provide: Approvers, useValue: new Approvers(users) },
    { provide: FileFolder, useValue: { path: folder, uploadLimit: 1_000, evidenceLimit: 1_000 } },
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: new ClaimKeeper(runner) },
    { provide: PersonStore, useValue: persons },
    { provide: ReadModels, useValue: embeddedReadModels(store, registry, [], '') },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [CqrsModule.forRoot(), Ledger, HttpModule, RegistryModule, EvidenceModule, DisclosuresModule];
  const testing = await Test.createTestingModule({ imports }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request: LedgerRequest) => {
      request.actor = clerk;
    });
  await app.init();
  const commands = app.get(CommandBus);
  const register = { type: 'RegisterUniversity', data: university } as const;
  await commands.execute(new RunUniversity('hnu', register, context('register', university, reviewer)));
  const close = async () => {
    await app.close();
    await office.close();
    rmSync(folder, { recursive: true });
  };
  return { app, store, persons, commands, queries: app.get(QueryBus), close };
};

type Ledger = Awaited<ReturnType<typeof openLedger>>;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

const disclose = (key: string, more: Partial<DisclosureRequest> = {}, actor = clerk) => {
  const request = { ...invention, ...more };
  return ledger.commands.execute(new RunDisclosure(request, context(key, request, actor)));
};
const evaluate = (key: string, more: Partial<EvaluationRequest> = {}, actor = clerk) => {
  const request = { ...evaluation, ...more };
  return ledger.commands.execute(new RunEvaluation(request, context(key, request, actor)));
};
const decide = (key: string, evaluationId: string, actor = clerk) =>
  ledger.commands.execute(
    new RunEvaluation({ ...filing, evaluationId }, context(key, { ...filing, evaluationId }, actor)),
  );
const standing = () => ledger.queries.execute(new FindFilingDecision('hnu', '示例-PL-1'));
const wholeLog = () => ledger.store.readAll(START, 1_000);
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };

describe('a disclosure', () => {
  it('is written once under its own id and number', async () => {
    const first = await disclose('k1');
    expect(first).toMatchObject({ revision: 0, written: true });
    expect(await disclose('k1')).toMatchObject({ id: first.id, revision: 0, written: false });
    const [event] = await ledger.store.readStream(`disclosure-${first.id}`);
    expect(event).toMatchObject({ type: 'InventionDisclosed', data: { number: '示例-PL-1' } });
  });

  it('leaves no name or staff number in the log, and finds the names by person id', async () => {
    const { id } = await disclose('k1');
    expect(JSON.stringify(await wholeLog())).not.toMatch(/示例甲|示例乙|示例001|示例002/);
    const [event] = await ledger.store.readStream(`disclosure-${id}`);
    const { data } = event as unknown as { data: DisclosedInvention };
    const ids = data.inventors.map(({ personId }) => personId);
    const names = await ledger.persons.names(ids);
    expect(ids.map((personId) => names.get(personId))).toEqual(['示例甲', '示例乙']);
  });

  it('leaves no hash over names in the log', async () => {
    const { inputHash } = context('k1', invention);
    await disclose('k1');
    expect(JSON.stringify(await wholeLog())).not.toContain(inputHash);
  });

  it('C-1: is refused when the key comes back with other content', async () => {
    await disclose('k1');
    await expect(disclose('k1', { title: '示例：另一项成果' })).rejects.toMatchObject({ rule: 'C-1' });
  });

  it('C-4: is refused when the number is taken, and enrols nobody', async () => {
    await disclose('k1');
    const inventors = [{ staffNumber: '示例003', name: '示例丙', sharePermyriad: 10_000, role: 'LEAD' }] as const;
    await expect(disclose('k2', { inventors })).rejects.toMatchObject({ rule: 'C-4' });
    const personId = ledger.persons.personId('hnu', '示例003');
    expect((await ledger.persons.names([personId])).size).toBe(0);
  });

  it('claims nothing and enrols nobody when it is refused', async () => {
    await expect(disclose('k1', { disclosedOn: '2021-03-01' })).rejects.toMatchObject({ rule: 'D-9' });
    expect(await ledger.store.readStream(claimStream('disclosure', 'hnu/示例-PL-1'))).toEqual([]);
    expect((await ledger.persons.names([ledger.persons.personId('hnu', '示例001')])).size).toBe(0);
  });

  it('A-1, A-2, C-5: is refused to others, and for a university that is not registered', async () => {
    await expect(disclose('k1', {}, reviewer)).rejects.toMatchObject({ rule: 'A-1' });
    await expect(disclose('k1', {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    await expect(disclose('k1', { universityId: 'csu' })).rejects.toMatchObject({ rule: 'C-5' });
  });
});

describe('an evaluation', () => {
  it('is written for a disclosure, and takes over its title', async () => {
    const disclosure = await disclose('k1');
    const { id, written } = await evaluate('k2');
    expect(written).toBe(true);
    const [event] = await ledger.store.readStream(`evaluation-${id}`);
    expect(event?.data).toMatchObject({ disclosureId: disclosure.id, title: '示例：一种测量装置' });
    expect(await evaluate('k2')).toMatchObject({ id, written: false });
  });

  it('C-5: is refused without its disclosure', async () => {
    const refusal = { rule: 'C-5', place: { field: 'disclosureNumber' } };
    await expect(evaluate('k2')).rejects.toMatchObject(refusal);
  });

  it('C-4: is refused when its number is taken', async () => {
    await disclose('k1');
    await evaluate('k2');
    await expect(evaluate('k3')).rejects.toMatchObject({ rule: 'C-4' });
  });

  it('E-16: is refused for a secret result', async () => {
    const secret = {
      type: 'DiscloseInvention',
      universityId: 'hnu',
      number: '示例-PL-1',
      confidentiality: 'SECRET',
    } as const;
    await ledger.commands.execute(new RunDisclosure(secret, context('k1', secret)));
    await expect(evaluate('k2')).rejects.toMatchObject({ rule: 'E-16' });
  });

  it('A-2: is refused to another office', async () => {
    await disclose('k1');
    await expect(evaluate('k2', {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

describe('a filing decision', () => {
  it('stands for its disclosure once it is made', async () => {
    await disclose('k1');
    const { id } = await evaluate('k2');
    expect(await standing()).toBeUndefined();
    expect(await decide('k3', id)).toMatchObject({ id, revision: 1, written: true });
    const { type: _type, ...decided } = filing;
    const found = { evaluationId: id, evaluationNumber: '示例-PG-1', conclusion: 'DO_NOT_FILE', ...decided };
    expect(await standing()).toEqual(found);
  });

  it('C-4: is the only one of its disclosure, whichever evaluation it stands on', async () => {
    await disclose('k1');
    const first = await evaluate('k2');
    const second = await evaluate('k3', { number: '示例-PG-2' });
    await decide('k4', first.id);
    await expect(decide('k5', second.id)).rejects.toMatchObject({ rule: 'C-4', place: { conflict: first.id } });
  });

  it('E-42: is refused on an older evaluation, naming the later; accepted where that came after the decision', async () => {
    await disclose('k1');
    const first = await evaluate('k2');
    const later = await evaluate('k3', { number: '示例-PG-2', evaluatedOn: '2021-04-20' });
    const refusal = { rule: 'E-42', place: { conflict: later.id }, text: { en: expect.stringContaining('示例-PG-2') } };
    await expect(decide('k4', first.id)).rejects.toMatchObject(refusal);
    const command = { ...filing, evaluationId: first.id, decidedOn: '2021-04-19' };
    expect(await evaluationStep('k5', command)).toMatchObject({ written: true });
  });

  it('E-17, E-18: is refused of a disclosure returned since, or found to be no service invention', async () => {
    const { id: disclosureId } = await disclose('k1');
    const { id } = await evaluate('k2');
    await step('k3', { type: 'ReturnDisclosure', disclosureId, on: '2021-04-15', reason: '示例' });
    await expect(decide('k4', id)).rejects.toMatchObject({ rule: 'E-17', place: { conflict: disclosureId } });
    const determination = { ground: 'NOT_SERVICE', determinedOn: '2021-04-16', basis: '示例' } as const;
    await step('k5', { type: 'SupplementDisclosure', disclosureId, on: '2021-04-16', keywords: ['示例'] });
    await step('k6', { type: 'AcceptDisclosure', disclosureId, on: '2021-04-16' });
    expect(await decide('k7', id)).toMatchObject({ written: true });
    await step('k8', { type: 'DetermineServiceInvention', disclosureId, ...determination });
    expect(await decide('k9', id)).toMatchObject({ written: false });
    const release = { type: 'ReleaseRight', on: '2021-05-01', contractNo: '示例', sharePermyriad: 1_000 } as const;
    await expect(evaluationStep('k10', { ...release, evaluationId: id })).rejects.toMatchObject({ rule: 'E-18' });
  });

  it('E-43: is refused where the disclosure turns out to be made after its evaluation', async () => {
    const { id: disclosureId } = await disclose('k1');
    const { id } = await evaluate('k2');
    const changes = { disclosedOn: '2021-04-11' };
    await step('k3', { type: 'CorrectDisclosure', disclosureId, changes, ...approval });
    await expect(decide('k4', id)).rejects.toMatchObject({ rule: 'E-43' });
    const back = {
      type: 'CorrectDisclosure',
      disclosureId,
      changes: { disclosedOn: '2021-04-10' },
      ...approval,
    } as const;
    await step('k5', back);
    expect(await decide('k6', id)).toMatchObject({ written: true });
  });

  it('E-15, A-2: is refused without an evaluation and to another office', async () => {
    await disclose('k1');
    const { id } = await evaluate('k2');
    await expect(decide('k3', 'none')).rejects.toMatchObject({ rule: 'E-15' });
    await expect(decide('k3', id, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

const approval = { reason: '示例：笔误', evidence: '示例文号1', approver: 'hnu-head' } as const;
const step = (key: string, command: DisclosureStepRequest, actor = clerk) =>
  ledger.commands.execute(new RunDisclosure(command, context(key, command, actor)));
const evaluationStep = (key: string, command: EvaluationStepRequest, actor = clerk) =>
  ledger.commands.execute(new RunEvaluation(command, context(key, command, actor)));
const typesOf = async (stream: string) => (await ledger.store.readStream(stream)).map(({ type }) => type);
const keepFile = async (actor = clerk) => {
  const body = Readable.from([Buffer.from('%PDF-1.4 示例')]);
  const file = { body, name: '示例.pdf', statedType: 'application/pdf' };
  return ledger.commands.execute(new KeepEvidence(file, actor, now));
};

describe('the life of a disclosure', () => {
  const third = [
    { staffNumber: '示例001', name: '示例甲', sharePermyriad: 5_000, role: 'LEAD' },
    { staffNumber: '示例002', name: '示例乙', sharePermyriad: 3_000, role: 'INVENTOR' },
    { staffNumber: '示例003', name: '示例丙', sharePermyriad: 2_000, role: 'INVENTOR', employment: 'STUDENT' },
  ] as const;

  it('is accepted after it was returned and supplemented, without a name in the log', async () => {
    const { id: disclosureId } = await disclose('k1');
    await step('k2', { type: 'ReturnDisclosure', disclosureId, on: '2021-03-25', reason: '示例：缺发明人' });
    const supplement = { type: 'SupplementDisclosure', disclosureId, on: '2021-03-28', inventors: third } as const;
    await step('k3', supplement);
    expect(await step('k3', supplement)).toMatchObject({ written: false, revision: 2 });
    await step('k4', { type: 'AcceptDisclosure', disclosureId, on: '2021-04-01' });
    expect(await typesOf(`disclosure-${disclosureId}`)).toEqual([
      'InventionDisclosed',
      'DisclosureReturned',
      'DisclosureSupplemented',
      'DisclosureAccepted',
    ]);
    expect(JSON.stringify(await wholeLog())).not.toMatch(/示例丙|示例003/);
    const personId = ledger.persons.personId('hnu', '示例003');
    expect((await ledger.persons.names([personId])).get(personId)).toBe('示例丙');
  });

  it('leaves no hash over names in the log, and enrols nobody for a step that is refused', async () => {
    const { id: disclosureId } = await disclose('k1');
    const inventors = third.slice(1);
    const supplement = { type: 'SupplementDisclosure', disclosureId, on: '2021-03-28', inventors } as const;
    await expect(step('k2', supplement)).rejects.toMatchObject({ rule: 'D-17' });
    expect((await ledger.persons.names([ledger.persons.personId('hnu', '示例003')])).size).toBe(0);
    const whole = { ...supplement, inventors: third };
    await step('k3', whole);
    expect(JSON.stringify(await wholeLog())).not.toContain(context('k3', whole).inputHash);
  });

  it('names attachments by their hashes, and X-4 refuses an unknown one', async () => {
    const file = await keepFile();
    const { id } = await disclose('k1', { attachments: [file.hash] });
    const [event] = await ledger.store.readStream(`disclosure-${id}`);
    expect(event?.data).toMatchObject({ attachments: [file] });
    const unknown = { number: '示例-PL-2', attachments: ['0'.repeat(64)] };
    const refusal = { rule: 'X-4', place: { field: 'attachments' } };
    await expect(disclose('k2', unknown)).rejects.toMatchObject(refusal);
  });

  it('is corrected by an approver with evidence, and refused without the one (A-12)', async () => {
    const { id: disclosureId } = await disclose('k1');
    const { hash } = await keepFile();
    const changes = { title: '示例：另一名称', inventors: third } as const;
    const correction = {
      type: 'CorrectDisclosure',
      disclosureId,
      changes,
      ...approval,
      evidenceFiles: [hash],
    } as const;
    await expect(step('k2', { ...correction, approver: 'nobody' })).rejects.toMatchObject({ rule: 'A-12' });
    expect(await step('k2', correction)).toMatchObject({ revision: 2, written: true });
    const [, , event] = await ledger.store.readStream(`disclosure-${disclosureId}`);
    expect(event?.data).toMatchObject({ field: 'inventors', approver: 'hnu-head', evidenceFiles: [{ hash }] });
    expect(JSON.stringify(await wholeLog())).not.toMatch(/示例丙|示例003/);
  });

  it('D-25, A-2: is refused without a disclosure and to another office', async () => {
    const { id } = await disclose('k1');
    const accept = { type: 'AcceptDisclosure', disclosureId: id, on: '2021-04-01' } as const;
    await expect(step('k2', { ...accept, disclosureId: 'none' })).rejects.toMatchObject({ rule: 'D-25' });
    await expect(step('k2', accept, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

describe('withdrawing a disclosure', () => {
  const withdrawal = { type: 'WithdrawDisclosure', on: '2021-06-01', ...approval } as const;

  it('is accepted before a filing decision', async () => {
    const { id: disclosureId } = await disclose('k1');
    const command = { ...withdrawal, disclosureId };
    expect(await step('k2', command)).toMatchObject({ revision: 1, written: true });
    expect(await step('k2', command)).toMatchObject({ written: false });
    expect(await standing()).toBeUndefined();
  });

  it('E-17: leaves nothing to be decided or evaluated', async () => {
    const { id: disclosureId } = await disclose('k1');
    const evaluated = await evaluate('k2');
    await step('k3', { ...withdrawal, disclosureId });
    await expect(decide('k4', evaluated.id)).rejects.toMatchObject({ rule: 'E-17' });
    await expect(evaluate('k5', { number: '示例-PG-2' })).rejects.toMatchObject({ rule: 'C-5' });
    expect(await evaluate('k2')).toMatchObject({ written: false });
  });

  it('gives its number back to one made anew, whose own decision is free', async () => {
    const { id: disclosureId } = await disclose('k1');
    await evaluate('k2');
    await step('k3', { ...withdrawal, disclosureId });
    const anew = await disclose('k4', { title: '示例：重新披露' });
    expect(anew).toMatchObject({ written: true });
    const { id } = await evaluate('k5', { number: '示例-PG-2' });
    expect(await decide('k6', id)).toMatchObject({ written: true });
    expect(await step('k3', { ...withdrawal, disclosureId })).toMatchObject({ written: false });
    expect(await standing()).toMatchObject({ evaluationNumber: '示例-PG-2' });
    await expect(disclose('k7')).rejects.toMatchObject({ rule: 'C-4', place: { conflict: anew.id } });
  });

  it('D-26: is refused again with another date', async () => {
    const { id: disclosureId } = await disclose('k1');
    await step('k2', { ...withdrawal, disclosureId });
    const other = { ...withdrawal, disclosureId, on: '2021-06-02' };
    await expect(step('k3', other)).rejects.toMatchObject({ rule: 'D-26' });
  });

  it('D-22: is refused once the filing decision stands, naming its evaluation', async () => {
    const { id: disclosureId } = await disclose('k1');
    const { id } = await evaluate('k2');
    await decide('k3', id);
    const refusal = { rule: 'D-22', place: { conflict: id }, text: { en: expect.stringContaining('示例-PG-1') } };
    await expect(step('k4', { ...withdrawal, disclosureId })).rejects.toMatchObject(refusal);
  });
});

describe('evaluating anew', () => {
  it('supersedes the evaluation before, whose decision is then revised on the later one', async () => {
    await disclose('k1');
    const first = await evaluate('k2');
    await decide('k3', first.id);
    const anew = {
      number: '示例-PG-2',
      evaluatedOn: '2021-06-01',
      conclusion: 'FILE',
      supersedes: '示例-PG-1',
    } as const;
    const second = await evaluate('k4', anew);
    expect(await evaluate('k4', anew)).toMatchObject({ id: second.id, written: false });
    expect(await typesOf(`evaluation-${first.id}`)).toEqual([
      'EvaluationConcluded',
      'FilingDecided',
      'EvaluationSuperseded',
    ]);
    const filed = { decision: 'FILE', decidedOn: '2021-06-10', decidedBy: '副校长' } as const;
    const revise = {
      type: 'CorrectEvaluation',
      evaluationId: first.id,
      changes: {},
      filing: filed,
      ...approval,
    } as const;
    await evaluationStep('k5', revise);
    expect(await standing()).toMatchObject({ ...filed, evaluationId: first.id });
  });

  it('tells the decided evaluation too, and again when the later one is put right', async () => {
    await disclose('k1');
    const first = await evaluate('k2');
    await decide('k3', first.id);
    await evaluate('k4', { number: '示例-PG-2', evaluatedOn: '2021-06-01', supersedes: '示例-PG-1' });
    const anew = { number: '示例-PG-3', evaluatedOn: '2021-07-01', supersedes: '示例-PG-2' };
    const { id: evaluationId } = await evaluate('k5', anew);
    const changes = { conclusion: 'KEEP_SECRET' } as const;
    await evaluationStep('k6', { type: 'CorrectEvaluation', evaluationId, changes, ...approval });
    const told = (await ledger.store.readStream(`evaluation-${first.id}`)).slice(2).map(({ data }) => data);
    expect(told).toMatchObject([
      { number: '示例-PG-2', conclusion: 'DO_NOT_FILE' },
      { number: '示例-PG-3', conclusion: 'DO_NOT_FILE' },
      { number: '示例-PG-3', conclusion: 'KEEP_SECRET' },
    ]);
  });

  it('E-30: is refused for an evaluation that is not there, or not of the disclosure', async () => {
    await disclose('k1');
    await disclose('k2', { number: '示例-PL-2' });
    await evaluate('k3', { disclosureNumber: '示例-PL-2' });
    for (const supersedes of ['示例-PG-1', '示例-PG-9']) {
      const anew = { number: '示例-PG-2', supersedes };
      await expect(evaluate('k4', anew)).rejects.toMatchObject({ rule: 'E-30' });
    }
  });
});

describe('a release to the inventors', () => {
  const release = { type: 'ReleaseRight', on: '2021-05-01', contractNo: '示例-HT-1', sharePermyriad: 1_000 } as const;
  const decideNotToFile = async () => {
    await disclose('k1');
    const { id } = await evaluate('k2');
    await decide('k3', id);
    return id;
  };
  const found = () => ledger.queries.execute(new FindRelease('hnu', '示例-PL-1'));

  it('goes to all the inventors, or to those named by staff number or person id', async () => {
    const evaluationId = await decideNotToFile();
    expect(await found()).toBeUndefined();
    const second = ledger.persons.personId('hnu', '示例002');
    const first = ledger.persons.personId('hnu', '示例001');
    expect(await evaluationStep('k4', { ...release, evaluationId })).toMatchObject({ revision: 2, written: true });
    expect(await found()).toMatchObject({ evaluationId, contractNo: '示例-HT-1', inventors: [first, second] });
    expect(await standing()).toMatchObject({ decision: 'DO_NOT_FILE', release: { contractNo: '示例-HT-1' } });
    for (const inventors of [['示例001', second], undefined]) {
      const again = { ...release, evaluationId, ...(inventors ? { inventors } : {}) };
      expect(await evaluationStep(`k5 ${inventors?.length}`, again)).toMatchObject({ written: false });
    }
  });

  it('leaves no staff number and no hash over one in the log', async () => {
    const evaluationId = await decideNotToFile();
    const command = { ...release, evaluationId, inventors: ['示例002'] };
    await evaluationStep('k4', command);
    const log = JSON.stringify(await wholeLog());
    expect(log).not.toContain('示例002');
    expect(log).not.toContain(context('k4', command).inputHash);
  });

  it('E-35, E-34: is refused for a stranger, and a second time', async () => {
    const evaluationId = await decideNotToFile();
    const stranger = { ...release, evaluationId, inventors: ['示例009'] };
    await expect(evaluationStep('k4', stranger)).rejects.toMatchObject({ rule: 'E-35' });
    await evaluationStep('k5', { ...release, evaluationId });
    const other = { ...release, evaluationId, contractNo: '示例-HT-2' };
    await expect(evaluationStep('k6', other)).rejects.toMatchObject({ rule: 'E-34' });
  });

  it('names the record of the contract where it is entered, however its number is spelt', async () => {
    const evaluationId = await decideNotToFile();
    const claims = ledger.app.get(ClaimKeeper);
    const claim = { kind: 'contract', value: 'hnu/示例-HT-1' };
    await claims.claim(claim, { id: 'c1', stream: 'contract-c1' }, context('k4', {}));
    await evaluationStep('k5', { ...release, contractNo: '示例 - ht-1', evaluationId });
    expect(await found()).toMatchObject({ contractId: 'c1' });
  });
});

describe('what is filed from a disclosure', () => {
  const asset = { assetId: 'a1', number: '202110000001X' };
  const release = { type: 'ReleaseRight', on: '2021-05-01', contractNo: '示例-HT-1', sharePermyriad: 1_000 } as const;
  const file = (key: string, number = '示例-PL-1') =>
    ledger.commands.execute(new NoteDisclosureFiling('hnu', number, asset, context(key, asset)));
  const takeBack = (key: string) =>
    ledger.commands.execute(new TakeBackDisclosureFiling('hnu', '示例-PL-1', 'a1', context(key, asset)));

  it('E-40: keeps its right from being released, naming it; taken back, the release is accepted', async () => {
    await disclose('k1');
    const { id: evaluationId } = await evaluate('k2');
    await decide('k3', evaluationId);
    await file('k4');
    const refusal = { rule: 'E-40', place: { conflict: 'a1' }, text: { en: expect.stringContaining(asset.number) } };
    await expect(evaluationStep('k5', { ...release, evaluationId })).rejects.toMatchObject(refusal);
    expect(await typesOf(`evaluation-${evaluationId}`)).not.toContain('RightReleasedToInventor');
    await takeBack('k6');
    expect(await evaluationStep('k5', { ...release, evaluationId })).toMatchObject({ written: true });
  });

  it('E-39: is nothing once the right is released; before that it is accepted', async () => {
    const { id: disclosureId } = await disclose('k1');
    const { id: evaluationId } = await evaluate('k2');
    await decide('k3', evaluationId);
    await evaluationStep('k4', { ...release, evaluationId });
    await expect(file('k5')).rejects.toMatchObject({ rule: 'E-39', place: { conflict: evaluationId } });
    expect(await typesOf(`disclosure-${disclosureId}`)).toEqual([
      'InventionDisclosed',
      'DisclosureEvaluated',
      'DisclosureReleased',
    ]);
  });

  it('C-5, D-29: is refused of a disclosure that is unknown or secret', async () => {
    await expect(file('k1')).rejects.toMatchObject({ rule: 'C-5', place: { field: 'disclosureNumber' } });
    const identity = { universityId: 'hnu', number: '示例-PL-9' };
    const secret = { type: 'DiscloseInvention', ...identity, confidentiality: 'SECRET' } as const;
    await ledger.commands.execute(new RunDisclosure(secret, context('k2', secret)));
    await expect(file('k3', '示例-PL-9')).rejects.toMatchObject({ rule: 'D-29' });
  });

  it('D-29: is accepted of one that is not secret, again after it was taken back by the same command', async () => {
    const { id } = await disclose('k1');
    await file('k2');
    await takeBack('k2');
    await file('k2');
    expect(await typesOf(`disclosure-${id}`)).toEqual([
      'InventionDisclosed',
      'DisclosureFiled',
      'DisclosureUnfiled',
      'DisclosureFiled',
    ]);
  });
});

describe('over HTTP', () => {
  const post = async (url: string, payload: object, key = 'k1') => {
    const reply = await ledger.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key } });
    return { status: reply.statusCode, body: reply.json() };
  };
  const { type: _d, ...disclosureBody } = invention;
  const { type: _e, ...evaluationBody } = evaluation;
  const { type: _f, ...filingBody } = filing;

  it('a disclosure, its evaluation and the filing decision are taken', async () => {
    expect(await post('/api/v1/disclosures', disclosureBody)).toMatchObject({ status: 201, body: { written: true } });
    const evaluated = await post('/api/v1/evaluations', evaluationBody);
    expect(evaluated).toMatchObject({ status: 201, body: { revision: 0 } });
    const decided = await post(`/api/v1/evaluations/${evaluated.body.id}/filing-decision`, filingBody);
    expect(decided).toMatchObject({ status: 201, body: { id: evaluated.body.id, revision: 1 } });
    expect((await standing())?.decision).toBe('DO_NOT_FILE');
  });

  it('a secret result is taken by its number, and refused with a title', async () => {
    const stub = { universityId: 'hnu', number: '示例-PL-9', confidentiality: 'SECRET' };
    const refused = await post('/api/v1/disclosures', { ...stub, title: '示例' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'D-3' } });
    expect(await post('/api/v1/disclosures', stub)).toMatchObject({ status: 201 });
  });

  it('every step of a disclosure and of its evaluation has its route', async () => {
    const { body: made } = await post('/api/v1/disclosures', disclosureBody);
    const disclosure = `/api/v1/disclosures/${made.id}`;
    const determination = { ground: 'OWN_JOB', determinedOn: '2021-03-21', basis: '示例' };
    const taken = { status: 201, body: { id: made.id, written: true } };
    expect(await post(`${disclosure}/determination`, determination)).toMatchObject(taken);
    expect(await post(`${disclosure}/return`, { on: '2021-03-22', reason: '示例' })).toMatchObject(taken);
    const added = { on: '2021-03-23', thirdPartyRights: [{ kind: 'JOINT', party: '示例研究院' }], keywords: ['测量'] };
    expect(await post(`${disclosure}/supplements`, added)).toMatchObject(taken);
    expect(await post(`${disclosure}/acceptance`, { on: '2021-03-24' })).toMatchObject(taken);
    const correction = { changes: { title: '示例：改' }, removes: ['keywords'], ...approval };
    expect(await post(`${disclosure}/corrections`, correction)).toMatchObject(taken);
    expect(await post(`${disclosure}/withdrawal`, { on: '2021-03-25', ...approval })).toMatchObject(taken);
  });

  it('every step of an evaluation has its route', async () => {
    await post('/api/v1/disclosures', disclosureBody);
    const { evaluatedOn, conclusion, ...opened } = evaluationBody;
    const commission = { ...opened, commissionedOn: '2021-04-01', dueOn: '2021-04-30' };
    const { status, body } = await post('/api/v1/evaluations/commission', commission);
    expect(status).toBe(201);
    const evaluated = `/api/v1/evaluations/${body.id}`;
    const taken = { status: 201, body: { id: body.id, written: true } };
    const evaluator = {
      evaluatorKind: 'COMMISSIONED',
      evaluator: '示例评估所',
      replacedOn: '2021-04-02',
      reason: '示例',
    };
    expect(await post(`${evaluated}/evaluator`, evaluator)).toMatchObject(taken);
    const conflictOfInterest = { declared: false, statement: '示例：无' };
    const ownCard = { version: '2024', name: '示例评分卡', scores: [{ dimension: '成熟度', grade: '7' }] };
    const findings = { evaluatedOn, conclusion, conflictOfInterest, ownCard, evidence: '示例报告1' };
    expect(await post(`${evaluated}/conclusion`, findings)).toMatchObject(taken);
    const decision = { ...filingBody, fees: { bearer: 'INVENTOR' }, diligence: '示例' };
    expect(await post(`${evaluated}/filing-decision`, decision)).toMatchObject(taken);
    const release = { on: '2021-05-01', contractNo: '示例-HT-1', sharePermyriad: 0, zeroShareClause: '示例第8条' };
    expect(await post(`${evaluated}/release`, release)).toMatchObject(taken);
    expect(await post(`${evaluated}/corrections`, { changes: { evaluator: '示例' }, ...approval })).toMatchObject(
      taken,
    );
  });

  it.each([
    ['disclosures/x/corrections', { changes: { confidentiality: 'SECRET' }, ...approval }],
    ['disclosures/x/corrections', { changes: { number: '示例' }, ...approval }],
    ['disclosures/x/corrections', { changes: {}, removes: ['title'], ...approval }],
    ['disclosures/x/corrections', { ...approval }],
    ['disclosures/x/withdrawal', { on: '2021-03-25', reason: '示例' }],
    ['disclosures/x/determination', { ground: 'OTHER', determinedOn: '2021-03-21', basis: '示例' }],
    ['evaluations/x/release', { on: '2021-05-01', contractNo: '示例', sharePermyriad: 10_001 }],
    [
      'evaluations/x/conclusion',
      { evaluatedOn: '2021-05-01', conclusion: 'FILE', ownCard: { version: '1', name: '示例' } },
    ],
    ['evaluations/x/filing-decision', { ...filingBody, fees: { bearer: 'STATE' } }],
  ])('a body of another shape is refused: %s %j', async (path, wrong) => {
    expect(await post(`/api/v1/${path}`, wrong)).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });

  it.each([
    { title: null },
    { furtherFunding: [{ source: 'STATE' }] },
    { attachments: ['示例.pdf'] },
    { keywords: [] },
    { publishedOn: null },
    { title: ' 示例' },
    { disclosedOn: '2021-02-30' },
    { confidentiality: 'TOP' },
    { number: '' },
    { inventors: [{ staffNumber: '示例001', name: '', sharePermyriad: 10_000, role: 'LEAD' }] },
    { inventors: [{ staffNumber: '示例001', name: '示例甲', sharePermyriad: 50.5, role: 'LEAD' }] },
    { warnings: [] },
  ])('a body of another shape is refused: %j', async (wrong) => {
    const reply = await post('/api/v1/disclosures', { ...disclosureBody, ...wrong });
    expect(reply).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});

describe('import', () => {
  const sheet = async (kind: string, ...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
    const found = ledger.app.get(DisclosuresImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;
    const fields = Object.keys(found.columns);
    const lines = async function* () {
      yield { line: 1, cells: fields.map((field) => found.columns[field]?.zh ?? '') };
      for (const [index, row] of rows.entries())
        yield { line: index + 2, cells: fields.map((field) => row[field] ?? '') };
    };
    return runImport({ kind: found, rows: lines(), fileName: 'sample.csv', actor: clerk, now: () => now });
  };

  const disclosureRow = {
    university: '示例大学',
    number: '示例-PL-1',
    title: '示例：一种测量装置',
    completedOn: '2021/3/5',
    disclosedOn: '2021-03-20',
    inventors: '示例甲/示例001/66.67%/第一发明人；示例乙/示例002/33.33%',
    funding: '纵向',
    confidentiality: '公开',
    protection: '发明专利',
  };
  const evaluationRow = {
    university: 'hnu',
    number: '示例-PG-1',
    disclosureNumber: '示例-PL-1',
    evaluatorKind: '校内',
    evaluator: '示例大学知识产权中心',
    evaluatedOn: '2021-04-10',
    patentability: 'A',
    conclusion: '不适宜申请',
  };
  const decisionCells = { decision: '不申请', decidedOn: '2021-04-20', decidedBy: '科研院院长' };

  it('takes disclosures, and nothing when they come again', async () => {
    expect(await sheet('disclosures', disclosureRow)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('disclosures', disclosureRow)).toMatchObject({ written: 0, unchanged: 1 });
    const log = await wholeLog();
    expect(log.find(({ type }) => type === 'InventionDisclosed')?.data).toMatchObject({
      universityId: 'hnu',
      completedOn: '2021-03-05',
      inventors: [
        { sharePermyriad: 6_667, role: 'LEAD' },
        { sharePermyriad: 3_333, role: 'INVENTOR' },
      ],
      funding: 'VERTICAL',
      protection: 'INVENTION',
    });
  });

  it('V-7: says that a row differs from what it took before', async () => {
    await sheet('disclosures', disclosureRow);
    const changed = { ...disclosureRow, inventors: '示例甲/示例001/100%' };
    expect(await sheet('disclosures', changed)).toMatchObject({ different: 1, problems: [{ rule: 'V-7' }] });
  });

  it.each([
    '示例甲',
    '示例甲/示例001',
    '示例甲/示例001/1.234%',
    '示例甲/示例001/100%/顾问',
    '示例甲/示例001/100%/发明人/多余',
    '/示例001/100%',
    '示例甲/示例001/100%/发明人/学生/多余',
  ])('D-11: refuses inventors written as "%s"', async (inventors) => {
    const { problems } = await sheet('disclosures', { ...disclosureRow, inventors });
    expect(problems).toMatchObject([{ row: 2, rule: 'D-11', column: { zh: '发明人' } }]);
  });

  it('names the column of a refused rule', async () => {
    const { problems } = await sheet(
      'disclosures',
      { ...disclosureRow, inventors: '示例甲/示例001/60%；示例乙/示例002/30%' },
      { ...disclosureRow, number: '示例-PL-2', inventors: '示例甲/示例001/60%；示例乙/示例002/40%/辅助' },
      { ...disclosureRow, number: '示例-PL-3', title: '' },
    );
    expect(problems.toSorted((a, b) => a.row - b.row)).toMatchObject([
      { row: 2, rule: 'D-2', column: { zh: '发明人' } },
      { row: 3, rule: 'D-5', column: { zh: '发明人' } },
      { row: 4, rule: 'D-8', column: { zh: '成果名称' } },
    ]);
  });

  it('D-3: takes a secret row by its number only', async () => {
    const stub = { university: 'hnu', number: '示例-PL-9', confidentiality: '涉密' };
    expect(await sheet('disclosures', { ...disclosureRow, ...stub })).toMatchObject({ problems: [{ rule: 'D-3' }] });
    expect(await sheet('disclosures', stub)).toMatchObject({ written: 1, problems: [] });
  });

  it('takes what happened to a disclosure from its row, now or when the row comes again', async () => {
    await sheet('disclosures', disclosureRow);
    const determination = { ground: '本职工作', determinedOn: '2021-03-21', basis: '示例', on: '2021-03-22' };
    const row = { ...disclosureRow, ...determination };
    expect(await sheet('disclosures', row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('disclosures', row)).toMatchObject({ unchanged: 1 });
    const types = (await wholeLog()).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['ServiceInventionDetermined', 'DisclosureAccepted']);
  });

  it('V-1, D-21, D-24: writes nothing of a row whose later steps would be refused', async () => {
    const determination = { ground: '本职工作', determinedOn: '2021-03-21', basis: '示例' };
    for (const [cells, rule, zh] of [
      [{ ground: '本职工作' }, 'V-1', '认定日期'],
      [{ ...determination, contractClause: '示例' }, 'D-21', '权属合同条款'],
      [{ on: '2021-03-19' }, 'D-24', '受理日期'],
    ] as const) {
      const { problems } = await sheet('disclosures', { ...disclosureRow, ...cells });
      expect(problems).toMatchObject([{ rule, column: { zh } }]);
    }
    expect((await wholeLog()).some(({ type }) => type === 'InventionDisclosed')).toBe(false);
  });

  it('D-28: takes lists and shares as they are to be written', async () => {
    const cells = {
      furtherFunding: '横向/示例-2；自筹',
      thirdPartyRights: '合作完成/示例研究院/示例协议1号',
      inventors: '示例甲/示例001/100%/第一发明人/在编',
      keywords: '测量；传感',
    };
    expect(await sheet('disclosures', { ...disclosureRow, ...cells })).toMatchObject({ written: 1, problems: [] });
    expect((await wholeLog()).find(({ type }) => type === 'InventionDisclosed')?.data).toMatchObject({
      furtherFunding: [{ source: 'COMMISSIONED', projectNo: '示例-2' }, { source: 'SELF' }],
      thirdPartyRights: [{ kind: 'JOINT', party: '示例研究院', documentNo: '示例协议1号' }],
      inventors: [{ employment: 'STAFF' }],
      keywords: ['测量', '传感'],
    });
  });

  it.each([
    ['disclosures', 'furtherFunding', '拨款/示例-2'],
    ['disclosures', 'thirdPartyRights', '合作完成'],
    ['evaluations', 'scores', '成熟度'],
    ['evaluations', 'ownCard', '示例评分卡'],
    ['evaluations', 'inventorFeeShare', '一半'],
  ])('D-28: refuses %s with %s written as "%s"', async (kind, field, cell) => {
    const row = kind === 'disclosures' ? disclosureRow : evaluationRow;
    expect((await sheet(kind, { ...row, [field]: cell })).problems).toMatchObject([{ rule: 'D-28' }]);
  });

  it('takes card, fees and release of an evaluation from its row', async () => {
    await sheet('disclosures', disclosureRow);
    const { patentability: _grade, ...plain } = evaluationRow;
    const row = {
      ...{ ...plain, ...decisionCells, ownCard: '示例评分卡/2024', scores: '成熟度/7；市场/8' },
      ...{ conflictOfInterest: '否', conflictStatement: '示例：无', evidence: '示例报告1', diligence: '示例：已尽责' },
      ...{ fees: '发明人', on: '2021-05-01', contractNo: '示例-HT-1', sharePermyriad: '10%', inventors: '示例002' },
    };
    expect(await sheet('evaluations', row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('evaluations', row)).toMatchObject({ unchanged: 1 });
    expect(await standing()).toMatchObject({
      diligence: '示例：已尽责',
      fees: { bearer: 'INVENTOR' },
      release: { sharePermyriad: 1_000, inventors: [ledger.persons.personId('hnu', '示例002')] },
    });
    expect(JSON.stringify(await wholeLog())).not.toContain('示例002');
  });

  it('E-36, E-32, V-1: writes nothing of a row whose release would be refused', async () => {
    await sheet('disclosures', disclosureRow);
    const release = { on: '2021-05-01', contractNo: '示例-HT-1', sharePermyriad: '10%' };
    for (const [cells, rule] of [
      [{ ...decisionCells, ...release, on: '2021-04-19' }, 'E-36'],
      [release, 'E-32'],
      [{ ...decisionCells, on: '2021-05-01' }, 'V-1'],
    ] as const) {
      expect((await sheet('evaluations', { ...evaluationRow, ...cells })).problems).toMatchObject([{ rule }]);
    }
    expect((await wholeLog()).some(({ type }) => type === 'EvaluationConcluded')).toBe(false);
  });

  it('takes an evaluation first and its decision when the row comes again with it', async () => {
    await sheet('disclosures', disclosureRow);
    expect(await sheet('evaluations', evaluationRow)).toMatchObject({ written: 1, problems: [] });
    expect(await standing()).toBeUndefined();
    const decided = { ...evaluationRow, ...decisionCells };
    expect(await sheet('evaluations', decided)).toMatchObject({ written: 1, problems: [] });
    expect(await standing()).toMatchObject({ decision: 'DO_NOT_FILE', evaluationNumber: '示例-PG-1' });
    expect(await sheet('evaluations', decided)).toMatchObject({ written: 0, unchanged: 1 });
  });

  it('V-1, E-11: writes nothing of a row whose decision is incomplete or contradicts it', async () => {
    await sheet('disclosures', disclosureRow);
    const incomplete = await sheet('evaluations', { ...evaluationRow, decision: '不申请' });
    expect(incomplete.problems).toMatchObject([{ rule: 'V-1', column: { zh: '决定日期' } }]);
    const contradicting = await sheet('evaluations', { ...evaluationRow, ...decisionCells, decision: '申请' });
    expect(contradicting.problems).toMatchObject([{ rule: 'E-11', column: { zh: '申请决定' } }]);
    expect((await wholeLog()).some(({ type }) => type === 'EvaluationConcluded')).toBe(false);
  });
});
