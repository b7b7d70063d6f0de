import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { DisclosureEvent } from './disclosure-events.js';
import { disclosureRecords } from './disclosure.projection.js';
import type { EvaluationEvent } from './evaluation-events.js';
import { evaluationRecords } from './evaluation.projection.js';

const disclosed: Extract<DisclosureEvent, { type: 'InventionDisclosed' }> = {
  type: 'InventionDisclosed',
  data: {
    universityId: 'hnu',
    number: '示例-PL-1',
    title: '示例：一种测量装置',
    completedOn: '2021-03-05',
    disclosedOn: '2021-03-20',
    inventors: [
      { personId: 'p_1', sharePermyriad: 6_000, role: 'LEAD' },
      { personId: 'p_2', sharePermyriad: 4_000, role: 'INVENTOR' },
    ],
    confidentiality: 'PUBLIC',
    publishedOn: '2021-02-01',
    protection: 'INVENTION',
    warnings: ['D-4'],
  },
};
const noted: DisclosureEvent = { type: 'SecretDisclosureNoted', data: { universityId: 'hnu', number: '示例-PL-9' } };

const concluded: Extract<EvaluationEvent, { type: 'EvaluationConcluded' }> = {
  type: 'EvaluationConcluded',
  data: {
    universityId: 'hnu',
    number: '示例-PG-1',
    disclosureId: 'd1',
    disclosureNumber: '示例-PL-1',
    title: '示例：一种测量装置',
    evaluatorKind: 'INTERNAL',
    evaluator: '示例大学知识产权中心',
    evaluatedOn: '2021-04-10',
    patentability: 'A',
    conclusion: 'DO_NOT_FILE',
  },
};
const filing = { decision: 'DO_NOT_FILE', decidedOn: '2021-04-20', decidedBy: '科研院院长' } as const;
const decided: EvaluationEvent = {
  type: 'FilingDecided',
  data: { universityId: 'hnu', disclosureId: 'd1', ...filing },
};

/** What a disclosure shows of what was not said and has not happened. */
const unsaid = {
  funding: null,
  projectNo: null,
  furtherFunding: [],
  furtherProjectNos: [],
  discoveredOn: null,
  publication: null,
  graceGround: null,
  thirdPartyRights: [],
  thirdParties: [],
  thirdPartyDocuments: [],
  keywords: [],
  suggestedLicensees: [],
  attachments: [],
  attachmentNames: [],
  serviceGround: null,
  determinedOn: null,
  determinationBasis: null,
  determinationClause: null,
  leftOn: null,
  acceptedOn: null,
  returnedOn: null,
  returnReason: null,
  returnDueOn: null,
  withdrawnOn: null,
  withdrawalReason: null,
  corrections: 0,
  filedAssets: [],
  filedNumbers: [],
  releasedOn: null,
  releaseContractNo: null,
};
const approval = { reason: '示例：笔误', evidence: '示例文号1', approver: 'hnu-head' } as const;

/** What an evaluation shows of what was not said and has not happened. */
const undone = {
  commissionedOn: null,
  dueOn: null,
  replacedOn: null,
  conflictDeclared: null,
  conflictStatement: null,
  scoreCard: 'score-card/1',
  scoreCardName: null,
  scores: [],
  scoreGrades: [],
  evidence: null,
  evidenceFiles: [],
  supersedes: null,
  supersededBy: null,
  warnings: [],
  diligence: null,
  feeBearer: null,
  inventorFeePermyriad: null,
  inventorOwnershipPermyriad: null,
  releasedOn: null,
  releaseContractNo: null,
  contractId: null,
  releaseSharePermyriad: null,
  zeroShareClause: null,
  releasedTo: [],
  corrections: 0,
};

const evaluationDetail = {
  ...undone,
  disclosureId: 'd1',
  disclosureNumber: '示例-PL-1',
  evaluatorKind: 'INTERNAL',
  evaluator: '示例大学知识产权中心',
  evaluatedOn: '2021-04-10',
  patentability: 'A',
  technology: null,
  market: null,
  legal: null,
  industrialisation: null,
  conclusion: 'DO_NOT_FILE',
};

