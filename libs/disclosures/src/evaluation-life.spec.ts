import { Refusal } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  type CommissionEvaluation,
  type ConcludeCommissioned,
  type ConcludeEvaluation,
  type EvaluationCommand,
  evaluationDecider,
} from './evaluation.js';
import type { Evaluation, EvaluationEvent } from './evaluation-events.js';
import type { EvaluationConclusion } from './evaluation-facts.js';
import { warningsOn } from './findings.js';
import type { DecidedFiling, FeeArrangement, LaterEvaluation } from './filing.js';
import { type Release, type StandingRelease, assertNoMarketTransfer } from './release.js';

const given = specFor(evaluationDecider);

const evaluated = {
  universityId: 'hnu',
  number: '示例-PG-1',
  disclosureId: 'd1',
  disclosureNumber: '示例-PL-1',
  title: '示例：一种测量装置',
} as const;
const evaluator = { evaluatorKind: 'COMMISSIONED', evaluator: '示例知识产权评估有限公司' } as const;
const clear = { conflictOfInterest: { declared: false, statement: '示例：无利益冲突' } } as const;
const declared = { conflictOfInterest: { declared: true, statement: '示例：持有竞争企业股份' } } as const;
const findings = { evaluatedOn: '2021-04-10', conclusion: 'DO_NOT_FILE' } as const;
const known = { disclosure: { status: 'ACCEPTED', disclosedOn: '2000-01-01' } } as const;
const approval = { reason: '示例：笔误', evidence: '示例文号1', approver: 'hnu-head' } as const;

const commission: CommissionEvaluation = {
  type: 'CommissionEvaluation',
  known,
  ...evaluated,
  ...evaluator,
  commissionedOn: '2021-04-01',
};
const commissioned: EvaluationEvent = {
  type: 'EvaluationCommissioned',
  data: { ...evaluated, ...evaluator, commissionedOn: '2021-04-01' },
};
const conclude: ConcludeCommissioned = { type: 'ConcludeCommissioned', known, ...findings };
const atOnce: ConcludeEvaluation = { type: 'ConcludeEvaluation', known, ...evaluated, ...evaluator, ...findings };
const concluded = (more: object = {}): EvaluationEvent => {
  const data = { ...evaluated, ...evaluator, ...findings, ...more };
  const warnings = warningsOn(data, data);
  return { type: 'EvaluationConcluded', data: { ...data, ...(warnings.length > 0 ? { warnings } : {}) } };
};
const filing: DecidedFiling = { decision: 'DO_NOT_FILE', decidedOn: '2021-04-20', decidedBy: '科研院院长' };
const decide = (more: Partial<DecidedFiling> = {}) => ({ type: 'DecideFiling', ...filing, ...more }) as const;
const decided = (more: Partial<DecidedFiling> = {}): EvaluationEvent => ({
  type: 'FilingDecided',
  data: { universityId: 'hnu', disclosureId: 'd1', ...filing, ...more },
});
const released = (release: Release): EvaluationEvent => ({
  type: 'RightReleasedToInventor',
  data: { universityId: 'hnu', disclosureId: 'd1', disclosureNumber: '示例-PL-1', ...release },
});
const release: Release = {
  on: '2021-05-01',
  contractNo: '示例-HT-1',
  sharePermyriad: 1_000,
  inventors: ['p_1', 'p_2'],
};
const later: LaterEvaluation = {
  evaluationId: 'e2',
  number: '示例-PG-2',
  evaluatedOn: '2021-06-01',
  conclusion: 'FILE',
};
const superseded: EvaluationEvent = { type: 'EvaluationSuperseded', data: later };

describe('commissioning an evaluation', () => {
  it('is accepted', () => given().when(commission).then(commissioned));
  it('is ignored when it comes again', () => given(commissioned).when(commission).thenNothing());

  it('E-20: is refused with a due date before it, accepted with one on the day', () => {
    given()
      .when({ ...commission, dueOn: '2021-03-31' })
      .thenRefuses('E-20', 'dueOn');
    const due = { dueOn: '2021-04-01' };
    given()
      .when({ ...commission, ...due })
      .then({
        type: 'EvaluationCommissioned',
        data: { ...evaluated, ...evaluator, commissionedOn: '2021-04-01', ...due },
      });
  });

  it('E-13: is refused after today', () =>
    given().when(commission, { today: '2021-03-31' }).thenRefuses('E-13', 'commissionedOn'));
});

