import type { FeeType } from '@app/kernel';
import { specFor } from '@app/testing';
import { openLicenceDecider } from './open-licence.js';
import type {
  DeclareOpenLicence,
  OpenLicenceCommand,
  OpenLicenceEvent,
  OpenLicenceTerms,
} from './open-licence-events.js';

const given = specFor(openLicenceDecider);

const terms: OpenLicenceTerms = {
  universityId: 'hnu',
  number: '示例-KF-1',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'INVENTION',
  declaredOn: '2024-03-01',
  endsOn: '2027-02-28',
  feeType: 'LUMP_SUM',
  feeFen: '2000000',
  valuation: '示例：按同类许可估算',
};
const declare = (more: Partial<DeclareOpenLicence> = {}): OpenLicenceCommand => ({
  type: 'DeclareOpenLicence',
  ...terms,
  ...more,
});
const declared = (more: Partial<OpenLicenceTerms & { warnings: string[] }> = {}): OpenLicenceEvent => ({
  type: 'OpenLicenceDeclared',
  data: { ...terms, warnings: [], ...more },
});
const announce = (announcedOn = '2024-04-10'): OpenLicenceCommand => ({ type: 'AnnounceOpenLicence', announcedOn });
const announced = (announcedOn = '2024-04-10'): OpenLicenceEvent => ({
  type: 'OpenLicenceAnnounced',
  data: { announcedOn },
});
const requested = (announcedOn = '2024-04-10'): OpenLicenceEvent => ({
  type: 'OpenLicenceAnnouncementRequested',
  data: { announcedOn },
});
const endRequested = (
  on = '2025-01-15',
  cause: 'WITHDRAWN' | 'LAPSED' | 'INVALIDATED' = 'WITHDRAWN',
): OpenLicenceEvent => ({
  type: 'OpenLicenceEndRequested',
  data: { on, cause },
});
const withdraw = (withdrawnOn = '2025-01-15'): OpenLicenceCommand => ({ type: 'WithdrawOpenLicence', withdrawnOn });
const withdrawn = (withdrawnOn = '2025-01-15'): OpenLicenceEvent => ({
  type: 'OpenLicenceWithdrawn',
  data: { withdrawnOn },
});

