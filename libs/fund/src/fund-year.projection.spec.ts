import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import { boardOf } from './fund-year-document.js';
import { FundYearRow } from './fund-year.entity.js';
import type { FundYearEvent } from './fund-year-events.js';
import { fundClaimRecords, fundYears } from './fund-year.projection.js';

type Data<Type extends FundYearEvent['type']> = Extract<FundYearEvent, { type: Type }>['data'];

const opened: FundYearEvent = {
  type: 'FundYearOpened',
  data: { year: 2025, budgetFen: '1000', legalBasis: '示例依据', document: '示例1号', openedOn: '2025-01-10' },
};
const setCategory = (data: Omit<Data<'FundCategorySet'>, 'year'>): FundYearEvent => ({
  type: 'FundCategorySet',
  data: { year: 2025, ...data },
});
const setStandard = (amountFen: string): FundYearEvent => ({
  type: 'FundStandardSet',
  data: {
    year: 2025,
    number: 'BZ-1',
    category: 'IP_STANDARD_IMPLEMENTATION',
    title: '示例：贯标补助',
    unit: '证',
    amountFen,
    capFen: '500',
    objectKind: 'certification',
    purpose: 'CONVERSION',
    instrument: 'DIRECT_GRANT',
    legalBasis: '示例依据',
  },
});
const submit = (claimId: string, universityId: string, units: number): FundYearEvent => ({
  type: 'FundClaimSubmitted',
  data: {
    year: 2025,
    claimId,
    number: `SB-${claimId}`,
    universityId,
    category: 'IP_STANDARD_IMPLEMENTATION',
    standardNumber: 'BZ-1',
    objectKind: 'certification',
    objectId: `cert-${claimId}`,
    objectNumber: `GB-${claimId}`,
    units,
    claimedOn: '2025-03-01',
    performanceTarget: '示例目标',
    submittedBy: 'clerk',
  },
});
const withdrawn: FundYearEvent = {
  type: 'FundClaimWithdrawn',
  data: { claimId: 'b', withdrawnOn: '2025-04-01', reason: '示例理由' },
};
const line = (claimId: string, entitlementFen: string, allocatedFen: string) => ({
  claimId,
  entitlementFen,
  allocatedFen,
  derivation: { zh: `说明${claimId}`, en: `because ${claimId}` },
});
const allocated: FundYearEvent = {
  type: 'FundAllocated',
  data: {
    year: 2025,
    allocatedOn: '2025-06-01',
    rules: 'fund-allocation/1',
    allocatedFen: '300',
    leftFen: '700',
    categories: [],
    lines: [line('a', '300', '300'), line('c', '500', '0')],
  },
};

const stream = 'fund-year-2025';
const events: readonly FundYearEvent[] = [
  opened,
  setCategory({ category: 'OTHER', method: 'FULL', legalBasis: '示例' }),
  setCategory({ category: 'IP_STANDARD_IMPLEMENTATION', method: 'FULL' }),
  setCategory({ category: 'IP_STANDARD_IMPLEMENTATION', method: 'RANK', ceilingFen: '400' }),
  setStandard('100'),
  setStandard('300'),
  submit('c', 'csu', 2),
  submit('a', 'hnu', 1),
  submit('b', 'hnu', 1),
  withdrawn,
  allocated,
];
const history = (upTo: number = events.length) => [
  ...recorded(...events.slice(0, upTo).map((event) => [stream, event] as const)),
];
const everyCut = Array.from({ length: events.length - 1 }, (_, index) => index + 1);

const boardAfter = async (upTo?: number) => {
  const [row] = await rowsAfter(fundYears, FundYearRow, history(upTo));
  return row && boardOf(row.document, 'position');
};
const claimsAfter = async (upTo?: number) => {
  const rows = await rowsAfter(fundClaimRecords, RecordRow, history(upTo));
  return Object.fromEntries(rows.map((row) => [row.id, row]));
};

