import { specFor } from '@app/testing';
import fc from 'fast-check';
import { ALLOCATION_RULES } from './allocation.js';
import { FUND_CATEGORIES, type FundCategory } from './fund-board.js';
import { fundRule } from './fund-rules.js';
import { fundYearDecider } from './fund-year.js';
import type { FundYearCommand, FundYearEvent } from './fund-year-events.js';
import { mayBePaid } from './fund-year-state.js';

type Data<Type extends FundYearEvent['type']> = Extract<FundYearEvent, { type: Type }>['data'];
type Of<Type extends FundYearCommand['type']> = Extract<FundYearCommand, { type: Type }>;

const given = specFor(fundYearDecider);
const WAN = 1_000_000n;

const opening: Data<'FundYearOpened'> = {
  year: 2025,
  budgetFen: String(1000n * WAN),
  legalBasis: '示例依据',
  document: '示例〔2025〕1号',
  openedOn: '2025-01-10',
};
const opened: FundYearEvent = { type: 'FundYearOpened', data: opening };

const setting: Data<'FundCategorySet'> = { year: 2025, category: 'IP_STANDARD_IMPLEMENTATION', method: 'PRO_RATA' };
const categorySet: FundYearEvent = { type: 'FundCategorySet', data: setting };

const draft: Omit<Of<'SetFundStandard'>, 'type'> = {
  year: 2025,
  number: 'BZ-1',
  category: 'IP_STANDARD_IMPLEMENTATION',
  title: '示例：贯标补助',
  unit: '证',
  amountFen: String(10n * WAN),
  objectKind: 'certification',
  legalBasis: '示例依据',
};
const setStandard: Of<'SetFundStandard'> = { type: 'SetFundStandard', ...draft };
const standardData = {
  ...draft,
  objectKind: 'certification',
  purpose: 'CONVERSION',
  instrument: 'DIRECT_GRANT',
} as const;
const standardSet: FundYearEvent = { type: 'FundStandardSet', data: standardData };

const submit: Of<'SubmitFundClaim'> = {
  type: 'SubmitFundClaim',
  year: 2025,
  claimId: 'claim1',
  number: 'SB-1',
  universityId: 'hnu',
  category: 'IP_STANDARD_IMPLEMENTATION',
  standardNumber: 'BZ-1',
  objectKind: 'certification',
  objectId: 'cert1',
  objectNumber: 'C-001',
  units: 1,
  claimedOn: '2025-03-01',
  performanceTarget: '示例：年度许可 10 件次',
};
const { type: _type, ...claimData } = submit;
const submitted: FundYearEvent = { type: 'FundClaimSubmitted', data: { ...claimData, submittedBy: 'clerk' } };
const other = { claimId: 'claim2', number: 'SB-2', universityId: 'csu', objectId: 'cert2', objectNumber: 'C-002' };
const submittedToo: FundYearEvent = {
  type: 'FundClaimSubmitted',
  data: { ...claimData, ...other, submittedBy: 'clerk' },
};

const withdraw: Of<'WithdrawFundClaim'> = {
  type: 'WithdrawFundClaim',
  year: 2025,
  claimId: 'claim1',
  reason: '示例理由',
};
const withdrawn: FundYearEvent = {
  type: 'FundClaimWithdrawn',
  data: { claimId: 'claim1', withdrawnOn: '2025-12-31', reason: '示例理由' },
};

