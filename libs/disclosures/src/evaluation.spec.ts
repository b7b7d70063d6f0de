import { specFor } from '@app/testing';
import { type ConcludeEvaluation, type DecideFiling, evaluationDecider } from './evaluation.js';
import type { EvaluationEvent } from './evaluation-events.js';
import type { EvaluationConclusion } from './evaluation-facts.js';
import type { FilingDecision } from './filing.js';

const given = specFor(evaluationDecider);

const facts = {
  universityId: 'hnu',
  number: '示例-PG-1',
  disclosureId: 'd1',
  disclosureNumber: '示例-PL-1',
  title: '示例：一种测量装置',
  evaluatorKind: 'INTERNAL',
  evaluator: '示例大学知识产权中心',
  evaluatedOn: '2021-04-10',
  conclusion: 'FILE',
} as const;
const known = { disclosure: { status: 'DISCLOSED', disclosedOn: '2000-01-01' } } as const;
const command: ConcludeEvaluation = { type: 'ConcludeEvaluation', known, ...facts };
const concluded = (conclusion: EvaluationConclusion = 'FILE'): EvaluationEvent => ({
  type: 'EvaluationConcluded',
  data: { ...facts, conclusion },
});

const filing = { decision: 'FILE', decidedOn: '2021-04-20', decidedBy: '科研院院长' } as const;
const decide: DecideFiling = { type: 'DecideFiling', ...filing };
const decided = (more: object = {}): EvaluationEvent => ({
  type: 'FilingDecided',
  data: { universityId: 'hnu', disclosureId: 'd1', ...filing, ...more },
});

describe('concluding an evaluation', () => {
  it('is accepted', () => given().when(command).then(concluded()));

  it('keeps grades and the prospect of industrialisation', () => {
    const findings = {
      patentability: 'A',
      technology: 'B',
      market: 'C',
      legal: 'D',
      industrialisation: '示例',
    } as const;
    given()
      .when({ ...command, ...findings, evaluatorKind: 'COMMISSIONED' })
      .then({
        type: 'EvaluationConcluded',
        data: {
          ...facts,
          ...findings,
          scoreCard: 'score-card/1',
          evaluatorKind: 'COMMISSIONED',
          warnings: ['E-45'],
        },
      });
  });

  it('is ignored when it comes again', () => given(concluded()).when(command).thenNothing());

  it('E-10: needs the prospect of industrialisation from 2023-10-17 on', () => {
    const later = { ...facts, evaluatedOn: '2023-10-17' };
    given()
      .when({ ...command, ...later })
      .thenRefuses('E-10', 'industrialisation');
    given()
      .when({ ...command, ...later, industrialisation: '示例' })
      .then({ type: 'EvaluationConcluded', data: { ...later, industrialisation: '示例' } });
    given()
      .when({ ...command, evaluatedOn: '2023-10-16' })
      .then({ type: 'EvaluationConcluded', data: { ...facts, evaluatedOn: '2023-10-16' } });
  });

  it('E-13: is refused for a date after today, accepted for today', () => {
    given().when(command, { today: '2021-04-09' }).thenRefuses('E-13', 'evaluatedOn');
    given().when(command, { today: '2021-04-10' }).then(concluded());
  });
});

describe('deciding whether to file', () => {
  it('is accepted', () => given(concluded()).when(decide).then(decided()));

  it('is ignored when the same decision comes again', () => given(concluded(), decided()).when(decide).thenNothing());

  it('E-15: is refused without an evaluation', () => given().when(decide).thenRefuses('E-15'));

  it.each([
    { decidedBy: '副校长' },
    { decidedOn: '2021-04-21' },
    { decision: 'DO_NOT_FILE' },
    { contractClause: '示例合同第5条' },
  ] as const)('E-14: is refused when another decision was made: %j', (other) => {
    given(concluded(), decided())
      .when({ ...decide, ...other })
      .thenRefuses('E-14');
  });

  it.each<[EvaluationConclusion, FilingDecision]>([
    ['FILE', 'FILE'],
    ['FILE_AFTER_IMPROVEMENT', 'FILE'],
    ['FILE_AFTER_IMPROVEMENT', 'DO_NOT_FILE'],
    ['DO_NOT_FILE', 'DO_NOT_FILE'],
    ['KEEP_SECRET', 'DO_NOT_FILE'],
    ['PUBLISH', 'DO_NOT_FILE'],
  ])('E-11: on conclusion %s, %s is accepted', (conclusion, decision) => {
    given(concluded(conclusion))
      .when({ ...decide, decision })
      .then(decided({ decision }));
  });

  it.each<[EvaluationConclusion, FilingDecision]>([
    ['FILE', 'DO_NOT_FILE'],
    ['DO_NOT_FILE', 'FILE'],
    ['KEEP_SECRET', 'FILE'],
    ['PUBLISH', 'FILE'],
  ])('E-11: on conclusion %s, %s is refused unless a contract provides so', (conclusion, decision) => {
    given(concluded(conclusion))
      .when({ ...decide, decision })
      .thenRefuses('E-11', 'decision');
    const contractClause = '示例合同第5条';
    given(concluded(conclusion))
      .when({ ...decide, decision, contractClause })
      .then(decided({ decision, contractClause }));
  });

  it('E-11: does not reach back before 2020-02-03, so the contradicting decision is accepted then', () => {
    const on = (evaluatedOn: string): EvaluationEvent => ({
      type: 'EvaluationConcluded',
      data: { ...facts, evaluatedOn },
    });
    const contrary = { decision: 'DO_NOT_FILE', decidedOn: '2020-02-02' } as const;
    given(on('2020-01-01'))
      .when({ ...decide, ...contrary })
      .then(decided(contrary));
    given(on('2020-01-01'))
      .when({ ...decide, ...contrary, decidedOn: '2020-02-03' })
      .thenRefuses('E-11', 'decision');
  });

  it('E-12: is refused before the evaluation, accepted on its day', () => {
    given(concluded())
      .when({ ...decide, decidedOn: '2021-04-09' })
      .thenRefuses('E-12', 'decidedOn');
    given(concluded())
      .when({ ...decide, decidedOn: '2021-04-10' })
      .then(decided({ decidedOn: '2021-04-10' }));
  });

  it('E-13: is refused for a date after today', () => {
    given(concluded()).when(decide, { today: '2021-04-19' }).thenRefuses('E-13', 'decidedOn');
  });
});
