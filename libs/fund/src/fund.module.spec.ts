import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Approvers, OfficeDatabase, UserStore } from '@app/access';
import { FindContract } from '@app/contracts';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  claimEvents,
  commandContext,
} from '@app/event-store';
import { runnerRule } from '@app/event-store';
import type { Actor } from '@app/kernel';
import { HttpModule, type LedgerRequest } from '@app/http';
import { runImport } from '@app/imports';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import {
  RecordRegistryObject,
  RegistryModule,
  RunUniversity,
  registryEvents,
  registryProjections,
} from '@app/registry';
import { Global, Module } from '@nestjs/common';
import { CommandBus, type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { GetFundBoard, ListFundBoards } from './fund-board.queries.js';
import { FundImports } from './fund.import.js';
import { FundModule } from './fund.module.js';
import { type FundClaimDraft, type FundYearRequest, RunFundYear } from './fund-year.handler.js';
import { fundYearEvents } from './fund-year-events.js';
import { fundClaimRecords, fundYears } from './fund-year.projection.js';

const actor = (id: string, role: string, organisation = 'bureau'): Actor => ({ id, role, organisation });
const clerk = actor('clerk', 'DATA_CLERK');
const fund = actor('fund', 'FUND_ADMIN');
const reviewer = actor('reviewer', 'REVIEWER');
const office = (university: string) => actor(university, 'TRANSFER_OFFICE', university);

/** Contracts are another slice's; here only their numbers matter, and whether they stand. */
@QueryHandler(FindContract)
class KnownContracts implements IQueryHandler<FindContract> {
  execute({ universityId, number, field }: FindContract) {
    if (!number.startsWith('HT-1')) throw runnerRule('C-5', { kind: 'contract', value: number }, { field });
    const ended = number === 'HT-1-ENDED' ? { terminatedOn: '2024-12-31' } : {};
    return Promise.resolve({ contractId: `${universityId}-contract-1`, status: 'LODGED' as const, ...ended });
  }
}

describe('the fund over its buses', () => {
  let app: NestFastifyApplication;
  let visitor: Actor;
  let models: ReadModels;
  let folder: string;
  let users: OfficeDatabase;
  let steps = 0;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-fund-'));
    users = await OfficeDatabase.inMemory();
    const store = new MemoryEventStore();
    const registry = new EventRegistry([claimEvents, fundYearEvents, ...registryEvents]);
    const runner = new DeciderRunner(store, registry);
    models = embeddedReadModels(store, registry, [fundYears, fundClaimRecords, ...registryProjections], folder);
    await models.open();
    const shared = [
      { provide: EventStore, useValue: store },
      { provide: EventRegistry, useValue: registry },
      { provide: DeciderRunner, useValue: runner },
      { provide: ClaimKeeper, useValue: new ClaimKeeper(runner) },
      { provide: ReadModels, useValue: models },
      { provide: Approvers, useValue: new Approvers(new UserStore(users)) },
    ];
    @Global()
    @Module({ providers: [...shared, KnownContracts], exports: shared.map(({ provide }) => provide) })
    class Shared {}
    const testing = await Test.createTestingModule({
      imports: [Shared, HttpModule, RegistryModule, FundModule],
    }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', async (request: LedgerRequest) => {
        request.actor = visitor;
      });
    await app.init();
    await registerObjects();
  });

  afterEach(async () => {
    await app.close();
    await models.close();
    await users.close();
    rmSync(folder, { recursive: true });
  });

  const contextFor = (by: Actor, key = `step-${(steps += 1)}`, input: unknown = key): CommandContext =>
    commandContext({ actor: by, now: '2026-03-01T04:00:00.000Z', scope: [by.id, key], input, source: 'test' });

  const run = (command: FundYearRequest, by: Actor, key?: string) =>
    app.get(CommandBus).execute(new RunFundYear(command, contextFor(by, key, command)));

  const registerObjects = async () => {
    const bus = app.get(CommandBus);
    const university = { ownership: 'PROVINCIAL', level: 'UNDERGRADUATE', authority: '湖南省' } as const;
    for (const [code, name] of [
      ['hnu', '湖南大学'],
      ['csu', '中南大学'],
    ] as const) {
      const command = { type: 'RegisterUniversity', data: { code, name, ...university } } as const;
      await bus.execute(new RunUniversity(code, command, contextFor(reviewer)));
      const certificate = {
        universityId: code,
        certNo: `${code}-cert`,
        standard: 'GB/T 33251-2016',
        body: '示例认证',
        validFrom: '2023-01-01',
        validTo: '2025-12-31',
      };
      await bus.execute(new RecordRegistryObject({ type: 'IssueIpCertificate', data: certificate }, contextFor(clerk)));
    }
  };

  const open = async (year: number) => {
    await run(
      {
        type: 'OpenFundYear',
        year,
        budgetFen: '1000',
        legalBasis: '示例',
        document: `示例${year}`,
        openedOn: `${year}-01-01`,
      },
      fund,
    );
    for (const [category, objectKind] of [
      ['IP_STANDARD_IMPLEMENTATION', 'certification'],
      ['CONVERSION_COMMENDATION', 'contract'],
    ] as const) {
      await run({ type: 'SetFundCategory', year, category, method: 'RANK', ceilingFen: '100' }, fund);
      const standard = {
        number: category,
        category,
        title: '示例',
        unit: '项',
        amountFen: '60',
        objectKind,
        legalBasis: '示例',
      };
      await run({ type: 'SetFundStandard', year, ...standard }, fund);
    }
  };

  const claimOf = (
    year: number,
    number: string,
    university: string,
    changes: Partial<FundClaimDraft> = {},
  ): FundClaimDraft => ({
    type: 'SubmitFundClaim',
    year,
    number,
    universityId: university,
    category: 'IP_STANDARD_IMPLEMENTATION',
    standardNumber: 'IP_STANDARD_IMPLEMENTATION',
    objectNumber: `${university}-cert`,
    units: 1,
    claimedOn: `${year}-03-01`,
    performanceTarget: '示例目标',
    ...changes,
  });

  const boardOf = async (year: number) => {
    const { position } = await run(
      {
        type: 'OpenFundYear',
        year,
        budgetFen: '1000',
        legalBasis: '示例',
        document: `示例${year}`,
        openedOn: `${year}-01-01`,
      },
      fund,
    );
    return app.get(QueryBus).execute(new GetFundBoard(reviewer, year, models.token(position)));
  };

  it('takes a year from its opening to the allocation, and shows it', async () => {
    await open(2025);
    await run(claimOf(2025, 'SB-1', 'hnu', { rank: 1 }), office('hnu'));
    await run(claimOf(2025, 'SB-2', 'csu', { rank: 2 }), clerk);
    const { id, written } = await run({ type: 'AllocateFundYear', year: 2025 }, fund);
    expect([id, written]).toEqual(['2025', true]);
    const board = await boardOf(2025);
    expect(board).toMatchObject({ status: 'ALLOCATED', allocatedFen: '60', leftFen: '940' });
    expect(board.claims).toMatchObject([
      { number: 'SB-1', status: 'ALLOCATED', allocatedFen: '60' },
      { number: 'SB-2', status: 'UNFUNDED', allocatedFen: '0' },
    ]);
    expect(await app.get(QueryBus).execute(new GetFundBoard(reviewer, 2025))).toBe(board);
    const [summary] = await app.get(QueryBus).execute(new ListFundBoards(reviewer));
    expect(summary).toMatchObject({ year: 2025, allocatedFen: '60', position: board.position });
    expect(summary).not.toHaveProperty('claims');
  });

  it('lists the newest year first', async () => {
    await open(2024);
    await open(2025);
    await boardOf(2025);
    const boards = await app.get(QueryBus).execute(new ListFundBoards(reviewer));
    expect(boards.map(({ year }) => year)).toEqual([2025, 2024]);
  });

  it('F-12: knows no board of a year that was not opened', () =>
    expect(app.get(QueryBus).execute(new GetFundBoard(reviewer, 2030))).rejects.toMatchObject({ rule: 'F-12' }));

  it('answers a repeated command as the first time, also when its object has another claim since', async () => {
    await open(2025);
    const first = await run(claimOf(2025, 'SB-1', 'hnu'), clerk, 'key-1');
    await run({ type: 'WithdrawFundClaim', year: 2025, claimId: first.id, reason: '示例' }, clerk);
    await run(claimOf(2025, 'SB-2', 'hnu'), clerk);
    expect(await run(claimOf(2025, 'SB-1', 'hnu'), clerk, 'key-1')).toEqual({ ...first, written: false });
  });

  it('finds the object by its number, whatever its kind', async () => {
    await open(2025);
    const contract = {
      category: 'CONVERSION_COMMENDATION',
      standardNumber: 'CONVERSION_COMMENDATION',
      objectNumber: 'HT-1',
    } as const;
    await run(claimOf(2025, 'SB-1', 'hnu', contract), clerk);
    expect((await boardOf(2025)).claims).toMatchObject([{ objectKind: 'contract', objectNumber: 'HT-1' }]);
    await expect(run(claimOf(2025, 'SB-2', 'hnu', { ...contract, objectNumber: 'HT-2' }), clerk)).rejects.toMatchObject(
      { rule: 'C-5', place: { field: 'objectNumber' } },
    );
    await expect(run(claimOf(2025, 'SB-2', 'hnu', { objectNumber: 'csu-cert' }), clerk)).rejects.toMatchObject({
      rule: 'C-5',
    });
  });

  it('F-61, F-62: an object is accepted while it is one, refused when it was not yet or is no more', async () => {
    await open(2022);
    await open(2025);
    await open(2026);
    const place = { field: 'objectNumber' };
    await expect(run(claimOf(2022, 'SB-1', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-61', place });
    await expect(run(claimOf(2026, 'SB-1', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-61', place });
    expect((await run(claimOf(2025, 'SB-1', 'hnu', { claimedOn: '2025-12-31' }), clerk)).written).toBe(true);
    const category = 'CONVERSION_COMMENDATION';
    const contract = { category, standardNumber: category, objectNumber: 'HT-1-ENDED' } as const;
    const ended = run(claimOf(2025, 'SB-2', 'hnu', contract), clerk);
    await expect(ended).rejects.toMatchObject({ rule: 'F-62', place });
  });

  describe('double funding (F-4)', () => {
    it('is refused in another year while the first claim may be paid, and names it', async () => {
      await open(2024);
      await open(2025);
      await run(claimOf(2024, 'SB-1', 'hnu'), clerk);
      const again = () => run(claimOf(2025, 'SB-9', 'hnu'), clerk);
      await expect(again()).rejects.toMatchObject({ rule: 'F-4', text: { en: expect.stringContaining('2024/SB-1') } });
      await run({ type: 'AllocateFundYear', year: 2024 }, fund);
      await expect(again()).rejects.toMatchObject({ rule: 'F-4' });
      expect((await boardOf(2025)).claims).toEqual([]);
    });

    it('is no question once the first claim is withdrawn', async () => {
      await open(2024);
      await open(2025);
      const { id: claimId } = await run(claimOf(2024, 'SB-1', 'hnu'), clerk);
      await run({ type: 'WithdrawFundClaim', year: 2024, claimId, reason: '示例' }, office('hnu'));
      expect((await run(claimOf(2025, 'SB-9', 'hnu'), clerk)).written).toBe(true);
      await expect(run(claimOf(2024, 'SB-2', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-4' });
    });

    it('is no question once the first claim got nothing', async () => {
      await open(2024);
      await open(2025);
      await run(claimOf(2024, 'SB-1', 'hnu', { rank: 1 }), clerk);
      await run(claimOf(2024, 'SB-2', 'csu', { rank: 2 }), clerk);
      await run({ type: 'AllocateFundYear', year: 2024 }, fund);
      expect((await run(claimOf(2025, 'SB-1', 'csu'), clerk)).written).toBe(true);
      await expect(run(claimOf(2025, 'SB-2', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-4' });
    });

    it('of two claims at once in two years one is refused', async () => {
      await open(2024);
      await open(2025);
      const answers = await Promise.allSettled([
        run(claimOf(2024, 'A', 'hnu'), clerk),
        run(claimOf(2025, 'B', 'hnu'), clerk),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('a claim refused while it holds the object gives it back', async () => {
      await open(2025);
      const answers = await Promise.allSettled([
        run(claimOf(2025, 'SB-1', 'hnu'), clerk),
        run(claimOf(2025, 'SB-1', 'csu'), clerk),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const held = await Promise.all(
        ['hnu', 'csu'].map(async (university) =>
          app.get(ClaimKeeper).holder('fund-object', `certification:${await certificateId(university)}`),
        ),
      );
      expect(held.filter((holder) => holder !== undefined)).toEqual(['2025/SB-1']);
    });

    it('a claim that lost its way after taking the object can be entered again', async () => {
      await open(2025);
      await app
        .get(ClaimKeeper)
        .claim(
          { kind: 'fund-object', value: `certification:${await certificateId('hnu')}` },
          { id: '2025/SB-1', stream: 'fund-year-2025' },
          contextFor(clerk),
        );
      await expect(run(claimOf(2025, 'SB-2', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-4' });
      expect((await run(claimOf(2025, 'SB-1', 'hnu'), clerk)).written).toBe(true);
    });
  });

  const certificateId = async (university: string) =>
    (await app.get(ClaimKeeper).holder('certification', `${university}-cert`.toUpperCase())) ?? '';

  it('who may do what: the fund is managed by its administrator, claimed from by offices for themselves', async () => {
    await expect(open(2025).then(() => run({ type: 'AllocateFundYear', year: 2025 }, clerk))).rejects.toMatchObject({
      rule: 'A-1',
    });
    await expect(run(claimOf(2025, 'SB-1', 'hnu'), fund)).rejects.toMatchObject({ rule: 'A-1' });
    await expect(run(claimOf(2025, 'SB-1', 'hnu'), office('csu'))).rejects.toMatchObject({ rule: 'A-2' });
    const { id: claimId } = await run(claimOf(2025, 'SB-1', 'hnu'), office('hnu'));
    const withdrawal = { type: 'WithdrawFundClaim', year: 2025, claimId, reason: '示例' } as const;
    await expect(run(withdrawal, office('csu'))).rejects.toMatchObject({ rule: 'A-2' });
    await expect(run({ ...withdrawal, claimId: 'nobody' }, office('hnu'))).rejects.toMatchObject({ rule: 'F-19' });
    const guest = actor('guest', 'SYSTEM_ADMIN');
    await expect(app.get(QueryBus).execute(new GetFundBoard(guest, 2025))).rejects.toMatchObject({ rule: 'A-1' });
    await expect(app.get(QueryBus).execute(new ListFundBoards(guest))).rejects.toMatchObject({ rule: 'A-1' });
  });

  it('F-12: a claim from a year that is not open is refused before its object is looked up', () =>
    expect(run(claimOf(2031, 'SB-1', 'hnu'), clerk)).rejects.toMatchObject({ rule: 'F-12' }));

  describe('the sheets', () => {
    const importRow = (kind: string, cells: Record<string, string>, by: Actor) => {
      const sheet = app.get(FundImports).kinds.find((each) => each.kind === kind);
      if (!sheet) throw new Error(kind);
      const fields = Object.keys(cells);
      const rows = async function* () {
        yield { line: 1, cells: fields.map((field) => sheet.columns[field]?.zh ?? field) };
        yield { line: 2, cells: fields.map((field) => cells[field] ?? '') };
      };
      return runImport({
        kind: sheet,
        rows: rows(),
        fileName: 'sample.csv',
        actor: by,
        now: () => '2026-03-01T04:00:00.000Z',
      });
    };
    type Sheet = readonly [kind: string, cells: Record<string, string>, by: Actor];
    const sheets: readonly Sheet[] = [
      [
        'fund-years',
        { year: '2025', budget: '1000', legalBasis: '示例', document: '示例1号', openedOn: '2025/1/10' },
        fund,
      ],
      ['fund-categories', { year: '2025', category: '知识产权贯标', method: '按比例', ceiling: '300' }, fund],
      ['fund-categories', { year: '2025', category: '其他', method: '按序', legalBasis: '示例' }, fund],
      [
        'fund-standards',
        {
          year: '2025',
          number: 'BZ-1',
          category: '知识产权贯标',
          title: '示例',
          unit: '证',
          amount: '50000',
          objectKind: '贯标证书',
          legalBasis: '示例',
        },
        fund,
      ],
      [
        'fund-claims',
        {
          year: '2025',
          number: 'SB-1',
          university: '湖南大学',
          category: '知识产权贯标',
          standardNumber: 'BZ-1',
          objectNumber: 'hnu-cert',
          units: '1',
          claimedOn: '2025-03-01',
          performanceTarget: '示例',
        },
        clerk,
      ],
    ];
    const line = (index: number) => sheets[index] as Sheet;

    it('bring in a year, in their order; the same rows again change nothing', async () => {
      expect(app.get(FundImports).kinds.map(({ kind, order }) => [kind, order])).toEqual([
        ['fund-years', 100],
        ['fund-categories', 110],
        ['fund-standards', 120],
        ['fund-claims', 130],
      ]);
      for (const row of sheets) expect(await importRow(...row)).toMatchObject({ written: 1, problems: [] });
      for (const row of sheets)
        expect(await importRow(...row)).toMatchObject({ written: 0, unchanged: 1, problems: [] });
      const { position } = await run({ type: 'AllocateFundYear', year: 2025 }, fund);
      const board = await app.get(QueryBus).execute(new GetFundBoard(clerk, 2025, models.token(position)));
      expect(board).toMatchObject({ budgetFen: '1000000000', allocatedFen: '5000000' });
      expect(board.categories).toMatchObject([{ ceilingFen: '300000000' }, { category: 'OTHER', ceilingFen: null }]);
      expect(board.claims).toMatchObject([{ universityId: 'hnu', objectNumber: 'hnu-cert', allocatedFen: '5000000' }]);
    });

    it('report a row that says something else than before', async () => {
      const [kind, cells, by] = line(0);
      await importRow(kind, cells, by);
      expect(await importRow(kind, { ...cells, budget: '900' }, by)).toMatchObject({ problems: [{ rule: 'V-7' }] });
    });

    it('name the column that is refused', async () => {
      const refused = async (index: number, changes: Record<string, string>) => {
        const [kind, cells, by] = line(index);
        const { problems } = await importRow(kind, { ...cells, ...changes }, by);
        return problems.map(({ rule, column }) => [rule, column?.zh]);
      };
      expect(await refused(0, { budget: '0' })).toEqual([['F-21', '预算(万元)']]);
      await importRow(...line(0));
      expect(await refused(1, { ceiling: '1001' })).toEqual([['F-8', '类别上限(万元)']]);
      await importRow(...line(1));
      expect(await refused(3, { amount: '0' })).toEqual([['F-21', '单位金额(元)']]);
      expect(await refused(3, { cap: '0' })).toEqual([['F-21', '单项上限(元)']]);
      expect(await refused(3, { purpose: '专利年费' })).toEqual([['F-X1', '用途']]);
      expect(await refused(3, { unit: '件次' })).toEqual([['F-X2', '计量单位']]);
      expect(await refused(3, { instrument: '风险补偿' })).toEqual([['F-9', '资助方式']]);
      expect(await refused(4, {})).toEqual([['F-16', '标准编号']]);
      await importRow(...line(3));
      expect(await refused(4, { objectNumber: '示例' })).toEqual([['C-5', '对象编号']]);
      expect(await refused(4, { units: '0' })).toEqual([['F-22', '数量']]);
      expect(await refused(4, { units: '2' })).toEqual([['F-60', '数量']]);
      expect(await refused(4, { claimedOn: '2024-03-02' })).toEqual([['F-63', '申报日期']]);
      expect(await refused(4, { claimedOn: '2026-01-01' })).toEqual([['F-61', '对象编号']]);
    });
  });

  describe('over HTTP', () => {
    const send = async (by: Actor, url: string, payload?: object) => {
      visitor = by;
      const headers = { 'idempotency-key': `${url}#${(steps += 1)}` };
      const reply = await app.inject({
        method: 'POST',
        url: `/api/v1/${url}`,
        headers,
        ...(payload ? { payload } : {}),
      });
      return { status: reply.statusCode, body: reply.json() };
    };
    const read = async (by: Actor, url: string) => {
      visitor = by;
      const reply = await app.inject({ url: `/api/v1/${url}` });
      return { status: reply.statusCode, body: reply.json() };
    };
    const year = { year: 2025, budgetFen: '1000', legalBasis: '示例', document: '示例1号', openedOn: '2025-01-01' };
    const category = { category: 'IP_STANDARD_IMPLEMENTATION', method: 'PRO_RATA' };
    const standard = {
      number: 'BZ-1',
      category: category.category,
      title: '示例',
      unit: '证',
      amountFen: '60',
      objectKind: 'certification',
      legalBasis: '示例',
    };
    const { type: _type, year: _year, ...claim } = claimOf(2025, 'SB-1', 'hnu', { standardNumber: 'BZ-1' });

    it('a year is opened, furnished, claimed from and allocated', async () => {
      const revision = (number: number) => ({ status: 201, body: { id: '2025', revision: number, written: true } });
      expect(await send(fund, 'fund-years', year)).toMatchObject(revision(0));
      expect(await send(fund, 'fund-years/2025/categories', category)).toMatchObject(revision(1));
      expect(await send(fund, 'fund-years/2025/standards', standard)).toMatchObject(revision(2));
      const { body } = await send(office('hnu'), 'fund-years/2025/claims', claim);
      expect(body).toMatchObject({ revision: 3 });
      const withdrawal = await send(office('hnu'), `fund-years/2025/claims/${body.id}/withdrawal`, { reason: '示例' });
      expect(withdrawal).toMatchObject({ status: 201, body: { id: body.id, revision: 4 } });
      expect(await send(fund, 'fund-years/2025/allocation')).toMatchObject({ status: 409, body: { code: 'F-20' } });
      await send(office('hnu'), 'fund-years/2025/claims', { ...claim, number: 'SB-2' });
      const allocation = await send(fund, 'fund-years/2025/allocation');
      expect(allocation).toMatchObject(revision(6));
      expect(await send(fund, 'fund-years/2025/allocation')).toMatchObject({ status: 200, body: { written: false } });

      const board = await read(office('csu'), `boards/fund/2025?after=${allocation.body.position}`);
      expect(board).toMatchObject({ status: 200, body: { position: allocation.body.position, allocatedFen: '60' } });
      expect(board.body.claims).toMatchObject([
        { number: 'SB-1', status: 'WITHDRAWN' },
        { number: 'SB-2', status: 'ALLOCATED' },
      ]);
      const list = await read(reviewer, `boards/fund?after=${allocation.body.position}`);
      expect(list.body).toMatchObject([{ year: 2025, leftFen: '940' }]);
    });

    it('what is not there or not allowed is said so', async () => {
      expect(await read(reviewer, 'boards/fund/2031')).toMatchObject({ status: 404, body: { code: 'F-12' } });
      expect(await read(reviewer, 'boards/fund/soon')).toMatchObject({ status: 400 });
      expect(await read(reviewer, 'boards/fund?asof=1')).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
      expect(await send(clerk, 'fund-years', year)).toMatchObject({ status: 403, body: { code: 'A-1' } });
    });

    it.each([
      ['fund-years', { ...year, budgetFen: 1000 }],
      ['fund-years', { ...year, surprise: 1 }],
      ['fund-years/2025/categories', { ...category, method: 'LOTTERY' }],
      ['fund-years/2025/standards', { ...standard, purpose: 'FUN' }],
      ['fund-years/2025/claims', { ...claim, units: '1' }],
      ['fund-years/2025/claims', { ...claim, claimId: 'mine' }],
      ['fund-years/2025/claims/x/withdrawal', {}],
      ['fund-years/2025/claims/x/withdrawal', { reason: ' ' }],
      ['fund-years/2025/allocation', { budgetFen: '1' }],
      ['fund-years', { ...year, document: '示例\u0000号' }],
      ['fund-years', { ...year, legalBasis: ' 示例' }],
      ['fund-years/2025/categories', { ...category, ceilingFen: null }],
      ['fund-years/2025/standards', { ...standard, purpose: null }],
      ['fund-years/2025/claims', { ...claim, rank: null }],
    ])('V-SHAPE: %s is refused %j', async (url, payload) =>
      expect(await send(fund, url, payload)).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } }),
    );

    it('an unknown kind of object is refused with the kinds there are', async () => {
      const { status, body } = await send(fund, 'fund-years/2025/standards', { ...standard, objectKind: 'patent' });
      expect({ status, body }).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
      expect(JSON.stringify(body)).toContain('certification, portfolio');
    });
  });
});