describe('a disclosure that is evaluated', () => {
  const opening: ReadonlyArray<CommissionEvaluation | ConcludeEvaluation> = [commission, atOnce];

  it.each(['RETURNED', 'WITHDRAWN'] as const)('E-17: is refused when it is %s', (status) => {
    for (const command of opening) {
      given()
        .when({ ...command, known: { disclosure: { status, disclosedOn: '2000-01-01' } } })
        .thenRefuses('E-17', 'disclosureNumber');
    }
  });

  it('E-18: is refused when it is no service invention', () => {
    for (const command of opening) {
      given()
        .when({
          ...command,
          known: { disclosure: { status: 'ACCEPTED', disclosedOn: '2000-01-01', ground: 'NOT_SERVICE' } },
        })
        .thenRefuses('E-18', 'disclosureNumber');
    }
  });

  it('is accepted when it is disclosed or accepted, and a service invention', () => {
    given()
      .when({ ...atOnce, known: { disclosure: { status: 'DISCLOSED', disclosedOn: '2000-01-01' } } })
      .then(concluded());
    given()
      .when({ ...atOnce, known: { disclosure: { status: 'ACCEPTED', disclosedOn: '2000-01-01', ground: 'OWN_JOB' } } })
      .then(concluded());
  });
});

describe('conflict of interest', () => {
  const replace = {
    type: 'ReplaceEvaluator',
    evaluatorKind: 'INTERNAL',
    evaluator: '示例大学知识产权中心',
    replacedOn: '2021-04-05',
    reason: '示例：原评估机构申报利益冲突',
  } as const;
  const { type: _type, ...replaced } = replace;

  it.each<EvaluationCommand>([
    { ...commission, ...declared },
    { ...atOnce, ...declared },
  ])('E-19: $type is refused when one is declared', (command) => {
    given().when(command).thenRefuses('E-19', 'conflictOfInterest');
  });

  it('E-19: is refused at the conclusion and of the next evaluator', () => {
    given(commissioned)
      .when({ ...conclude, ...declared })
      .thenRefuses('E-19', 'conflictOfInterest');
    given(commissioned)
      .when({ ...replace, ...declared })
      .thenRefuses('E-19', 'conflictOfInterest');
  });

  it('E-19: is accepted with a statement that there is none, and in the days before the rule', () => {
    given()
      .when({ ...atOnce, ...clear })
      .then(concluded(clear));
    const early = { ...declared, evaluatedOn: '2020-02-02' };
    given()
      .when({ ...atOnce, ...early })
      .then(concluded(early));
  });

  it('accepts another evaluator, who then concludes', () => {
    const event: EvaluationEvent = { type: 'EvaluatorReplaced', data: replaced };
    given(commissioned).when(replace).then(event);
    given(commissioned, event).when(replace).thenNothing();
    given(commissioned, event)
      .when(conclude)
      .then(concluded({ evaluatorKind: 'INTERNAL', evaluator: '示例大学知识产权中心' }));
  });

  it('E-20, E-22: another evaluator is refused before the commission and after the conclusion', () => {
    given(commissioned)
      .when({ ...replace, replacedOn: '2021-03-31' })
      .thenRefuses('E-20', 'replacedOn');
    given(commissioned, concluded()).when(replace).thenRefuses('E-22');
  });
});

describe('concluding a commissioned evaluation', () => {
  it('is accepted', () => given(commissioned).when(conclude).then(concluded()));
  it('is ignored when it comes again', () => given(commissioned, concluded()).when(conclude).thenNothing());

  it('E-22: is refused when it was concluded otherwise', () => {
    given(commissioned, concluded())
      .when({ ...conclude, conclusion: 'FILE' })
      .thenRefuses('E-22');
  });

  it('E-20: is refused before it was commissioned, accepted on the day', () => {
    given(commissioned)
      .when({ ...conclude, evaluatedOn: '2021-03-31' })
      .thenRefuses('E-20', 'evaluatedOn');
    given(commissioned)
      .when({ ...conclude, evaluatedOn: '2021-04-01' })
      .then(concluded({ evaluatedOn: '2021-04-01' }));
  });

  it('E-21: a decision is refused until then and accepted afterwards', () => {
    given(commissioned).when(decide()).thenRefuses('E-21');
    given(commissioned, concluded()).when(decide()).then(decided());
  });
});