describe('declaring', () => {
  it('is accepted', () => given().when(declare()).then(declared()));
  it('is ignored when it was declared', () => given(declared()).when(declare()).thenNothing());

  it.each(['UTILITY_MODEL', 'DESIGN'] as const)('OL-2: a %s needs its evaluation report', (ipType) => {
    const [evaluationReportNo, evaluationReportOn] = ['示例-PJ-1', '2024-02-01'];
    given().when(declare({ ipType })).thenRefuses('OL-2', 'evaluationReportNo');
    given().when(declare({ ipType, evaluationReportOn })).thenRefuses('OL-2', 'evaluationReportNo');
    given().when(declare({ ipType, evaluationReportNo })).thenRefuses('OL-2', 'evaluationReportOn');
    const reported = { ipType, evaluationReportNo, evaluationReportOn };
    given().when(declare(reported)).then(declared(reported));
  });

  it.each<[FeeType, string | undefined, number | undefined, string | undefined]>([
    ['FREE', undefined, undefined, undefined],
    ['FREE', '0', 0, undefined],
    ['FREE', '1', undefined, 'fee'],
    ['FREE', undefined, 1, 'royaltyPermyriad'],
    ['LUMP_SUM', '1', undefined, undefined],
    ['LUMP_SUM', '0', undefined, 'fee'],
    ['LUMP_SUM', undefined, undefined, 'fee'],
    ['LUMP_SUM', '1', 500, 'royaltyPermyriad'],
    ['INSTALMENTS', '1', undefined, undefined],
    ['INSTALMENTS', undefined, undefined, 'fee'],
    ['INSTALMENTS', '1', 500, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', undefined, 1, undefined],
    ['RUNNING_ROYALTY', undefined, 10_000, undefined],
    ['RUNNING_ROYALTY', undefined, 10_001, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', undefined, undefined, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', '1', 500, 'fee'],
    ['ENTRY_FEE_PLUS_ROYALTY', '1', 500, undefined],
    ['ENTRY_FEE_PLUS_ROYALTY', '1', undefined, 'royaltyPermyriad'],
    ['ENTRY_FEE_PLUS_ROYALTY', undefined, 500, 'fee'],
  ])('OL-9: %s, a fee of %s fen, a royalty of %s: wrong is %s', (feeType, feeFen, royaltyPermyriad, wrong) => {
    const { feeFen: _fee, ...rest } = terms;
    const data: OpenLicenceTerms = {
      ...rest,
      feeType,
      ...(feeFen === undefined ? {} : { feeFen }),
      ...(royaltyPermyriad === undefined ? {} : { royaltyPermyriad }),
    };
    const spec = given().when({ type: 'DeclareOpenLicence', ...data });
    if (wrong) spec.thenRefuses('OL-9', wrong);
    else
      spec.then({
        type: 'OpenLicenceDeclared',
        data: { ...data, warnings: royaltyPermyriad === 10_000 ? ['OL-24'] : [] },
      });
  });

  it('OL-13: is not dated in the future', () => {
    given().when(declare(), { today: '2024-02-29' }).thenRefuses('OL-13', 'declaredOn');
    given().when(declare(), { today: '2024-03-01' }).then(declared());
    given()
      .when(declare({ evaluationReportOn: '2026-01-01' }))
      .thenRefuses('OL-13', 'evaluationReportOn');
  });
  it('OL-15: ends after it is declared', () => {
    given()
      .when(declare({ endsOn: '2024-03-01' }))
      .thenRefuses('OL-15', 'endsOn');
    given()
      .when(declare({ endsOn: '2024-03-02' }))
      .then(declared({ endsOn: '2024-03-02' }));
  });
});

describe('announcing', () => {
  it('is accepted', () => given(declared()).when(announce()).then(requested()));
  it('is ignored when it was announced that day', () => given(declared(), announced()).when(announce()).thenNothing());
  it('OL-16: is refused when it was announced another day', () => {
    given(declared(), announced()).when(announce('2024-04-11')).thenRefuses('OL-16');
  });
  it('OL-17: needs a declaration', () => given().when(announce()).thenRefuses('OL-17'));
  it('OL-13: is not dated in the future', () => {
    given(declared()).when(announce(), { today: '2024-04-09' }).thenRefuses('OL-13', 'announcedOn');
  });
  it('OL-14: does not come before the declaration', () => {
    given(declared()).when(announce('2024-02-29')).thenRefuses('OL-14', 'announcedOn');
    given(declared()).when(announce('2024-03-01')).then(requested('2024-03-01'));
  });
  it('OL-15: comes before the end', () => {
    given(declared({ endsOn: '2024-04-10' }))
      .when(announce())
      .thenRefuses('OL-15', 'endsOn');
  });
});

describe('withdrawing', () => {
  const history = [declared(), announced()];

  it('is accepted', () => {
    given(...history)
      .when(withdraw())
      .then(endRequested());
  });
  it('is ignored when it was withdrawn that day', () => {
    given(...history, withdrawn())
      .when(withdraw())
      .thenNothing();
  });
  it('OL-16: is refused when it was withdrawn another day, or never announced', () => {
    given(...history, withdrawn())
      .when(withdraw('2025-01-16'))
      .thenRefuses('OL-16');
    given(declared()).when(withdraw()).thenRefuses('OL-16');
  });
  it('OL-17: needs a declaration', () => given().when(withdraw()).thenRefuses('OL-17'));
  it('OL-7: does not come before the announcement', () => {
    given(...history)
      .when(withdraw('2024-04-09'))
      .thenRefuses('OL-7', 'withdrawnOn');
    given(...history)
      .when(withdraw('2024-04-10'))
      .then(endRequested('2024-04-10'));
  });
  it('OL-13: is not dated in the future', () => {
    given(...history)
      .when(withdraw('2026-01-01'))
      .thenRefuses('OL-13', 'withdrawnOn');
  });
});

describe('eligibility', () => {
  const model = { ipType: 'UTILITY_MODEL', evaluationReportNo: '示例-PJ-1', evaluationReportOn: '2024-02-01' } as const;

  describe('OL-21', () => {
    it('is refused when the report speaks against the patent', () => {
      given()
        .when(declare({ ...model, evaluationReportMeets: false }))
        .thenRefuses('OL-21', 'evaluationReportMeets');
    });
    it('is accepted when the report speaks for it, says nothing, or the rule did not govern yet', () => {
      const meets = { ...model, evaluationReportMeets: true };
      given().when(declare(meets)).then(declared(meets));
      given().when(declare(model)).then(declared(model));
      const early = {
        ...model,
        evaluationReportMeets: false,
        declaredOn: '2024-01-19',
        evaluationReportOn: '2024-01-01',
      };
      given().when(declare(early)).then(declared(early));
    });
  });

  describe('OL-37', () => {
    const model = { ipType: 'UTILITY_MODEL', evaluationReportNo: '示例-PJ-1', declaredOn: '2024-03-01' } as const;
    it('is refused with a report made after the declaration', () => {
      given()
        .when(declare({ ...model, evaluationReportOn: '2024-03-02' }))
        .thenRefuses('OL-37', 'evaluationReportOn');
    });
    it('is accepted with one of the same day', () => {
      const report = { ...model, evaluationReportOn: '2024-03-01' };
      given().when(declare(report)).then(declared(report));
    });
  });

  describe('OL-22', () => {
    it('is refused before open licences existed', () => {
      given()
        .when(declare({ declaredOn: '2021-05-31' }))
        .thenRefuses('OL-22', 'declaredOn');
    });
    it('is accepted from the day they came into force', () => {
      given()
        .when(declare({ declaredOn: '2021-06-01' }))
        .then(declared({ declaredOn: '2021-06-01' }));
    });
  });
});

describe('warnings', () => {
  const { feeFen: _fee, valuation: _valuation, ...bare } = terms;
  const royalty = (royaltyPermyriad: number, royaltyBase: 'NET_SALES' | 'PROFIT' | 'OUTPUT_UNIT') =>
    ({ ...bare, feeType: 'RUNNING_ROYALTY', royaltyPermyriad, royaltyBase, valuation: '示例' }) as const;
  const warned = (data: OpenLicenceTerms, ...warnings: string[]) =>
    given()
      .when({ type: 'DeclareOpenLicence', ...data })
      .then({ type: 'OpenLicenceDeclared', data: { ...data, warnings } });

  describe('OL-10', () => {
    it.each(['国内领先的最佳技术', '独一无二', '销量第一', '国家级成果', 'World-class and the best'])(
      'warns of %s',
      (note) => {
        warned({ ...terms, note }, 'OL-10');
      },
    );
    it.each(['最大值取第一阈值', '最终产品', 'first and second electrodes', '国家标准'])('accepts %s', (note) => {
      warned({ ...terms, note });
    });
  });
  describe('OL-23', () => {
    it('warns of a fixed fee above 2000万元', () => warned({ ...terms, feeFen: '2000000001' }, 'OL-23'));
    it('accepts 2000万元', () => warned({ ...terms, feeFen: '2000000000' }));
  });
  describe('OL-24', () => {
    it('warns of a royalty above a fifth of net sales or two fifths of profit', () => {
      warned(royalty(2_001, 'NET_SALES'), 'OL-24');
      warned(royalty(4_001, 'PROFIT'), 'OL-24');
    });
    it('accepts a royalty up to them, and any per unit', () => {
      warned(royalty(2_000, 'NET_SALES'));
      warned(royalty(4_000, 'PROFIT'));
      warned(royalty(9_000, 'OUTPUT_UNIT'));
    });
  });
  describe('OL-25', () => {
    it('warns while the basis of the fee is missing', () => warned({ ...bare, feeFen: '1' }, 'OL-25'));
    it('accepts a stated basis, and declarations from before one was asked for', () => {
      warned({ ...bare, feeFen: '1', valuation: '示例' });
      warned({ ...bare, feeFen: '1', declaredOn: '2024-01-19' });
    });
  });
});

describe('instalments', () => {
  const plan = (...instalments: ReadonlyArray<readonly [number, string]>) => ({
    feeType: 'INSTALMENTS' as const,
    feeFen: '300',
    instalments: instalments.map(([afterMonths, amountFen]) => ({ afterMonths, amountFen })),
  });
  it('are accepted when they begin at once and add up', () => {
    given()
      .when(declare(plan([0, '100'], [6, '200'])))
      .then(declared(plan([0, '100'], [6, '200'])));
  });
  it.each([
    plan([0, '100'], [6, '201']),
    plan([1, '100'], [6, '200']),
    plan([0, '100'], [0, '200']),
    plan([0, '0'], [6, '300']),
    { ...plan([0, '300']), feeType: 'LUMP_SUM' as const },
  ])('are refused otherwise: %j', (wrong) => {
    given().when(declare(wrong)).thenRefuses('OL-27', 'instalments');
  });
});

describe('a royalty base', () => {
  it('is refused without a royalty', () => {
    given()
      .when(declare({ royaltyBase: 'PROFIT' }))
      .thenRefuses('OL-28', 'royaltyBase');
  });
  it('is accepted with one', () => {
    const more = { feeType: 'ENTRY_FEE_PLUS_ROYALTY', royaltyPermyriad: 500, royaltyBase: 'PROFIT' } as const;
    given().when(declare(more)).then(declared(more));
  });
});

describe('a new fee standard', () => {
  const change = (announcedOn: string, feeFen = '3000000'): OpenLicenceCommand => ({
    type: 'ChangeFeeStandard',
    announcedOn,
    feeType: 'LUMP_SUM',
    feeFen,
    valuation: '示例',
  });
  const changed = (announcedOn: string, version = 2, warnings: string[] = []): OpenLicenceEvent => ({
    type: 'FeeStandardChanged',
    data: { announcedOn, version, feeType: 'LUMP_SUM', feeFen: '3000000', valuation: '示例', warnings },
  });
  const history = [declared(), requested(), announced()];

  it('is accepted after the one before', () => {
    given(...history)
      .when(change('2024-04-11'))
      .then(changed('2024-04-11'));
    given(...history, changed('2024-05-01'))
      .when(change('2024-05-02'))
      .then(changed('2024-05-02', 3));
  });
  it('is ignored when it is known', () =>
    given(...history, changed('2024-05-01'))
      .when(change('2024-05-01'))
      .thenNothing());
  it('is refused on the day of the one before, earlier, or after the term', () => {
    given(...history)
      .when(change('2024-04-10'))
      .thenRefuses('OL-26', 'announcedOn');
    given(...history, changed('2024-05-01'))
      .when(change('2024-05-01', '1'))
      .thenRefuses('OL-26', 'announcedOn');
    given(declared({ endsOn: '2024-12-31' }), announced())
      .when(change('2025-01-01'))
      .thenRefuses('OL-26', 'announcedOn');
  });
  it('OL-16: needs an offer', () => given(declared()).when(change('2024-04-11')).thenRefuses('OL-16'));
});

describe('rejection and voiding', () => {
  const reject = (rejectedOn = '2024-04-01'): OpenLicenceCommand => ({
    type: 'RejectOpenLicence',
    rejectedOn,
    ground: '示例',
  });
  const rejected: OpenLicenceEvent = {
    type: 'OpenLicenceRejected',
    data: { rejectedOn: '2024-04-01', ground: '示例' },
  };
  const approval = { reason: '误录', evidence: '示例', approver: 'reviewer' };
  const voiding: OpenLicenceCommand = { type: 'VoidOpenLicence', ...approval };
  const voided: OpenLicenceEvent = { type: 'OpenLicenceVoided', data: approval };

  describe('rejecting', () => {
    it('is accepted', () => given(declared()).when(reject()).then(rejected));
    it('is ignored when it is known', () => given(declared(), rejected).when(reject()).thenNothing());
    it('is refused before the declaration', () => {
      given(declared()).when(reject('2024-02-29')).thenRefuses('OL-29', 'rejectedOn');
    });
    it('OL-16: is refused once it is announced, and announces nothing', () => {
      given(declared(), announced()).when(reject()).thenRefuses('OL-16');
      given(declared(), rejected).when(announce()).thenRefuses('OL-16');
    });
  });
  describe('voiding', () => {
    it('is accepted before the announcement', () => given(declared()).when(voiding).then(voided));
    it('is ignored when it is known', () => given(declared(), voided).when(voiding).thenNothing());
    it('is refused afterwards', () => given(declared(), announced()).when(voiding).thenRefuses('OL-31'));
    it('OL-16: is refused once it is rejected', () => given(declared(), rejected).when(voiding).thenRefuses('OL-16'));
  });
});

describe('the end of the patent', () => {
  const history = [declared(), requested(), announced()];
  const terminate = (endedOn = '2025-02-01', cause: 'LAPSED' | 'INVALIDATED' = 'LAPSED'): OpenLicenceCommand => ({
    type: 'TerminateOpenLicence',
    endedOn,
    cause,
  });
  const terminated: OpenLicenceEvent = {
    type: 'OpenLicenceTerminated',
    data: { endedOn: '2025-02-01', cause: 'LAPSED' },
  };

  it('is accepted', () =>
    given(...history)
      .when(terminate())
      .then(endRequested('2025-02-01', 'LAPSED')));
  it('is ignored when it is known', () => {
    given(...history, endRequested('2025-02-01', 'LAPSED'), terminated)
      .when(terminate())
      .thenNothing();
  });
  it('is refused before the announcement', () =>
    given(...history)
      .when(terminate('2024-04-09'))
      .thenRefuses('OL-29'));
  it('OL-16: leaves nothing to withdraw', () =>
    given(...history, terminated)
      .when(withdraw())
      .thenRefuses('OL-16'));
});

describe('a requested step', () => {
  const refusal = { rule: 'OL-1', clause: 'c', zh: '中', en: 'e' };
  const refused: OpenLicenceEvent = { type: 'OpenLicenceStepRefused', data: { revision: 1, ...refusal } };
  const pending = [declared(), requested()];

  it('is accepted as the title says', () => {
    given(...pending)
      .when({ type: 'ConfirmStep', revision: 1 })
      .then(announced());
    given(...pending)
      .when({ type: 'RefuseStep', revision: 1, ...refusal })
      .then(refused);
    given(declared(), announced(), endRequested()).when({ type: 'ConfirmStep', revision: 2 }).then(withdrawn());
  });
  it('is refused once, then settled, and the title has the last word until it is', () => {
    given(...pending, refused)
      .when({ type: 'RefuseStep', revision: 1, ...refusal })
      .thenNothing();
    given(...pending, refused)
      .when({ type: 'SettleStep', revision: 1 })
      .then({ type: 'OpenLicenceSettled', data: { revision: 1 } });
    given(...pending, refused)
      .when({ type: 'ConfirmStep', revision: 1 })
      .then(announced());
  });
  it('takes the answer to its own request only', () => {
    given(...pending)
      .when({ type: 'ConfirmStep', revision: 0 })
      .thenNothing();
    given(...pending)
      .when({ type: 'SettleStep', revision: 1 })
      .thenNothing();
    given(...pending, announced())
      .when({ type: 'ConfirmStep', revision: 1 })
      .thenNothing();
  });
  it('may be requested again once it is settled', () => {
    given(...pending, refused, { type: 'OpenLicenceSettled', data: { revision: 1 } })
      .when(announce())
      .then(requested());
  });
  it('is refused beside another that is open', () => {
    given(...pending)
      .when(announce('2024-04-11'))
      .thenRefuses('OL-30');
    given(declared(), announced(), endRequested()).when(withdraw('2025-01-16')).thenRefuses('OL-30');
  });
});

it('old histories fold to the same states', () => {
  const state = given(declared(), announced(), withdrawn()).state();
  expect(state).toMatchObject({ announcedOn: '2024-04-10', withdrawnOn: '2025-01-15', open: undefined });
  expect(state.standards).toMatchObject([
    { version: 1, announcedOn: '2024-04-10', feeType: 'LUMP_SUM', feeFen: '2000000' },
  ]);
});
