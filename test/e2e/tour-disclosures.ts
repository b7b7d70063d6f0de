import type { Tour } from './tour-guide.js';

export const APPROVED = { reason: '示例：录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };

const inventor = (staffNumber: string, sharePermyriad: number, role = 'INVENTOR') => ({
  staffNumber,
  name: `示例${staffNumber}`,
  sharePermyriad,
  role,
  employment: 'STAFF',
});
const LEAD = inventor('A001', 10_000, 'LEAD');
const disclosure = (number: string) => ({
  universityId: 'hnu',
  number,
  confidentiality: 'PUBLIC',
  title: `示例成果 ${number}`,
  completedOn: '2023-11-01',
  disclosedOn: '2023-12-01',
  inventors: [LEAD],
});

/** 披露: what was found, by whom, and whose it is. */
export const disclosures = (tour: Tour): void => {
  describe('the life of a disclosure', () => {
    const at = (name: string, step: string) => `/api/v1/disclosures/${tour.id(name)}/${step}`;

    it('is returned, supplemented and accepted', async () => {
      await tour.does('hnu', '/api/v1/disclosures', disclosure('示例-PL-1'), 'disclosure');
      const ground = { ground: 'OWN_JOB', determinedOn: '2023-12-02', basis: '示例：本职工作' };
      await tour.does('hnu', at('disclosure', 'determination'), ground);
      const back = { on: '2023-12-03', reason: '示例：缺项目编号', dueOn: '2023-12-31' };
      await tour.does('hnu', at('disclosure', 'return'), back);
      expect((await tour.record('disclosure', 'disclosure')).status).toBe('RETURNED');
      await tour.isRefused('hnu', at('disclosure', 'acceptance'), { on: '2023-12-04' }, 'D-18');
      const inventors = [inventor('A001', 6_000, 'LEAD'), inventor('A002', 4_000)];
      const added = { on: '2023-12-05', funding: 'VERTICAL', projectNo: '示例-XM-1', keywords: ['示例'], inventors };
      await tour.does('hnu', at('disclosure', 'supplements'), added);
      await tour.does('hnu', at('disclosure', 'acceptance'), { on: '2023-12-06' });
      expect(await tour.record('disclosure', 'disclosure')).toMatchObject({
        status: 'ACCEPTED',
        detail: { projectNo: '示例-XM-1' },
      });
    });

    it('is corrected with an approver of another name only', async () => {
      const changes = { changes: { title: '示例成果 更正' }, ...APPROVED };
      await tour.isRefused('hnu', at('disclosure', 'corrections'), { ...changes, approver: 'hnu' }, 'A-14');
      await tour.does('hnu', at('disclosure', 'corrections'), { ...changes, approver: 'hnu-head' });
      expect(await tour.record('disclosure', 'disclosure')).toMatchObject({ title: '示例成果 更正' });
    });

    it('shows the names of inventors to its office, not to the audit', async () => {
      const office = await tour.record('disclosure', 'disclosure', 'hnu');
      expect(Object.values(office.names).sort()).toEqual(['示例A001', '示例A002']);
      expect((await tour.record('disclosure', 'disclosure')).names).toEqual({});
    });

    it('is withdrawn while nothing stands on it', async () => {
      await tour.does('hnu', '/api/v1/disclosures', disclosure('示例-PL-2'), 'withdrawn disclosure');
      const withdrawal = { on: '2023-12-20', ...APPROVED };
      await tour.does('hnu', at('withdrawn disclosure', 'withdrawal'), withdrawal);
      expect((await tour.record('disclosure', 'withdrawn disclosure')).status).toBe('WITHDRAWN');
    });

    it('of a secret result is a number and nothing else', async () => {
      const stub = { universityId: 'hnu', number: '示例-PL-3', confidentiality: 'SECRET' };
      await tour.isRefused(
        'hnu',
        '/api/v1/disclosures',
        { ...disclosure('示例-PL-3'), confidentiality: 'SECRET' },
        'D-3',
      );
      await tour.does('hnu', '/api/v1/disclosures', stub, 'secret');
      const { timeline } = await tour.record('disclosure', 'secret');
      expect(timeline).toMatchObject([{ type: 'SecretDisclosureNoted', data: { number: '示例-PL-3' } }]);
    });
  });
};

const onEvaluation = (tour: Tour, name: string, step: string) => `/api/v1/evaluations/${tour.id(name)}/${step}`;
const evaluator = { evaluatorKind: 'COMMISSIONED', evaluator: '示例评估公司' };
const impartial = { declared: false, statement: '示例：无利益冲突' };
const findings = {
  patentability: 'A',
  technology: 'B',
  market: 'B',
  legal: 'A',
  industrialisation: '示例：产业化前景明确',
  evidence: '示例-PG-报告',
};
const filing = { decidedOn: '2024-03-01', decidedBy: '科研院院长' };

/** 申请前评估: whether to file, and what becomes of what is not filed. */
export const evaluations = (tour: Tour): void => {
  describe('the evaluation before filing', () => {
    it('is commissioned, given to another evaluator and concluded', async () => {
      const commission = {
        universityId: 'hnu',
        number: '示例-PG-1',
        disclosureNumber: '示例-PL-1',
        commissionedOn: '2024-01-05',
        dueOn: '2024-02-05',
        ...evaluator,
      };
      await tour.does('hnu', '/api/v1/evaluations/commission', commission, 'evaluation');
      const conclusion = { evaluatedOn: '2024-02-01', conclusion: 'FILE_AFTER_IMPROVEMENT', ...findings };
      const conflicted = { ...conclusion, conflictOfInterest: { declared: true, statement: '示例：参股' } };
      await tour.isRefused('hnu', onEvaluation(tour, 'evaluation', 'conclusion'), conflicted, 'E-19');
      const other = { ...evaluator, evaluator: '示例评估中心', conflictOfInterest: impartial };
      await tour.does('hnu', onEvaluation(tour, 'evaluation', 'evaluator'), {
        ...other,
        replacedOn: '2024-01-10',
        reason: '示例：利益冲突',
      });
      await tour.does('hnu', onEvaluation(tour, 'evaluation', 'conclusion'), conclusion);
      expect(await tour.record('evaluation', 'evaluation')).toMatchObject({ detail: { evaluator: '示例评估中心' } });
    });

    it('is superseded by a later one, corrected, and decided on', async () => {
      const later = {
        universityId: 'hnu',
        number: '示例-PG-2',
        disclosureNumber: '示例-PL-1',
        ...evaluator,
        conflictOfInterest: impartial,
        evaluatedOn: '2024-02-20',
        conclusion: 'FILE',
        ...findings,
        supersedes: '示例-PG-1',
      };
      await tour.does('hnu', '/api/v1/evaluations', later, 'later evaluation');
      await tour.isRefused(
        'hnu',
        onEvaluation(tour, 'evaluation', 'filing-decision'),
        { decision: 'FILE', ...filing },
        'E-29',
      );
      await tour.does('hnu', onEvaluation(tour, 'later evaluation', 'corrections'), {
        changes: { market: 'A' },
        ...APPROVED,
      });
      await tour.does('hnu', onEvaluation(tour, 'later evaluation', 'filing-decision'), {
        decision: 'FILE',
        ...filing,
      });
      expect(await tour.record('evaluation', 'later evaluation')).toMatchObject({
        detail: { market: 'A', decision: 'FILE' },
      });
    });
  });
};

/** 转给发明人: what becomes of a result that is not filed. */
export const unfiled = (tour: Tour): void => {
  describe('an evaluation against filing', () => {
    it('that ends in not filing is released to the inventors', async () => {
      await tour.does('hnu', '/api/v1/disclosures', disclosure('示例-PL-4'), 'unfiled');
      const evaluation = { ...evaluator, conflictOfInterest: impartial, evaluatedOn: '2024-02-20', ...findings };
      const about = {
        universityId: 'hnu',
        number: '示例-PG-3',
        disclosureNumber: '示例-PL-4',
        conclusion: 'DO_NOT_FILE',
      };
      await tour.does('hnu', '/api/v1/evaluations', { ...evaluation, ...about }, 'negative');
      const decision = { decision: 'DO_NOT_FILE', ...filing };
      await tour.does('hnu', onEvaluation(tour, 'negative', 'filing-decision'), decision);
      const revised = { ...decision, decidedOn: '2024-03-02', diligence: '示例：已勤勉尽责' };
      await tour.does('hnu', onEvaluation(tour, 'negative', 'corrections'), {
        changes: {},
        filing: revised,
        ...APPROVED,
      });
      const release = { on: '2024-04-01', contractNo: '示例-ZR-1', sharePermyriad: 1_000 };
      await tour.does('hnu', onEvaluation(tour, 'negative', 'release'), release);
      const { timeline } = await tour.record('evaluation', 'negative');
      expect(timeline.map(({ type }) => type)).toEqual([
        'EvaluationConcluded',
        'FilingDecided',
        'FilingDecisionCorrected',
        'RightReleasedToInventor',
      ]);
    });
  });
};