describe('score cards', () => {
  const ownCard = { version: '2024', name: '示例评分卡', scores: [{ dimension: '成熟度', grade: '7' }] };

  it("keeps the university's own card", () => {
    const kept = { scoreCard: 'own/2024', scoreCardName: '示例评分卡', scores: ownCard.scores };
    given()
      .when({ ...atOnce, ownCard })
      .then(concluded(kept));
  });

  it('E-23: is refused beside the common grades', () => {
    given()
      .when({ ...atOnce, ownCard, market: 'A' })
      .thenRefuses('E-23', 'ownCard');
  });

  it('E-24: is refused when a dimension is scored twice', () => {
    const scores = [...ownCard.scores, { dimension: '成熟度', grade: '8' }];
    given()
      .when({ ...atOnce, ownCard: { ...ownCard, scores } })
      .thenRefuses('E-24', 'ownCard');
  });
});

describe('fees', () => {
  const file = (fees: FeeArrangement, on = '2021-04-20') => decide({ decision: 'FILE', decidedOn: on, fees });
  const wanted = concluded({ conclusion: 'FILE' });
  const filed = (fees: FeeArrangement) => decided({ decision: 'FILE', fees });

  it.each<FeeArrangement>([
    { bearer: 'UNIVERSITY' },
    { bearer: 'INVENTOR', publicMoney: false },
    { bearer: 'SHARED', inventorPermyriad: 1 },
    { bearer: 'SHARED', inventorPermyriad: 9_999 },
    { bearer: 'SHARED', inventorPermyriad: 7_000, inventorOwnershipPermyriad: 7_000 },
    { bearer: 'INVENTOR', inventorOwnershipPermyriad: 10_000 },
  ])('is accepted: %j', (fees) => given(wanted).when(file(fees)).then(filed(fees)));

  it.each<FeeArrangement>([
    { bearer: 'SHARED' },
    { bearer: 'SHARED', inventorPermyriad: 0 },
    { bearer: 'SHARED', inventorPermyriad: 10_000 },
    { bearer: 'UNIVERSITY', inventorPermyriad: 5_000 },
  ])('E-25: is refused: %j', (fees) => given(wanted).when(file(fees)).thenRefuses('E-25', 'fees'));

  it.each<FeeArrangement>([
    { bearer: 'INVENTOR', publicMoney: true },
    { bearer: 'SHARED', inventorPermyriad: 5_000, publicMoney: true },
  ])('E-26: public money of the inventors is refused: %j', (fees) =>
    given(wanted).when(file(fees)).thenRefuses('E-26', 'fees'),
  );

  it.each<FeeArrangement>([
    { bearer: 'SHARED', inventorPermyriad: 6_999, inventorOwnershipPermyriad: 7_000 },
    { bearer: 'UNIVERSITY', inventorOwnershipPermyriad: 7_000 },
    { bearer: 'INVENTOR', inventorOwnershipPermyriad: 7_000 },
  ])('E-27: is refused against the split of ownership: %j', (fees) =>
    given(wanted).when(file(fees)).thenRefuses('E-27', 'fees'),
  );

  it('E-28: without a filing the university bears none: refused, accepted for the inventors', () => {
    given(concluded())
      .when(decide({ fees: { bearer: 'UNIVERSITY' } }))
      .thenRefuses('E-28', 'fees');
    const fees = { bearer: 'INVENTOR' } as const;
    given(concluded()).when(decide({ fees })).then(decided({ fees }));
  });

  it('accepts what was agreed before the rules', () => {
    const early = concluded({ conclusion: 'FILE', evaluatedOn: '2019-01-01' });
    const fees = { bearer: 'INVENTOR', publicMoney: true } as const;
    given(early)
      .when(file(fees, '2020-02-02'))
      .then(decided({ decision: 'FILE', decidedOn: '2020-02-02', fees }));
  });
});

