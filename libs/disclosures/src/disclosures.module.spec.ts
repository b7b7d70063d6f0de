import { OfficeDatabase, PersonStore } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  MemoryEventStore,
  START,
  claimEvents,
  claimStream,
  commandContext,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import { type ImportKind, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { Global, Module } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { DisclosedInvention } from './disclosure.js';
import { type DisclosureRequest, RunDisclosure } from './disclosure.handler.js';
import { disclosureEvents } from './disclosure.projection.js';
import { DisclosuresImports } from './disclosures.import.js';
import { DisclosuresModule } from './disclosures.module.js';
import { type EvaluationRequest, RunEvaluation } from './evaluation.handler.js';
import { FindFilingDecision } from './evaluation.queries.js';
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
  const shared = [
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: new ClaimKeeper(runner) },
    { provide: PersonStore, useValue: persons },
    { provide: ReadModels, useValue: new ReadModels(store, registry, [], '') },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [CqrsModule.forRoot(), Ledger, HttpModule, RegistryModule, DisclosuresModule];
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

  it('E-15, A-2: is refused without an evaluation and to another office', async () => {
    await disclose('k1');
    const { id } = await evaluate('k2');
    await expect(decide('k3', 'none')).rejects.toMatchObject({ rule: 'E-15' });
    await expect(decide('k3', id, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
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

  it.each([
    { title: null },
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