describe('disclosure records', () => {
  const history = recorded(['disclosure-d1', disclosed], ['disclosure-d9', noted]);

  it('show an invention with person ids and shares', async () => {
    const [row] = await rowsAfter(disclosureRecords, RecordRow, history);
    expect(row).toMatchObject({
      key: 'disclosure:d1',
      number: '示例-PL-1',
      title: '示例：一种测量装置',
      universityId: 'hnu',
      status: 'DISCLOSED',
      date: '2021-03-20',
      year: 2021,
      ipType: 'INVENTION',
    });
    expect(row?.detail).toEqual({
      completedOn: '2021-03-05',
      disclosedOn: '2021-03-20',
      inventors: ['p_1', 'p_2'],
      inventorSharesPermyriad: [6_000, 4_000],
      inventorRoles: ['LEAD', 'INVENTOR'],
      inventorEmployments: ['', ''],
      daysToDisclose: 15,
      graceUntil: '2021-08-01',
      ...unsaid,
      confidentiality: 'PUBLIC',
      publishedOn: '2021-02-01',
      protection: 'INVENTION',
      warnings: ['D-4'],
    });
  });

  it('show what was said and null for what was not', async () => {
    const { publishedOn: _published, protection: _protection, ...bare } = disclosed.data;
    const said = { ...bare, warnings: [], funding: 'VERTICAL', projectNo: '示例-2020-01' } as const;
    const history = recorded(['disclosure-d2', { type: 'InventionDisclosed', data: said }]);
    const [row] = await rowsAfter(disclosureRecords, RecordRow, history);
    expect(row).toMatchObject({ ipType: null, detail: { publishedOn: null, protection: null, warnings: [] } });
    expect(row?.detail).toMatchObject({ funding: 'VERTICAL', projectNo: '示例-2020-01' });
  });

  it('show of a secret result its number only', async () => {
    const [, row] = await rowsAfter(disclosureRecords, RecordRow, history);
    expect(row).toMatchObject({
      key: 'disclosure:d9',
      number: '示例-PL-9',
      title: '',
      status: 'SECRET',
      date: '',
      ipType: null,
    });
    expect(row?.detail).toEqual({ confidentiality: 'SECRET' });
  });

  it('are the same however the history is cut', async () => {
    const once = await rowsAfter(disclosureRecords, RecordRow, history);
    expect(await rowsAfter(disclosureRecords, RecordRow, history, [1])).toEqual(once);
  });
});