describe('a statement of diligence', () => {
  const diligence = '示例：已尽责，未牟取非法利益';
  const evidence = '示例报告1';

  it('E-31: is refused without a statement of no conflict, without evidence, and when filing', () => {
    const clean = concluded({ ...clear, evidence, conclusion: 'FILE_AFTER_IMPROVEMENT' });
    given(concluded({ evidence })).when(decide({ diligence })).thenRefuses('E-31', 'diligence');
    given(concluded(clear)).when(decide({ diligence })).thenRefuses('E-31', 'diligence');
    given(clean)
      .when(decide({ diligence, decision: 'FILE' }))
      .thenRefuses('E-31', 'diligence');
  });

  it('is accepted with both, the evidence by number or by file', () => {
    const file = { hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 };
    for (const report of [{ evidence }, { evidenceFiles: [file] }]) {
      given(concluded({ ...clear, ...report }))
        .when(decide({ diligence }))
        .then(decided({ diligence }));
    }
  });
});

describe('evaluating anew', () => {
  const anew = (more: object = {}, earlier: object | undefined = { disclosureId: 'd1', evaluatedOn: '2021-04-10' }) =>
    ({
      ...atOnce,
      supersedes: '示例-PG-0',
      ...more,
      known: { ...known, ...(earlier ? { earlier } : {}) },
    }) as ConcludeEvaluation;

  it('E-30: is accepted for an earlier concluded evaluation of the same disclosure', () => {
    given()
      .when(anew())
      .then(concluded({ supersedes: '示例-PG-0' }));
  });

  it.each([
    undefined,
    { disclosureId: 'd2', evaluatedOn: '2021-04-10' },
    { disclosureId: 'd1' },
    { disclosureId: 'd1', evaluatedOn: '2021-04-11' },
  ])('E-30: is refused for another: %j', (earlier) => {
    const command = earlier ? anew({}, earlier) : { ...atOnce, supersedes: '示例-PG-0' };
    given().when(command).thenRefuses('E-30', 'supersedes');
  });

  it('E-30: is refused for itself', () =>
    given()
      .when(anew({ supersedes: evaluated.number }))
      .thenRefuses('E-30', 'supersedes'));

  it('tells the evaluation before it', () => {
    const supersede = { type: 'SupersedeEvaluation', by: later } as const;
    given(concluded()).when(supersede).then(superseded);
    given(concluded(), superseded).when(supersede).thenNothing();
  });

  it('E-29: a decision is refused on the superseded evaluation', () => {
    given(concluded(), superseded).when(decide()).thenRefuses('E-29');
  });
  it('E-29: a decision is accepted on one that stands', () => given(concluded()).when(decide()).then(decided()));
});