const allocate: Of<'AllocateFundYear'> = { type: 'AllocateFundYear', year: 2025 };
const fund = { actor: { id: 'fund', role: 'FUND_ADMIN', organisation: 'bureau' } };
const allocatedLine = (claimId: string, amount: bigint) => ({
  claimId,
  entitlementFen: String(amount),
  allocatedFen: String(amount),
  derivation: { zh: expect.any(String) as string, en: expect.any(String) as string },
});
const allocation: Data<'FundAllocated'> = {
  year: 2025,
  allocatedOn: '2025-12-31',
  rules: ALLOCATION_RULES,
  allocatedFen: String(10n * WAN),
  leftFen: String(990n * WAN),
  categories: [
    {
      category: 'IP_STANDARD_IMPLEMENTATION',
      method: 'PRO_RATA',
      ceilingFen: null,
      entitlementFen: String(10n * WAN),
      availableFen: String(10n * WAN),
      allocatedFen: String(10n * WAN),
    },
  ],
  lines: [allocatedLine('claim1', 10n * WAN)],
};
const allocated: FundYearEvent = { type: 'FundAllocated', data: allocation };

const ready = given(opened, categorySet, standardSet);
const byMonth = given(opened, categorySet, {
  type: 'FundStandardSet',
  data: { ...standardData, unit: '培育月' },
});
const claimed = given(opened, categorySet, standardSet, submitted);
const closed = given(opened, categorySet, standardSet, submitted, allocated);

describe('opening a fund year', () => {
  const open: FundYearCommand = { type: 'OpenFundYear', ...opening };

  it('is accepted once', () => given().when(open).then(opened));
  it('is ignored when repeated', () => given(opened).when(open).thenNothing());
  it('F-14: is refused with other content', () =>
    given(opened)
      .when({ ...open, budgetFen: '5' })
      .thenRefuses('F-14', 'year'));
  it('F-21: is refused without money', () =>
    given()
      .when({ ...open, budgetFen: '0' })
      .thenRefuses('F-21', 'budget'));
  it('refuses money that is not a text of fen', () =>
    given()
      .when({ ...open, budgetFen: '1.5' })
      .thenRefuses('V-FEN-FORM', 'budget'));
  it('F-24: is refused for what is no year', () => {
    for (const year of [1999, 2200, 2025.5])
      given()
        .when({ ...open, year })
        .thenRefuses('F-24', 'year');
  });
  it('F-64: is refused before it can be: on a day to come, before 2019, after next year', () => {
    given().when(open, { today: '2025-01-09' }).thenRefuses('F-64', 'openedOn');
    for (const year of [2018, 2027])
      given()
        .when({ ...open, year }, { today: '2025-12-31' })
        .thenRefuses('F-64', 'year');
  });
  it('F-64: is accepted today, from 2019 to next year', () => {
    given().when(open, { today: '2025-01-10' }).then(opened);
    for (const year of [2019, 2026])
      given()
        .when({ ...open, year }, { today: '2025-12-31' })
        .then({ type: 'FundYearOpened', data: { ...opening, year } });
  });
});

describe('setting a category', () => {
  const set: Of<'SetFundCategory'> = { type: 'SetFundCategory', ...setting };

  it('is accepted, and again with another method or ceiling', () => {
    given(opened).when(set).then(categorySet);
    const again = { ...setting, method: 'RANK', ceilingFen: String(300n * WAN) } as const;
    given(opened, categorySet)
      .when({ type: 'SetFundCategory', ...again })
      .then({ type: 'FundCategorySet', data: again });
  });
  it('leaves out what was not given', () =>
    given(opened)
      .when({ ...set, ceilingFen: undefined, legalBasis: undefined })
      .then(categorySet));
  it('is ignored when repeated, even after the allocation', () => {
    given(opened, categorySet).when(set).thenNothing();
    closed.when(set).thenNothing();
  });
  it('F-12: is refused before the year is open', () => given().when(set).thenRefuses('F-12', 'year'));
  it('F-13: is refused after the allocation', () => closed.when({ ...set, method: 'FULL' }).thenRefuses('F-13'));
  it('F-8: is refused with a ceiling above the budget, accepted with one at the budget', () => {
    given(opened)
      .when({ ...set, ceilingFen: String(1000n * WAN + 1n) })
      .thenRefuses('F-8', 'ceiling');
    const atBudget = { ...setting, ceilingFen: String(1000n * WAN) };
    given(opened)
      .when({ ...set, ...atBudget })
      .then({ type: 'FundCategorySet', data: atBudget });
  });
  it('F-11: needs a legal basis for the open end of the list', () => {
    const open = { ...set, category: 'OTHER' } as const;
    given(opened).when(open).thenRefuses('F-11', 'legalBasis');
    given(opened)
      .when({ ...open, legalBasis: ' ' })
      .thenRefuses('F-11', 'legalBasis');
    const data = { ...setting, category: 'OTHER', legalBasis: '示例依据' } as const;
    given(opened)
      .when({ ...open, ...data })
      .then({ type: 'FundCategorySet', data });
  });
});