describe('the board of a fund year', () => {
  it('opens with its budget', async () =>
    expect(await boardAfter(1)).toEqual({
      position: 'position',
      year: 2025,
      status: 'OPEN',
      budgetFen: '1000',
      legalBasis: '示例依据',
      document: '示例1号',
      allocatedFen: '0',
      leftFen: '1000',
      categories: [],
      universities: [],
      claims: [],
    }));

  it('shows categories in the order of the plan, each as it was set last', async () => {
    const board = await boardAfter(4);
    expect(board?.categories).toMatchObject([
      {
        category: 'IP_STANDARD_IMPLEMENTATION',
        label: { zh: '知识产权贯标' },
        method: 'RANK',
        ceilingFen: '400',
        leftFen: '400',
        claims: 0,
      },
      { category: 'OTHER', method: 'FULL', ceilingFen: null, leftFen: null },
    ]);
  });

  it('shows submitted claims with their entitlement under the standard of the time, by number', async () => {
    const board = await boardAfter(9);
    expect(board?.claims).toMatchObject([
      {
        number: 'SB-a',
        universityId: 'hnu',
        status: 'SUBMITTED',
        entitlementFen: '300',
        allocatedFen: null,
        derivation: null,
      },
      { number: 'SB-b' },
      {
        number: 'SB-c',
        entitlementFen: '500',
        units: 2,
        objectNumber: 'GB-c',
        objectKind: 'certification',
        claimedOn: '2025-03-01',
      },
    ]);
    expect(board?.categories[0]).toMatchObject({ claims: 3, entitlementFen: '1100', allocatedFen: '0' });
  });

  it('lists a withdrawn claim and counts it nowhere', async () => {
    const board = await boardAfter(10);
    expect(board?.claims[1]).toMatchObject({ number: 'SB-b', status: 'WITHDRAWN' });
    expect(board?.categories[0]).toMatchObject({ claims: 2, entitlementFen: '800' });
    expect(board?.universities).toEqual([
      { universityId: 'csu', claims: 1, allocatedFen: '0' },
      { universityId: 'hnu', claims: 1, allocatedFen: '0' },
    ]);
  });

  it('shows the allocation with its derivations', async () => {
    const board = await boardAfter();
    expect(board).toMatchObject({ status: 'ALLOCATED', allocatedFen: '300', leftFen: '700' });
    expect(board?.claims).toMatchObject([
      { number: 'SB-a', status: 'ALLOCATED', allocatedFen: '300', derivation: { zh: '说明a', en: 'because a' } },
      { number: 'SB-b', status: 'WITHDRAWN', allocatedFen: null },
      { number: 'SB-c', status: 'UNFUNDED', allocatedFen: '0' },
    ]);
    expect(board?.categories[0]).toMatchObject({ allocatedFen: '300', leftFen: '100' });
    expect(board?.universities).toContainEqual({ universityId: 'hnu', claims: 1, allocatedFen: '300' });
  });

  it('is the same however the history is cut', async () => {
    const whole = await rowsAfter(fundYears, FundYearRow, history());
    expect(await rowsAfter(fundYears, FundYearRow, history(), everyCut)).toEqual(whole);
    expect(await rowsAfter(fundYears, FundYearRow, history(), [5, 8])).toEqual(whole);
  });

  it('keeps one row per year', async () => {
    const next: FundYearEvent = { ...opened, data: { ...opened.data, year: 2026 } as never };
    const rows = await rowsAfter(fundYears, FundYearRow, recorded([stream, opened], ['fund-year-2026', next]));
    expect(rows.map(({ year, document }) => [year, document.year])).toEqual([
      ['2025', 2025],
      ['2026', 2026],
    ]);
  });

  it('has no row for a year that was never opened', async () =>
    expect(await rowsAfter(fundYears, FundYearRow, recorded([stream, withdrawn]))).toEqual([]));
});

describe('the record of a claim', () => {
  it('is a row per claim, on the stream of its year', async () => {
    const { a } = await claimsAfter(9);
    expect(a).toMatchObject({
      key: 'fund-claim:a',
      kind: 'fund-claim',
      stream,
      revision: 7,
      number: 'SB-a',
      title: 'GB-a',
      universityId: 'hnu',
      status: 'SUBMITTED',
      date: '2025-03-01',
      year: 2025,
      amountFen: null,
      search: 'sb-a gb-a',
      detail: {
        category: 'IP_STANDARD_IMPLEMENTATION',
        standardNumber: 'BZ-1',
        objectNumber: 'GB-a',
        units: 1,
        performanceTarget: '示例目标',
      },
    });
    expect(a?.detail).not.toHaveProperty('submittedBy');
  });

  it('says when and why it was withdrawn', async () => {
    const { a, b } = await claimsAfter(10);
    expect(b).toMatchObject({
      status: 'WITHDRAWN',
      revision: 9,
      detail: { withdrawnOn: '2025-04-01', reason: '示例理由', units: 1 },
    });
    expect(a).toMatchObject({ status: 'SUBMITTED', revision: 7 });
  });

  it('carries the amount and its derivation once allocated', async () => {
    const { a, b, c } = await claimsAfter();
    expect(a).toMatchObject({
      status: 'ALLOCATED',
      amountFen: 300n,
      revision: 10,
      detail: { entitlementFen: '300', allocatedFen: '300', derivationZh: '说明a', derivationEn: 'because a' },
    });
    expect(b).toMatchObject({ status: 'WITHDRAWN', amountFen: null, revision: 9 });
    expect(c).toMatchObject({ status: 'UNFUNDED', amountFen: 0n });
  });

  it('is the same however the history is cut', async () => {
    const byKey = (rows: RecordRow[]) => rows.sort((x, y) => (x.key < y.key ? -1 : 1));
    const whole = byKey(await rowsAfter(fundClaimRecords, RecordRow, history()));
    expect(byKey(await rowsAfter(fundClaimRecords, RecordRow, history(), everyCut))).toEqual(whole);
    expect(byKey(await rowsAfter(fundClaimRecords, RecordRow, history(), [7, 9]))).toEqual(whole);
  });

  it('has no row for a claim that was never submitted', async () =>
    expect(await rowsAfter(fundClaimRecords, RecordRow, recorded([stream, withdrawn]))).toEqual([]));
});