describe('correcting an evaluation', () => {
  const correct = (changes: object, more: object = {}) =>
    ({ type: 'CorrectEvaluation', changes, ...more, ...approval }) as EvaluationCommand;
  const corrected = (correction: object): EvaluationEvent =>
    ({ type: 'EvaluationCorrected', data: { ...correction, ...approval } }) as EvaluationEvent;
  const revised = (to: DecidedFiling): EvaluationEvent => ({
    type: 'FilingDecisionCorrected',
    data: { universityId: 'hnu', disclosureId: 'd1', from: filing, to, ...approval },
  });
  const toFile: DecidedFiling = { decision: 'FILE', decidedOn: '2021-06-10', decidedBy: '副校长' };

  it('is accepted, a field by an event', () => {
    given(concluded({ market: 'A' }))
      .when(correct({ evaluator: '示例评估所', market: 'B' }))
      .then(
        corrected({ field: 'evaluator', from: evaluator.evaluator, to: '示例评估所' }),
        corrected({ field: 'market', from: 'A', to: 'B' }),
      );
  });

  it('may take an entry out', () => {
    given(concluded({ industrialisation: '示例' }))
      .when(correct({}, { removes: ['industrialisation'] }))
      .then(corrected({ field: 'industrialisation', from: '示例' }));
  });

  it('is ignored when nothing differs', () => {
    given(concluded(), decided())
      .when(correct({ conclusion: 'DO_NOT_FILE' }, { filing }))
      .thenNothing();
  });

  it('E-10, E-11, E-19: is refused when the whole would not hold', () => {
    given(concluded())
      .when(correct({ evaluatedOn: '2023-10-17' }))
      .thenRefuses('E-10', 'industrialisation');
    given(concluded(), decided())
      .when(correct({ conclusion: 'FILE' }))
      .thenRefuses('E-11', 'decision');
    given(concluded()).when(correct(declared)).thenRefuses('E-19', 'conflictOfInterest');
  });

  it('E-11: conclusion and decision are accepted together', () => {
    given(concluded(), decided())
      .when(correct({ conclusion: 'FILE' }, { filing: toFile }))
      .then(corrected({ field: 'conclusion', from: 'DO_NOT_FILE', to: 'FILE' }), revised(toFile));
  });

  it('E-11: a decision is revised on the later evaluation: refused against it, accepted with it', () => {
    given(concluded(), decided())
      .when(correct({}, { filing: toFile }))
      .thenRefuses('E-11', 'decision');
    given(concluded(), decided(), superseded)
      .when(correct({}, { filing: toFile }))
      .then(revised(toFile));
    given(concluded(), decided(), superseded)
      .when(correct({}, { filing: { ...filing, decidedOn: '2021-06-10' } }))
      .thenRefuses('E-11', 'decision');
  });

  it('E-38: a decision that was never made is refused, one that was made is accepted', () => {
    given(concluded()).when(correct({}, { filing })).thenRefuses('E-38', 'filing');
    const to = { ...filing, decidedBy: '副校长' };
    given(concluded(), decided())
      .when(correct({}, { filing: to }))
      .then(revised(to));
  });

  it('E-21: is refused before the conclusion', () => {
    given(commissioned)
      .when(correct({ evaluator: '示例评估所' }))
      .thenRefuses('E-21');
  });

  it('E-36, E-37: after a release the decision may not become another or later, and is accepted up to its day', () => {
    const history = [concluded(), decided(), released(release), superseded];
    given(...history)
      .when(correct({}, { filing: toFile }))
      .thenRefuses('E-37', 'decision');
    const upTo = (decidedOn: string): DecidedFiling => ({ ...filing, decidedOn });
    const base = [concluded(), decided(), released(release)];
    given(...base)
      .when(correct({}, { filing: upTo('2021-05-02') }))
      .thenRefuses('E-36', 'decidedOn');
    given(...base)
      .when(correct({}, { filing: upTo('2021-05-01') }))
      .then(revised(upTo('2021-05-01')));
  });
});

describe('releasing the right to the inventors', () => {
  const disclosed = ['p_1', 'p_2'];
  const releasing = (more: Partial<Release> = {}) =>
    ({ type: 'ReleaseRight', disclosed, ...release, ...more }) as const;
  const open = [concluded(), decided()];

  it('is accepted after a decision not to file, on its day and later', () => {
    for (const on of ['2021-04-20', '2021-05-01']) {
      given(...open)
        .when(releasing({ on }))
        .then(released({ ...release, on }));
    }
  });

  it('is ignored when it comes again, also when the contract has got its record', () => {
    given(...open, released(release))
      .when(releasing({ contractId: 'c1' }))
      .thenNothing();
  });

  it('E-32: is refused without a decision, or with one to file', () => {
    given(concluded()).when(releasing()).thenRefuses('E-32');
    given(concluded({ conclusion: 'FILE' }), decided({ decision: 'FILE' }))
      .when(releasing())
      .thenRefuses('E-32');
  });

  it('E-33: a share of 0 is refused unless the contract says so, accepted with its clause', () => {
    given(...open)
      .when(releasing({ sharePermyriad: 0 }))
      .thenRefuses('E-33', 'zeroShareClause');
    const written = { sharePermyriad: 0, zeroShareClause: '示例合同第8条' };
    given(...open)
      .when(releasing(written))
      .then(released({ ...release, ...written }));
    given(...open)
      .when(releasing({ sharePermyriad: 1 }))
      .then(released({ ...release, sharePermyriad: 1 }));
  });

  it('E-44: is refused where a contract clause overrode the conclusion, accepted on one against filing', () => {
    const overridden = decided({ contractClause: '示例合同第5条' });
    for (const conclusion of ['FILE', 'KEEP_SECRET'] as const) {
      given(concluded({ conclusion }), overridden).when(releasing()).thenRefuses('E-44');
    }
    given(concluded(), overridden).when(releasing()).then(released(release));
    given(...open, released(release))
      .when({ type: 'CorrectEvaluation', changes: { conclusion: 'KEEP_SECRET' }, ...approval })
      .thenRefuses('E-44');
  });

  it('E-34: is refused a second time', () => {
    given(...open, released(release))
      .when(releasing({ contractNo: '示例-HT-2' }))
      .thenRefuses('E-34');
  });

  it('E-35: is refused for a stranger and for a person listed twice, accepted for some of the inventors', () => {
    for (const inventors of [['p_3'], ['p_1', 'p_1']]) {
      given(...open)
        .when(releasing({ inventors }))
        .thenRefuses('E-35', 'inventors');
    }
    given(...open)
      .when(releasing({ inventors: ['p_2'] }))
      .then(released({ ...release, inventors: ['p_2'] }));
  });

  it('E-36, E-13: is refused before the decision and after today', () => {
    given(...open)
      .when(releasing({ on: '2021-04-19' }))
      .thenRefuses('E-36', 'on');
    given(...open)
      .when(releasing(), { today: '2021-04-30' })
      .thenRefuses('E-13', 'on');
  });
});