describe('setting a standard', () => {
  const basis = given(opened, categorySet);

  it('is accepted as a direct grant for conversion work', () => basis.when(setStandard).then(standardSet));
  it('keeps cap and instrument', () => {
    const terms = { capFen: '5', instrument: 'REWARD' } as const;
    basis.when({ ...setStandard, ...terms }).then({ type: 'FundStandardSet', data: { ...standardData, ...terms } });
  });
  it('is ignored when repeated', () => {
    ready.when(setStandard).thenNothing();
    closed.when(setStandard).thenNothing();
  });
  it('may be set anew until a claim stands on it, F-17', () => {
    ready
      .when({ ...setStandard, amountFen: '7' })
      .then({ type: 'FundStandardSet', data: { ...standardData, amountFen: '7' } });
    claimed.when({ ...setStandard, amountFen: '7' }).thenRefuses('F-17', 'number');
    given(opened, categorySet, standardSet, submitted, withdrawn)
      .when({ ...setStandard, amountFen: '7' })
      .then({ type: 'FundStandardSet', data: { ...standardData, amountFen: '7' } });
  });
  it('F-12: is refused before the year is open', () => given().when(setStandard).thenRefuses('F-12'));
  it('F-13: is refused after the allocation', () =>
    closed.when({ ...setStandard, number: 'BZ-2' }).thenRefuses('F-13'));
  it('F-15: is refused in a category the year does not have', () =>
    given(opened).when(setStandard).thenRefuses('F-15', 'category'));
  it('F-21: is refused without money', () => {
    basis.when({ ...setStandard, amountFen: '0' }).thenRefuses('F-21', 'amount');
    basis.when({ ...setStandard, capFen: '0' }).thenRefuses('F-21', 'cap');
  });
  it('F-9: is refused as risk compensation', () =>
    basis.when({ ...setStandard, instrument: 'RISK_COMPENSATION' }).thenRefuses('F-9', 'instrument'));

  it('F-X1: is refused for fees, by purpose or by name', () => {
    for (const purpose of ['FILING_FEE', 'ANNUITY', 'AGENCY_FEE'] as const) {
      basis.when({ ...setStandard, purpose }).thenRefuses('F-X1', 'purpose');
    }
    for (const title of ['专利申请费补助', '重点专利年费维持', '专利代理费', 'Annuity support']) {
      basis.when({ ...setStandard, title }).thenRefuses('F-X1', 'title');
    }
    basis.when({ ...setStandard, unit: '元代理费' }).thenRefuses('F-X1', 'unit');
  });

  it('F-X2: is refused for patents as objects or as the unit counted', () => {
    for (const objectKind of ['asset', 'patent', 'toString'])
      basis.when({ ...setStandard, objectKind }).thenRefuses('F-X2', 'objectKind');
    for (const unit of ['件', '件次', '项专利', 'patent'])
      basis.when({ ...setStandard, unit }).thenRefuses('F-X2', 'unit');
    basis
      .when({ ...setStandard, unit: '专利组合' })
      .then({ type: 'FundStandardSet', data: { ...standardData, unit: '专利组合' } });
  });
});

