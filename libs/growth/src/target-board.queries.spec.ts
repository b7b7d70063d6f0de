import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContractEvent, type ContractTerms, contractsEvents } from '@app/contracts';
import { EventRegistry, MemoryEventStore, type RecordedEvent } from '@app/event-store';
import { validationPipe } from '@app/http';
import type { Actor, Message } from '@app/kernel';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { registryEvents, registryProjections } from '@app/registry';
import { recorded } from '@app/testing';
import type { BaselineEvent } from './baseline.js';
import { approvedBaselines, baselineEvents, baselineRecords } from './baseline.projection.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { ListConversionFacts, ListConversionFactsHandler } from './conversion-facts.queries.js';
import { ConversionFactsDto, TargetBoardDto } from './target-board.dto.js';
import { GetTargetBoard, GetTargetBoardHandler } from './target-board.queries.js';

type Step = readonly [stream: string, event: Message];

const reviewer: Actor = { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' };
const officeOf = (organisation: string): Actor => ({ id: organisation, role: 'TRANSFER_OFFICE', organisation });
const figure = { column: 'total', basis: 'patent-times', ipScope: 'all' } as const;

const university = (code: string, inPanel: boolean): Step[] => [
  [
    `university-${code}`,
    {
      type: 'UniversityRegistered',
      data: { code, name: `示例大学${code}`, ownership: 'PROVINCIAL', level: 'UNDERGRADUATE', authority: '示例' },
    },
  ],
  [`university-${code}`, { type: 'PanelMembershipSet', data: { inPanel, from: '2019-01-01' } }],
];

const licence = (universityId: string, id: string, recordedOn: string, assets: readonly string[]): Step[] => {
  const terms: ContractTerms = {
    universityId,
    number: id,
    mode: 'LICENCE',
    assets: assets.map((assetId) => ({ assetId, ipType: 'INVENTION', number: `n-${assetId}` })),
    counterparty: '示例公司',
    signedOn: '2020-01-01',
    effectiveOn: '2020-02-01',
    feeType: 'FREE',
    pricingMethod: 'NEGOTIATED',
  };
  const events: ContractEvent[] = [
    { type: 'LodgementRequested', data: { ...terms, inChangsha: { rule: 'in-changsha/1', value: true } } },
    { type: 'ContractLodged', data: { assets } },
    { type: 'LicenceRecorded', data: { recordNo: id, recordedOn } },
  ];
  return events.map((event) => [`contract-${id}`, event]);
};

const baseline = (scope: string, value: number): Step => {
  const data = { scope, basis: 'patent-times', ipScope: 'all', baseYear: 2020, value } as const;
  const event: BaselineEvent = {
    type: 'BaselineApproved',
    data: { ...data, source: '示例', evidence: '示例', proposedBy: 'a', approvedBy: 'b' },
  };
  return [`baseline-${scope}-patent-times-all-2020`, event];
};

const assets = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}${index}`);

const history: readonly Step[] = [
  ...university('hnu', true),
  ...university('nudt', false),
  ...licence('hnu', 'c1', '2020-05-01', assets(4, 'x')),
  ...licence('hnu', 'c2', '2021-05-01', assets(6, 'y')),
  ...licence('hnu', 'c3', '2025-05-01', assets(12, 'z')),
  ...licence('hnu', 'c4', '2025-05-02', ['z0']),
  ...licence('nudt', 'c5', '2025-06-01', assets(3, 'n')),
  baseline('city', 5),
];

let folder: string;
let store: MemoryEventStore;
let models: ReadModels;

const append = async (events: readonly RecordedEvent[]): Promise<void> => {
  for (const { stream, revision, position: _position, ...event } of events) {
    await store.append(stream, [event], revision === 0 ? 'none' : revision - 1);
  }
};

const open = async (...steps: readonly Step[]): Promise<void> => {
  store = new MemoryEventStore();
  await append(recorded(...steps));
  const registry = new EventRegistry([...registryEvents, ...contractsEvents, baselineEvents]);
  models = embeddedReadModels(
    store,
    registry,
    [...registryProjections, approvedBaselines, baselineRecords, conversionFacts],
    folder,
  );
  await models.open();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-board-'));
});
afterEach(async () => {
  await models.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const board = (baseYear = 2020, ipScope: 'all' | 'patents' = 'all') =>
  new GetTargetBoardHandler(models).execute(new GetTargetBoard(reviewer, baseYear, ipScope));

describe('the target board', () => {
  it('shows years, counts and growth of the city and of every registered university', async () => {
    await open(...history);
    const { city, universities, position, rule } = await board();
    expect(rule.id).toBe('2022-plan/1');
    expect(position).toBe(models.token());
    expect(city.years.map(({ year }) => year)).toEqual([2020, 2021, 2022, 2023, 2024, 2025]);
    expect(universities.map(({ universityId, inPanel }) => [universityId, inPanel])).toEqual([
      ['hnu', true],
      ['nudt', false],
    ]);
    expect(city.years[5]).toMatchObject({
      counts: {
        'patent-times': { licences: 13, total: 13 },
        contracts: { licences: 2, total: 2 },
        'distinct-patents': { licences: 12, total: 12 },
      },
      unrecorded: 0,
      inChangsha: 13,
    });
    expect(universities[1]?.years[5]?.counts['patent-times'].total).toBe(3);
  });

  it('judges by the approved baseline of the scope only', async () => {
    await open(...history);
    const { city, universities } = await board();
    const figures = city.years.map(({ growth }) => growth['patent-times']);
    expect(figures.map(({ verdict }) => verdict)).toEqual(['BASE', 'MET', 'MISSED', 'MISSED', 'MISSED', 'MET']);
    expect(figures[1]).toMatchObject({
      base: 5,
      actual: 6,
      required: 6,
      gap: 0,
      averagePercent: '20.0',
      yearOnYearPercent: '20.0',
    });
    expect(figures[2]).toMatchObject({ actual: 0, yearOnYearPercent: '-100.0' });
    expect(figures[3]?.yearOnYearPercent).toBeNull();
    expect(city.years[5]?.growth.contracts).toMatchObject({ verdict: 'NOT_COMPUTABLE', base: null });
    expect(universities[0]?.years[1]?.growth['patent-times']).toMatchObject({
      verdict: 'NOT_COMPUTABLE',
      yearOnYearPercent: null,
    });
  });

  it('lists the baselines of its base year and IP scope', async () => {
    await open(...history, baseline('hnu', 4));
    expect((await board()).baselines).toMatchObject([
      { scope: 'city', value: 5, approvedBy: 'b' },
      { scope: 'hnu', value: 4 },
    ]);
    expect((await board(2021)).baselines).toEqual([]);
    expect((await board(2020, 'patents')).baselines).toEqual([]);
  });

  it('keeps T4 to the plan’s own view whatever it shows', async () => {
    await open(...history);
    const targetOf = async (baseYear: number) =>
      (await board(baseYear, 'patents')).targets.find(({ id }) => id === 'T4');
    expect(await targetOf(2022)).toMatchObject({ actual: 13, required: 13, verdict: 'MET' });
    expect((await targetOf(2020))?.path.map(({ value }) => value)).toEqual([6, 0, 0, 0, 13]);
  });

  it('can start at any base year, also one after the plan', async () => {
    await open(...history);
    expect((await board(2023)).city.years.map(({ year }) => year)).toEqual([2023, 2024, 2025]);
    expect((await board(2040)).city.years.map(({ year }) => year)).toEqual([2040]);
  });

  it('remembers its answer until the log moves on', async () => {
    await open(...history);
    const handler = new GetTargetBoardHandler(models);
    const ask = (after?: string) => handler.execute(new GetTargetBoard(reviewer, 2020, 'all', after));
    const first = await ask();
    expect(await ask()).toBe(first);
    const more = recorded(...history, ...licence('hnu', 'c6', '2025-07-01', ['w'])).slice(history.length);
    await append(more);
    const later = await ask(models.token(await store.head()));
    expect(later.city.years[5]?.counts['patent-times'].total).toBe(14);
  });

  it('is refused to who may not see boards', async () => {
    await open();
    const admin: Actor = { id: 'admin', role: 'SYSTEM_ADMIN', organisation: 'bureau' };
    const query = new GetTargetBoard(admin, 2020, 'all');
    await expect(new GetTargetBoardHandler(models).execute(query)).rejects.toMatchObject({ rule: 'A-1' });
  });
});

describe('the facts behind a cell', () => {
  const facts = (
    actor: Actor,
    cell: Partial<ListConversionFacts['cell']>,
    page: ListConversionFacts['page'] = { limit: 50 },
  ) => {
    const query = new ListConversionFacts(actor, { scope: 'city', year: 2025, ...figure, ...cell }, page);
    return new ListConversionFactsHandler(models).execute(query);
  };

  it('are as many as the figure, a page at a time, oldest first', async () => {
    await open(...history);
    const first = await facts(reviewer, {}, { limit: 10 });
    expect(first).toMatchObject({ count: 13, items: { length: 10 } });
    const second = await facts(reviewer, {}, { limit: 10, cursor: first.next ?? '' });
    expect(second).toMatchObject({ count: 13, items: { length: 3 }, next: null });
    expect(second.items.at(-1)).toEqual({
      key: 'c4:z0:2',
      rule: '2022-plan/1',
      contractId: 'c4',
      contractNumber: 'c4',
      universityId: 'hnu',
      assetId: 'z0',
      number: 'n-z0',
      ipType: 'INVENTION',
      mode: 'LICENCE',
      countedOn: '2025-05-02',
      pendingOn: null,
      flags: [],
      inChangsha: true,
    });
    expect(new Set([...first.items, ...second.items].map(({ key }) => key)).size).toBe(13);
  });

  it.each([
    [{ column: 'transfers' }, 0, 0],
    [{ column: 'licences' }, 13, 13],
    [{ basis: 'contracts' }, 2, 13],
    [{ basis: 'distinct-patents' }, 12, 13],
    [{ column: 'inChangsha' }, 13, 13],
    [{ column: 'flagged' }, 0, 0],
    [{ column: 'unrecorded' }, 0, 0],
    [{ scope: 'nudt' }, 3, 3],
    [{ year: 2021, ipScope: 'patents' }, 6, 6],
  ] as const)('%j: figure %s on %s facts', async (cell, count, length) => {
    await open(...history);
    expect(await facts(reviewer, cell)).toMatchObject({ count, items: { length } });
  });

  it('of signed but unrecorded licences are in their own column', async () => {
    await open(...history.slice(0, 6));
    const [first] = (await facts(reviewer, { year: 2020, column: 'unrecorded' })).items;
    expect(first).toMatchObject({ countedOn: null, pendingOn: '2020-02-01' });
    expect(await facts(reviewer, { year: 2020 })).toMatchObject({ count: 0, items: [] });
  });

  it('of other universities are not an office’s to see', async () => {
    await open(...history);
    await expect(facts(officeOf('nudt'), { scope: 'hnu' })).rejects.toMatchObject({ rule: 'A-2' });
    expect(await facts(officeOf('hnu'), { scope: 'hnu' })).toMatchObject({ items: { length: 13 } });
    expect(await facts(officeOf('nudt'), {})).toMatchObject({ count: 13, items: [] });
  });

  it('refuse a cursor that is none', async () => {
    await open(...history);
    await expect(facts(reviewer, {}, { limit: 1, cursor: 'x' })).rejects.toMatchObject({ rule: 'V-PAGE' });
  });
});

describe('the query strings', () => {
  const parse = (metatype: new () => object, value: object) =>
    validationPipe().transform(value, { type: 'query', metatype });
  beforeEach(() => open());

  it('default to the plan’s own view', async () => {
    expect(await parse(TargetBoardDto, {})).toEqual({ baseYear: 2020, ipScope: 'all' });
    expect(await parse(ConversionFactsDto, { year: '2021' })).toEqual({
      scope: 'city',
      year: 2021,
      basis: 'patent-times',
      ipScope: 'all',
      column: 'total',
      limit: 50,
    });
  });

  it.each([
    [TargetBoardDto, { baseYear: 'x' }],
    [TargetBoardDto, { baseYear: '1999' }],
    [TargetBoardDto, { ipScope: 'some' }],
    [TargetBoardDto, { unknown: '1' }],
    [ConversionFactsDto, {}],
    [ConversionFactsDto, { year: '2021', column: 'all' }],
    [ConversionFactsDto, { year: '2021', limit: '201' }],
  ])('%p refuses %j', async (metatype, value) => {
    await expect(parse(metatype, value)).rejects.toMatchObject({ rule: 'V-SHAPE' });
  });
});