describe('disclosure records along a life', () => {
  const stream = 'disclosure-d1';
  const third = { personId: 'p_3', sharePermyriad: 1_000, role: 'INVENTOR', employment: 'STUDENT' } as const;
  const inventors = [...disclosed.data.inventors.map((inventor) => ({ ...inventor, sharePermyriad: 4_500 })), third];
  const supplement: DisclosureEvent = {
    type: 'DisclosureSupplemented',
    data: {
      on: '2021-03-28',
      inventors,
      keywords: ['传感'],
      furtherFunding: [{ source: 'SELF' }],
      thirdPartyRights: [{ kind: 'JOINT', party: '示例研究院', documentNo: '示例协议1号' }],
      attachments: [{ hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 }],
      warnings: ['D-4'],
    },
  };
  const determination = {
    ground: 'WITHIN_ONE_YEAR',
    determinedOn: '2021-03-25',
    basis: '示例',
    leftOn: '2020-06-01',
  } as const;
  const corrected = (correction: object): DisclosureEvent =>
    ({ type: 'DisclosureCorrected', data: { ...correction, ...approval, warnings: [] } }) as unknown as DisclosureEvent;
  const life: readonly DisclosureEvent[] = [
    { ...disclosed, data: { ...disclosed.data, keywords: ['测量'] } },
    { type: 'ServiceInventionDetermined', data: determination },
    { type: 'DisclosureReturned', data: { on: '2021-03-26', reason: '示例：缺附图', dueOn: '2021-04-10' } },
    supplement,
    { type: 'DisclosureAccepted', data: { on: '2021-04-01' } },
    corrected({ field: 'title', from: disclosed.data.title, to: '示例：另一名称' }),
    corrected({ field: 'publishedOn', from: '2021-02-01' }),
    corrected({ field: 'protection', from: 'INVENTION', to: 'DESIGN' }),
    corrected({ field: 'disclosedOn', from: '2021-03-20', to: '2021-03-25' }),
    corrected({ field: 'determination', from: determination }),
    { type: 'DisclosureEvaluated', data: { evaluationId: 'e1' } },
    { type: 'DisclosureFiled', data: { assetId: 'a1', number: '示例-1' } },
    { type: 'DisclosureFiled', data: { assetId: 'a2', number: '示例-2' } },
    { type: 'DisclosureUnfiled', data: { assetId: 'a1' } },
    { type: 'DisclosureReleased', data: { evaluationId: 'e1', on: '2021-04-20', contractNo: '示例-HT-1' } },
    { type: 'DisclosureWithdrawn', data: { on: '2021-05-01', ...approval } },
  ];
  const history = recorded(...life.map((event) => [stream, event] as const));
  const after = async (count: number) => (await rowsAfter(disclosureRecords, RecordRow, history.slice(0, count)))[0];

  it('show the determination', async () => {
    expect(await after(2)).toMatchObject({
      status: 'DISCLOSED',
      detail: {
        serviceGround: 'WITHIN_ONE_YEAR',
        determinedOn: '2021-03-25',
        determinationBasis: '示例',
        determinationClause: null,
        leftOn: '2020-06-01',
      },
    });
  });

  it('show that it was returned and until when it is to be supplemented', async () => {
    const detail = { returnedOn: '2021-03-26', returnReason: '示例：缺附图', returnDueOn: '2021-04-10' };
    expect(await after(3)).toMatchObject({ status: 'RETURNED', detail });
  });

  it('show what was added beside what was there', async () => {
    expect(await after(4)).toMatchObject({
      status: 'RETURNED',
      detail: {
        inventors: ['p_1', 'p_2', 'p_3'],
        inventorSharesPermyriad: [4_500, 4_500, 1_000],
        inventorEmployments: ['', '', 'STUDENT'],
        keywords: ['测量', '传感'],
        furtherFunding: ['SELF'],
        furtherProjectNos: [''],
        thirdPartyRights: ['JOINT'],
        thirdParties: ['示例研究院'],
        thirdPartyDocuments: ['示例协议1号'],
        attachments: ['a'.repeat(64)],
        attachmentNames: ['示例.pdf'],
        completedOn: '2021-03-05',
        warnings: ['D-4'],
      },
    });
  });

  it('show that it was accepted', async () => {
    expect(await after(5)).toMatchObject({ status: 'ACCEPTED', detail: { acceptedOn: '2021-04-01' } });
  });

  it('show every correction and what follows from it', async () => {
    expect(await after(10)).toMatchObject({
      title: '示例：另一名称',
      status: 'ACCEPTED',
      date: '2021-03-25',
      ipType: 'DESIGN',
      detail: {
        publishedOn: null,
        graceUntil: null,
        daysToDisclose: 20,
        serviceGround: null,
        leftOn: null,
        warnings: [],
        corrections: 5,
      },
    });
  });

  it('show that it was withdrawn', async () => {
    const detail = { withdrawnOn: '2021-05-01', withdrawalReason: '示例：笔误' };
    expect(await after(life.length)).toMatchObject({ status: 'WITHDRAWN', detail });
  });

  it('show what became of the right to apply', async () => {
    expect(await after(life.length)).toMatchObject({
      detail: {
        filedAssets: ['a2'],
        filedNumbers: ['示例-2'],
        releasedOn: '2021-04-20',
        releaseContractNo: '示例-HT-1',
      },
    });
  });

  it('are the same however the history is cut, and handle every event type', async () => {
    const once = await rowsAfter(disclosureRecords, RecordRow, history);
    expect(await rowsAfter(disclosureRecords, RecordRow, history, [1, 3, 4, 8])).toEqual(once);
    const types = new Set([...life.map(({ type }) => type), noted.type]);
    expect(types).toEqual(new Set(disclosureRecords.handles));
  });
});