describe('submitting a claim', () => {
  it('is accepted', () => ready.when(submit).then(submitted));
  it('keeps rank and other funding, leaves out gaps', () => {
    const more = { rank: 2, otherFunding: '示例：省级资助' };
    ready
      .when({ ...submit, ...more })
      .then({ type: 'FundClaimSubmitted', data: { ...submitted.data, ...more } as never });
    ready.when({ ...submit, rank: undefined }).then(submitted);
  });
  it('is ignored when repeated', () => {
    claimed.when(submit).thenNothing();
    closed.when(submit).thenNothing();
  });
  it('F-12: is refused before the year is open', () => given().when(submit).thenRefuses('F-12'));
  it('F-13: is refused after the allocation', () => closed.when({ ...submit, ...other }).thenRefuses('F-13'));
  it('F-16: is refused on a standard that is not there, is of another category or for another object', () => {
    ready.when({ ...submit, standardNumber: 'BZ-9' }).thenRefuses('F-16', 'standardNumber');
    ready.when({ ...submit, category: 'OTHER' }).thenRefuses('F-16', 'standardNumber');
    ready.when({ ...submit, objectKind: 'contract' }).thenRefuses('F-16', 'standardNumber');
  });
  it('F-22: takes a rank from one on', () => {
    const data = { ...claimData, rank: 1, submittedBy: 'clerk' };
    ready.when({ ...submit, rank: 1 }).then({ type: 'FundClaimSubmitted', data });
  });
  it('F-22: counts in positive whole numbers', () => {
    for (const units of [0, -1, 1.5]) ready.when({ ...submit, units }).thenRefuses('F-22', 'units');
    ready.when({ ...submit, rank: 0 }).thenRefuses('F-22', 'rank');
  });
  it('F-6: needs a performance target', () =>
    ready.when({ ...submit, performanceTarget: '  ' }).thenRefuses('F-6', 'performanceTarget'));
  it('F-23: is refused when dated after today, accepted today', () => {
    ready.when(submit, { today: '2025-02-28' }).thenRefuses('F-23', 'claimedOn');
    ready.when(submit, { today: '2025-03-01' }).then(submitted);
  });
  it('refuses an entitlement the ledger cannot hold', () =>
    byMonth.when({ ...submit, units: Number.MAX_SAFE_INTEGER }).thenRefuses('V-FEE-LIMIT', 'units'));
  it('F-60: is refused for two units of one object, accepted for one', () => {
    ready.when({ ...submit, units: 2 }).thenRefuses('F-60', 'units');
    ready.when({ ...submit, units: 1 }).then(submitted);
  });
  it('F-60: is accepted for several units of what is done with the object', () => {
    const data = { ...claimData, units: 19, submittedBy: 'clerk' };
    byMonth.when({ ...submit, units: 19 }).then({ type: 'FundClaimSubmitted', data });
  });
  it.each(['2025-01-01', '2025-12-31'])('F-63: is accepted on %s, within its year', (claimedOn) => {
    const data = { ...claimData, claimedOn, submittedBy: 'clerk' };
    ready.when({ ...submit, claimedOn }).then({ type: 'FundClaimSubmitted', data });
  });
  it.each(['2024-12-31', '2026-01-01'])('F-63: is refused on %s, outside its year', (claimedOn) =>
    ready.when({ ...submit, claimedOn }, { today: '2026-06-01' }).thenRefuses('F-63', 'claimedOn'),
  );
  it('F-18: is refused with a number already used, even by a withdrawn claim', () => {
    claimed.when({ ...submit, ...other, number: 'SB-1' }).thenRefuses('F-18', 'number');
    given(opened, categorySet, standardSet, submitted, withdrawn)
      .when({ ...submit, ...other, number: 'SB-1' })
      .thenRefuses('F-18');
  });

  it('F-4: is refused for an object with a live claim, in whatever category', () => {
    claimed.when({ ...submit, claimId: 'claim2', number: 'SB-2' }).thenRefuses('F-4', 'objectNumber');
    const category = 'OTHER';
    const history = [
      { type: 'FundCategorySet', data: { ...setting, category, legalBasis: '示例' } },
      { type: 'FundStandardSet', data: { ...standardData, category, number: 'BZ-2' } },
    ] as const;
    given(opened, categorySet, standardSet, submitted, ...history)
      .when({ ...submit, claimId: 'claim2', number: 'SB-2', category, standardNumber: 'BZ-2' })
      .thenRefuses('F-4');
  });
  it('F-4: names the claim in the way', () =>
    expect(fundRule('F-4', { object: 'C-001', claim: '2025/SB-1' }).text).toEqual({
      zh: '对象“C-001”已由申报 2025/SB-1 申请或获得资助，同一对象只资助一次',
      en: 'claim 2025/SB-1 already asks or was paid for "C-001"; an object is funded once',
    }));
  it('F-4: is accepted once the other claim is withdrawn', () =>
    given(opened, categorySet, standardSet, submitted, withdrawn)
      .when({ ...submit, claimId: 'claim2', number: 'SB-2' })
      .then({ type: 'FundClaimSubmitted', data: { ...submitted.data, claimId: 'claim2', number: 'SB-2' } as never }));
});

