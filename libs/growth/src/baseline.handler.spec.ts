import { type CommandContext, commandContext } from '@app/event-store';
import { openTestLedger, type TestLedger } from '@app/flow-testing';
import { type RowContext, parseRow } from '@app/imports';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import type { CommandBus } from '@nestjs/cqrs';
import { ApproveBaseline, ReviseBaseline } from './baseline.handler.js';
import { baselineDecider, baselineStream } from './baseline.js';
import { baselineEvents } from './baseline.projection.js';
import { GrowthImports } from './growth.import.js';
import { GrowthModule } from './growth.module.js';

let ledger: TestLedger;
let commands: CommandBus;
let sent = 0;

const as = (role: string, input: unknown = {}, key = `k${(sent += 1)}`): CommandContext =>
  commandContext({
    actor: { id: 'reviewer', role, organisation: 'bureau' },
    now: '2025-06-01T00:00:00.000Z',
    scope: [key],
    input,
    source: 'test',
  });

const facts = { basis: 'patent-times', ipScope: 'all', baseYear: 2020, source: '示例', evidence: '示例' } as const;
const approval = { scope: 'city', value: 500, approver: 'reviewer2', ...facts };
const baselineOf = (id: string) => ledger.runner.stateOf(baselineDecider, baselineStream(id));

beforeAll(async () => {
  ledger = await openTestLedger({
    modules: [RegistryModule, GrowthModule],
    events: [...registryEvents, baselineEvents],
  });
  ({ commands } = ledger);
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'CENTRAL',
    level: 'UNDERGRADUATE',
    authority: '示例',
  } as const;
  await commands.execute(new RunUniversity('hnu', { type: 'RegisterUniversity', data }, as('REVIEWER')));
});

afterAll(() => ledger.close());

describe('baselines on the bus', () => {
  it('are approved and revised under the id of what they are of', async () => {
    const id = 'city-patent-times-all-2020';
    expect(await commands.execute(new ApproveBaseline(approval, as('REVIEWER')))).toMatchObject({
      id,
      revision: 0,
      written: true,
    });
    const revision = { value: 510, source: '示例', evidence: '示例', reason: '示例', approver: 'reviewer2' };
    expect(await commands.execute(new ReviseBaseline(id, revision, as('REVIEWER')))).toMatchObject({ id, revision: 1 });
    expect(await baselineOf(id)).toMatchObject({
      scope: 'city',
      value: 510,
      proposedBy: 'reviewer',
      approvedBy: 'reviewer2',
    });
  });

  it.each(['全市', '长沙市', 'city'])('take %s for the city', async (scope) => {
    const outcome = await commands.execute(
      new ApproveBaseline({ ...approval, scope, basis: 'contracts' }, as('REVIEWER')),
    );
    expect(outcome.id).toBe('city-contracts-all-2020');
  });

  it.each(['hnu', '示例大学'])('take %s for the university', async (scope) => {
    const outcome = await commands.execute(new ApproveBaseline({ ...approval, scope }, as('REVIEWER')));
    expect(outcome.id).toBe('hnu-patent-times-all-2020');
  });

  it.each([
    ['reviewer', 'A-14'],
    ['Reviewer ', 'A-14'],
    ['nobody', 'A-12'],
    ['fund', 'A-13'],
  ])('refuse %s as approver by %s', async (approver, rule) => {
    const place = { field: 'approver' };
    const wrong = new ApproveBaseline({ ...approval, baseYear: 2019, approver }, as('REVIEWER'));
    await expect(commands.execute(wrong)).rejects.toMatchObject({ rule, place });
    const revision = { value: 1, source: '示例', evidence: '示例', reason: '示例', approver };
    const revised = new ReviseBaseline('city-contracts-all-2020', revision, as('REVIEWER'));
    await expect(commands.execute(revised)).rejects.toMatchObject({ rule, place });
  });

  it('refuse a scope that is not registered, on its field', async () => {
    const unknown = new ApproveBaseline({ ...approval, scope: '不存在的大学' }, as('REVIEWER'));
    await expect(commands.execute(unknown)).rejects.toMatchObject({ rule: 'C-5', place: { field: 'scope' } });
  });

  it('are not an office’s to enter', async () => {
    await expect(commands.execute(new ApproveBaseline(approval, as('TRANSFER_OFFICE')))).rejects.toMatchObject({
      rule: 'A-1',
    });
    const revision = { value: 1, source: '示例', evidence: '示例', reason: '示例', approver: 'x' };
    await expect(
      commands.execute(new ReviseBaseline('city-contracts-all-2020', revision, as('DATA_CLERK'))),
    ).rejects.toMatchObject({
      rule: 'A-1',
    });
  });
});

describe('the sheet of baselines', () => {
  const run = async (cells: Readonly<Record<string, string>>) => {
    const [kind] = ledger.app.get(GrowthImports).kinds;
    if (!kind) throw new Error('the sheet is missing');
    const { row, refusals } = parseRow(kind.columns, cells);
    expect(refusals).toEqual([]);
    const step: RowContext['step'] = (name, input) => as('REVIEWER', input, [...kind.identity(row), name].join('/'));
    return kind.execute(row, { step, today: '2025-06-01' });
  };
  const cells = {
    scope: '示例大学',
    basis: '件',
    ipScope: '仅专利',
    baseYear: '2020',
    value: '120',
    source: '示例',
    evidence: '示例',
    approver: 'reviewer2',
  };

  it('enters a row once', async () => {
    expect(await run(cells)).toBe(true);
    expect(await baselineOf('hnu-distinct-patents-patents-2020')).toMatchObject({
      value: 120,
      approvedBy: 'reviewer2',
    });
    expect(await run(cells)).toBe(false);
  });

  it('reports other content for the same baseline', async () => {
    await expect(run({ ...cells, value: '121' })).rejects.toMatchObject({ rule: 'C-1' });
  });
});