describe('evaluation records', () => {
  const stream = 'evaluation-e1';

  it('show a concluded evaluation that waits for its decision', async () => {
    const [row] = await rowsAfter(evaluationRecords, RecordRow, recorded([stream, concluded]));
    expect(row).toMatchObject({
      key: 'evaluation:e1',
      number: '示例-PG-1',
      title: '示例：一种测量装置',
      counterparty: '示例大学知识产权中心',
      status: 'CONCLUDED',
      date: '2021-04-10',
    });
    const open = { decision: null, decidedOn: null, decidedBy: null, contractClause: null };
    expect(row?.detail).toEqual({ ...evaluationDetail, ...open });
  });

  it('show the decision', async () => {
    const history = recorded([stream, concluded], [stream, decided]);
    const rows = await rowsAfter(evaluationRecords, RecordRow, history);
    expect(rows).toMatchObject([{ status: 'DO_NOT_FILE', date: '2021-04-10', revision: 1 }]);
    expect(rows[0]?.detail).toEqual({ ...evaluationDetail, ...filing, contractClause: null });
    expect(await rowsAfter(evaluationRecords, RecordRow, history, [1])).toEqual(rows);
  });

  it('show every finding, and the clause that settled the decision', async () => {
    const findings = {
      patentability: 'A',
      technology: 'B',
      market: 'C',
      legal: 'D',
      industrialisation: '示例',
    } as const;
    const full: EvaluationEvent = { type: 'EvaluationConcluded', data: { ...concluded.data, ...findings } };
    const settled = { ...filing, contractClause: '示例合同第5条' };
    const data = { universityId: 'hnu', disclosureId: 'd1', ...settled };
    const history = recorded([stream, full], [stream, { type: 'FilingDecided', data }]);
    const [row] = await rowsAfter(evaluationRecords, RecordRow, history);
    expect(row?.detail).toEqual({ ...evaluationDetail, ...findings, ...settled });
  });
});