describe('withdrawing a claim', () => {
  it('is accepted', () => claimed.when(withdraw).then(withdrawn));
  it('is ignored when repeated', () =>
    given(opened, categorySet, standardSet, submitted, withdrawn).when(withdraw).thenNothing());
  it('F-19: is refused for a claim that is not there', () => ready.when(withdraw).thenRefuses('F-19'));
  it('F-13: is refused after the allocation', () => closed.when(withdraw).thenRefuses('F-13'));
});

describe('allocating a year', () => {
  it('is accepted, with a line for every live claim', () => {
    claimed.when(allocate, fund).then(allocated);
    given(opened, categorySet, standardSet, submittedToo, submitted, withdrawn)
      .when(allocate, fund)
      .then({ type: 'FundAllocated', data: { ...allocation, lines: [allocatedLine('claim2', 10n * WAN)] } });
  });
  it('is ignored when repeated, whoever asks', () => {
    closed.when(allocate, fund).thenNothing();
    closed.when(allocate).thenNothing();
  });
  it('F-5: is refused to who submitted a claim', () => claimed.when(allocate).thenRefuses('F-5'));
  it('F-5: is accepted from who submitted only a withdrawn claim', () => {
    const byFund: FundYearEvent = { type: 'FundClaimSubmitted', data: { ...claimData, submittedBy: 'fund' } };
    given(opened, categorySet, standardSet, byFund).when(allocate, fund).thenRefuses('F-5');
    given(opened, categorySet, standardSet, byFund, withdrawn, submittedToo)
      .when(allocate, fund)
      .then({ type: 'FundAllocated', data: { ...allocation, lines: [allocatedLine('claim2', 10n * WAN)] } });
  });
  it('F-12: is refused before the year is open', () => given().when(allocate, fund).thenRefuses('F-12'));
  it('F-20: is refused without claims', () => {
    ready.when(allocate, fund).thenRefuses('F-20');
    given(opened, categorySet, standardSet, submitted, withdrawn).when(allocate, fund).thenRefuses('F-20');
  });
  it('F-1: is refused when a category to be paid in full is short of money', () => {
    const full: FundYearEvent = {
      type: 'FundCategorySet',
      data: { ...setting, method: 'FULL', ceilingFen: String(15n * WAN) },
    };
    given(opened, full, standardSet, submitted)
      .when(allocate, fund)
      .then({
        type: 'FundAllocated',
        data: {
          ...allocation,
          categories: [{ ...allocation.categories[0], method: 'FULL', ceilingFen: String(15n * WAN) } as never],
        },
      });
    given(opened, full, standardSet, submitted, submittedToo).when(allocate, fund).thenRefuses('F-1', 'categories');
  });
  it('respects the cap of the standard', () => {
    const capped: FundYearEvent = { type: 'FundStandardSet', data: { ...standardData, capFen: String(4n * WAN) } };
    const [event] = fundYearDecider.decide(allocate, given(opened, categorySet, capped, submitted).state(), {
      now: '2025-12-31T04:00:00.000Z',
      today: '2025-12-31',
      ...fund,
    });
    expect(event).toMatchObject({
      data: { allocatedFen: String(4n * WAN), lines: [{ entitlementFen: String(4n * WAN) }] },
    });
  });
});

