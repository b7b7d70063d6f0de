import type { FoundContract } from '@app/contracts';
import { Refusal } from '@app/kernel';
import { assertInForce, assertStanding, countsObjects } from './fund-object.js';

const refusalOf = (check: () => void): Pick<Refusal, 'rule' | 'place'> | undefined => {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { rule: error.rule, place: error.place };
    throw error;
  }
};
const place = { field: 'objectNumber' };

describe('the unit of a standard', () => {
  it.each(['家', '证', '项', '个', ' 项 ', 'certificates'])('%s counts objects', (unit) =>
    expect(countsObjects(unit)).toBe(true),
  );
  it.each(['培育月', '万元合同额', '项目月', '人', '万元'])('%s measures what is done with them', (unit) =>
    expect(countsObjects(unit)).toBe(false),
  );
});

describe('an object on the day of the claim', () => {
  const office = { startedOn: '2021-05-10', endedOn: '2024-01-02' };
  const on = (claimedOn: string, object: { readonly startedOn: string; readonly endedOn?: string } = office) =>
    refusalOf(() => assertInForce(object, '示例中心', claimedOn));

  it.each(['2021-05-10', '2024-01-01'])('F-61: is accepted on %s', (date) => expect(on(date)).toBeUndefined());
  it('F-61: is accepted without an end', () => expect(on('2030-01-01', { startedOn: '2021-05-10' })).toBeUndefined());
  it.each(['2021-05-09', '2024-01-02'])('F-61: is refused on %s', (date) =>
    expect(on(date)).toEqual({ rule: 'F-61', place }),
  );
});

describe('a contract on the day of the claim', () => {
  const on = (contract: Pick<FoundContract, 'status' | 'terminatedOn'>) =>
    refusalOf(() => assertStanding(contract, 'HT-1', '2024-03-01'));

  it.each([{ status: 'LODGED' }, { status: 'LODGED', terminatedOn: '2024-03-01' }] as const)(
    'F-62: is accepted with %j',
    (contract) => expect(on(contract)).toBeUndefined(),
  );
  it.each([
    { status: 'REQUESTED' },
    { status: 'REFUSED' },
    { status: 'VOIDED' },
    { status: 'LODGED', terminatedOn: '2024-02-29' },
  ] as const)('F-62: is refused with %j', (contract) => expect(on(contract)).toEqual({ rule: 'F-62', place }));
});