describe('evaluation records along a life', () => {
  const stream = 'evaluation-e1';
  const { universityId, number, disclosureId, disclosureNumber, title } = concluded.data;
  const commissioned: EvaluationEvent = {
    type: 'EvaluationCommissioned',
    data: {
      ...{ universityId, number, disclosureId, disclosureNumber, title },
      evaluatorKind: 'COMMISSIONED',
      evaluator: '示例评估所',
      commissionedOn: '2021-04-01',
      dueOn: '2021-04-30',
    },
  };
  const replaced: EvaluationEvent = {
    type: 'EvaluatorReplaced',
    data: {
      evaluatorKind: 'INTERNAL',
      evaluator: '示例大学知识产权中心',
      conflictOfInterest: { declared: false, statement: '示例：无' },
      replacedOn: '2021-04-05',
      reason: '示例',
    },
  };
  const corrected = (correction: object): EvaluationEvent =>
    ({ type: 'EvaluationCorrected', data: { ...correction, ...approval } }) as EvaluationEvent;
  const later = { evaluationId: 'e2', number: '示例-PG-2', evaluatedOn: '2021-06-01', conclusion: 'FILE' } as const;
  const superseded: EvaluationEvent = { type: 'EvaluationSuperseded', data: later };
  const toFile = { ...filing, decision: 'FILE', fees: { bearer: 'SHARED', inventorPermyriad: 5_000 } } as const;
  const revised: EvaluationEvent = {
    type: 'FilingDecisionCorrected',
    data: { universityId, disclosureId, from: filing, to: toFile, ...approval },
  };
  const released: EvaluationEvent = {
    type: 'RightReleasedToInventor',
    data: {
      ...{ universityId, disclosureId, disclosureNumber },
      on: '2021-05-01',
      contractNo: '示例-HT-1',
      contractId: 'c1',
      sharePermyriad: 1_000,
      inventors: ['p_1'],
    },
  };
  const rowAfter = async (...life: readonly EvaluationEvent[]) =>
    (await rowsAfter(evaluationRecords, RecordRow, recorded(...life.map((event) => [stream, event] as const))))[0];

  it('show that it is commissioned, with whom and until when', async () => {
    expect(await rowAfter(commissioned)).toMatchObject({
      status: 'COMMISSIONED',
      date: '2021-04-01',
      counterparty: '示例评估所',
      detail: { commissionedOn: '2021-04-01', dueOn: '2021-04-30', conflictDeclared: null, decision: null },
    });
  });

  it('show another evaluator', async () => {
    expect(await rowAfter(commissioned, replaced)).toMatchObject({
      counterparty: '示例大学知识产权中心',
      detail: {
        evaluatorKind: 'INTERNAL',
        replacedOn: '2021-04-05',
        conflictDeclared: false,
        conflictStatement: '示例：无',
      },
    });
  });

  it('keep the commission when it is concluded', async () => {
    expect(await rowAfter(commissioned, concluded)).toMatchObject({
      status: 'CONCLUDED',
      date: '2021-04-10',
      detail: { commissionedOn: '2021-04-01', conclusion: 'DO_NOT_FILE' },
    });
  });

  it("show the university's own card and the files of evidence", async () => {
    const { patentability: _grade, ...data } = concluded.data;
    const scores = [{ dimension: '成熟度', grade: '7' }];
    const card = { scoreCard: 'own/2024', scoreCardName: '示例评分卡', scores };
    const evidenceFiles = [{ hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 }];
    expect(await rowAfter({ ...concluded, data: { ...data, ...card, evidenceFiles } })).toMatchObject({
      detail: { ...card, scores: ['成熟度'], scoreGrades: ['7'], evidenceFiles: ['a'.repeat(64)] },
    });
    expect(await rowAfter({ ...concluded, data })).toMatchObject({ detail: { scoreCard: null } });
  });

  it('show every correction', async () => {
    const row = await rowAfter(
      concluded,
      corrected({ field: 'evaluator', to: '示例评估所' }),
      corrected({ field: 'evaluatedOn', to: '2021-04-11' }),
      corrected({ field: 'conflictOfInterest', to: { declared: false, statement: '示例：无' } }),
      corrected({ field: 'scores', to: [{ dimension: '成熟度', grade: '7' }] }),
      corrected({ field: 'patentability', from: 'A' }),
    );
    expect(row).toMatchObject({
      counterparty: '示例评估所',
      date: '2021-04-11',
      detail: { conflictDeclared: false, scores: ['成熟度'], patentability: null, corrections: 5 },
    });
    const cleared = await rowAfter(
      concluded,
      corrected({ field: 'conflictOfInterest' }),
      corrected({ field: 'scores' }),
    );
    expect(cleared).toMatchObject({ detail: { conflictDeclared: null, scores: [] } });
  });

  it('show what came in its place, or its decision where there is one', async () => {
    expect(await rowAfter(concluded, superseded)).toMatchObject({
      status: 'SUPERSEDED',
      detail: { supersededBy: '示例-PG-2' },
    });
    expect(await rowAfter(concluded, decided, superseded)).toMatchObject({
      status: 'DO_NOT_FILE',
      detail: { supersededBy: '示例-PG-2' },
    });
  });

  it('show a revised decision', async () => {
    expect(await rowAfter(concluded, decided, revised)).toMatchObject({
      status: 'FILE',
      detail: { decision: 'FILE', feeBearer: 'SHARED', inventorFeePermyriad: 5_000 },
    });
  });

  it('show the release, whatever is put right afterwards', async () => {
    const detail = {
      releasedOn: '2021-05-01',
      releaseContractNo: '示例-HT-1',
      contractId: 'c1',
      releaseSharePermyriad: 1_000,
      releasedTo: ['p_1'],
    };
    expect(await rowAfter(concluded, decided, released)).toMatchObject({ status: 'RELEASED', detail });
    expect(await rowAfter(concluded, decided, released, revised)).toMatchObject({ status: 'RELEASED', detail });
  });

  it('handle every event type', () => {
    const types = [
      commissioned,
      replaced,
      concluded,
      superseded,
      corrected({ field: 'market' }),
      decided,
      revised,
      released,
    ];
    expect(new Set(types.map(({ type }) => type))).toEqual(new Set(evaluationRecords.handles));
  });
});