describe('who an object belongs to (F-4 across years)', () => {
  const object = 'certification:cert1';
  const unfunded: FundYearEvent = {
    type: 'FundAllocated',
    data: { ...allocation, lines: [{ ...allocatedLine('claim1', 0n), derivation: { zh: '', en: '' } }] },
  };

  it('a live or funded claim keeps it', () => {
    expect(mayBePaid(claimed.state(), 'SB-1', object)).toBe(true);
    expect(mayBePaid(closed.state(), 'SB-1', object)).toBe(true);
  });
  it('a withdrawn or unfunded claim does not', () => {
    expect(mayBePaid(given(opened, submitted, withdrawn).state(), 'SB-1', object)).toBe(false);
    expect(mayBePaid(given(opened, submitted, unfunded).state(), 'SB-1', object)).toBe(false);
  });
  it('a claim on its way keeps it while the year takes claims', () => {
    expect(mayBePaid(ready.state(), 'SB-1', object)).toBe(true);
    expect(mayBePaid(closed.state(), 'SB-7', object)).toBe(false);
  });
  it('a claim that was entered for another object does not', () =>
    expect(mayBePaid(claimed.state(), 'SB-1', 'certification:cert9')).toBe(false));
});

it('a withdrawal of an unknown claim folds', () => expect(given(opened, withdrawn).state().claims.size).toBe(0));

it('F-1: whatever was claimed, an allocated year never exceeds its budget, and allocating twice is allocating once', () => {
  const heads = Object.keys(FUND_CATEGORIES) as FundCategory[];
  const settings = fc.array(fc.constantFrom('FULL' as const, 'PRO_RATA' as const, 'RANK' as const), {
    minLength: 6,
    maxLength: 6,
  });
  const claims = fc.array(fc.record({ head: fc.nat(5), units: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(settings, claims, (methods, drawn) => {
      const history: FundYearEvent[] = [
        opened,
        ...heads.map(
          (category, index): FundYearEvent => ({
            type: 'FundCategorySet',
            data: { year: 2025, category, method: methods[index] ?? 'RANK' },
          }),
        ),
        ...heads.map(
          (category): FundYearEvent => ({
            type: 'FundStandardSet',
            data: { ...standardData, category, number: category },
          }),
        ),
        ...drawn.map(({ head, units }, index): FundYearEvent => {
          const category = heads[head] as FundCategory;
          const ids = { claimId: `c${index}`, number: String(index), objectId: String(index) };
          return {
            type: 'FundClaimSubmitted',
            data: { ...claimData, ...ids, category, standardNumber: category, units, submittedBy: 'clerk' },
          };
        }),
      ];
      const state = given(...history).state();
      const context = { now: '2025-12-31T04:00:00.000Z', today: '2025-12-31', ...fund };
      let event: Extract<FundYearEvent, { type: 'FundAllocated' }>;
      try {
        [event] = fundYearDecider.decide(allocate, state, context) as [typeof event];
      } catch (error) {
        expect(error).toMatchObject({ rule: 'F-1' });
        return;
      }
      const { lines } = event.data;
      expect(lines.reduce((sum, { allocatedFen }) => sum + BigInt(allocatedFen), 0n) <= 1000n * WAN).toBe(true);
      expect(fundYearDecider.decide(allocate, fundYearDecider.evolve(state, event), context)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
