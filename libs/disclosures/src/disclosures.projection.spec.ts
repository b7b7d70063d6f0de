import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { DisclosureEvent } from './disclosure.js';
import { disclosureRecords } from './disclosure.projection.js';
import type { EvaluationEvent } from './evaluation.js';
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

const evaluationDetail = {
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
      funding: null,
      projectNo: null,
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