describe('a released right in the contracts', () => {
  const standing: StandingRelease = {
    evaluationId: 'e1',
    evaluationNumber: '示例-PG-1',
    disclosureNumber: '示例-PL-1',
    ...release,
  };
  const ruleOf = (mode: string, found: StandingRelease | undefined = standing): string | undefined => {
    try {
      assertNoMarketTransfer(found, mode);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.rule;
      throw error;
    }
  };

  it.each(['TRANSFER', 'LICENCE', 'EQUITY'])('E-2: is refused as %s', (mode) => {
    expect(() => assertNoMarketTransfer(standing, mode)).toThrow();
    expect(ruleOf(mode)).toBe('E-2');
  });

  it('is accepted as the release it is, and anything where there was no release', () => {
    expect(ruleOf('RELEASE')).toBeUndefined();
    expect(() => assertNoMarketTransfer(undefined, 'TRANSFER')).not.toThrow();
  });
});

describe('evaluations stored before cards, commissions and releases', () => {
  it('fold as before, and correcting one names no card', () => {
    const old = concluded({ patentability: 'A', conclusion: 'FILE' satisfies EvaluationConclusion });
    const state = given(old, decided({ decision: 'FILE' })).state() as Evaluation;
    expect(state).toMatchObject({ ...evaluated, findings: { patentability: 'A' }, filing: { decision: 'FILE' } });
    given(old)
      .when({ type: 'CorrectEvaluation', changes: { patentability: 'B' }, ...approval })
      .then({ type: 'EvaluationCorrected', data: { field: 'patentability', from: 'A', to: 'B', ...approval } });
  });
});

describe('what an evaluation stands on', () => {
  it('E-43: is refused before the disclosure was made, accepted on the day', () => {
    const made = (disclosedOn: string) =>
      ({ ...atOnce, known: { disclosure: { status: 'DISCLOSED', disclosedOn } } }) as const;
    given().when(made('2021-04-11')).thenRefuses('E-43', 'evaluatedOn');
    given().when(made('2021-04-10')).then(concluded());
  });

  it('E-45: warns of a commissioned evaluator that says nothing of its interests, until it is put right', () => {
    given().when(atOnce).then(concluded({}));
    given(concluded())
      .when({ type: 'CorrectEvaluation', changes: clear, ...approval })
      .then({
        type: 'EvaluationCorrected',
        data: { field: 'conflictOfInterest', to: clear.conflictOfInterest, ...approval, warnings: [] },
      });
    expect(warningsOn(evaluator, findings)).toEqual(['E-45']);
  });

  it('E-45: does not warn of one that does, of the own office, or before 2020-02-03', () => {
    expect(warningsOn({ ...evaluator, ...clear }, findings)).toEqual([]);
    expect(warningsOn({ ...evaluator, evaluatorKind: 'INTERNAL' }, findings)).toEqual([]);
    expect(warningsOn(evaluator, { evaluatedOn: '2020-02-02' })).toEqual([]);
    expect(warningsOn(evaluator, { evaluatedOn: '2020-02-03' })).toEqual(['E-45']);
  });
});
