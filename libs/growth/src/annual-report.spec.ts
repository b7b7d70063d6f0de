import { recorded, rowsAfter, specFor } from '@app/testing';
import { RecordRow } from '@app/read-model';
import { type AnnualFigures, canonicalText, differencesOf, figuresIn, figuresOf } from './annual-report.js';
import {
  type AnnualReportCommand,
  type AnnualReportEvent,
  type Snapshot,
  annualReportDecider,
  annualReportId,
  annualReportStream,
} from './annual-report-filing.js';
import { annualReportRecords } from './annual-report.projection.js';

const given = specFor(annualReportDecider);
const key = { universityId: 'h-x', year: 2023 };
const figures = figuresOf({ licences: 2n, licenceFen: 500n });
const snapshotOf = (content: AnnualFigures): Snapshot => ({
  rule: 'annual-report/1',
  cutoff: 'log.1',
  figures: content,
  hash: 'a'.repeat(64),
});
const snapshot = snapshotOf(figures);
const file: Extract<AnnualReportCommand, { type: 'FileAnnualReport' }> = {
  type: 'FileAnnualReport',
  ...key,
  snapshot,
  approver: 'hnu-head',
};
const filed: AnnualReportEvent = {
  type: 'AnnualReportFiled',
  data: { ...key, ...snapshot, approver: 'hnu-head', filedOn: '2024-03-30' },
};
const later = snapshotOf(figuresOf({ licences: 2n, licenceFen: 600n, grants: 1n }));
const grounds = { reason: '示例：补录', evidence: '示例文号', approver: 'hnu-head' };
const restate: AnnualReportCommand = { type: 'RestateAnnualReport', ...key, ...grounds, snapshot: later };
const differences = [
  { figure: 'licenceFen', was: '500', is: '600' },
  { figure: 'grants', was: 0, is: 1 },
];
const restated: AnnualReportEvent = {
  type: 'AnnualReportRestated',
  data: { n: 1, ...grounds, ...later, restatedOn: '2025-12-31', differences },
};

describe('figures', () => {
  it('are all there, counts as numbers, amounts as text of fen', () => {
    expect(figures).toMatchObject({ licences: 2, licenceFen: '500', transfers: 0, receiptFen: '0' });
    expect(figuresOf({ netIncomeFen: -5n }).netIncomeFen).toBe('-5');
    expect(figuresIn({ ...figures, hash: 'x', approver: 'y' })).toEqual(figures);
  });

  it('differ in what is listed, in the order of the report', () => {
    expect(differencesOf(figures, figures)).toEqual([]);
    expect(differencesOf(figures, later.figures)).toEqual(differences);
  });

  it('that only one of two reports knows differ from nothing', () => {
    const { grants: _grants, ...former } = figures;
    expect(differencesOf(former as AnnualFigures, figures)).toEqual([{ figure: 'grants', was: null, is: 0 }]);
  });
});

describe('the canonical text of a report', () => {
  const content = { ...key, rule: 'annual-report/1', figures };

  it('is the same in whatever order the parts come, keys sorted', () => {
    const turned = Object.fromEntries(Object.entries(figures).reverse()) as AnnualFigures;
    const text = canonicalText(content);
    expect(canonicalText({ figures: turned, rule: 'annual-report/1', year: 2023, universityId: 'h-x' })).toBe(text);
    expect(text).toMatch(
      /^\{"figures":\{"disclosures":0,.*\},"rule":"annual-report\/1","universityId":"h-x","year":2023\}$/,
    );
  });

  it('takes nothing but university, year, rule and figures', () =>
    expect(canonicalText({ ...content, ...{ filedOn: '2024-03-30' } })).toBe(canonicalText(content)));
});

describe('filing an annual report', () => {
  it('P-5: is accepted from the day after the year', () =>
    given()
      .when(file, { today: '2024-01-01' })
      .then({ ...filed, data: { ...filed.data, filedOn: '2024-01-01' } } as AnnualReportEvent));
  it.each(['2023-12-31', '2023-06-01', '2022-12-31'])('P-5: refuses figures of a running year on %s', (today) =>
    given().when(file, { today }).thenRefuses('P-5', 'year'),
  );
  it('keeps a note', () => {
    const note = '示例：合作研发另表';
    given()
      .when({ ...file, note }, { today: '2024-03-30' })
      .then({ ...filed, data: { ...filed.data, note } } as AnnualReportEvent);
  });
  it('G-7: is accepted for 2015, the first year', () => {
    const first = { ...file, year: 2015 };
    given()
      .when(first, { today: '2024-03-30' })
      .then({ ...filed, data: { ...filed.data, year: 2015 } } as AnnualReportEvent);
  });
  it('G-7: refuses a year before the law', () =>
    given()
      .when({ ...file, year: 2014 })
      .thenRefuses('G-7', 'year'));
  it('is ignored when the same figures are filed already', () => given(filed).when(file).thenNothing());
  it('is ignored when the restated figures are filed', () =>
    given(filed, restated)
      .when({ ...file, snapshot: later })
      .thenNothing());
  it('G-8: refuses other figures than those filed', () =>
    given(filed)
      .when({ ...file, snapshot: later })
      .thenRefuses('G-8', 'year'));
  it('G-8: refuses the first figures once they are restated', () =>
    given(filed, restated).when(file).thenRefuses('G-8', 'year'));
  it('G-8: takes whatever figures there are the first time', () =>
    given()
      .when({ ...file, snapshot: later }, { today: '2024-03-30' })
      .then({ ...filed, data: { ...filed.data, ...later } } as AnnualReportEvent));
});

describe('restating an annual report', () => {
  it('G-9: is accepted once it was filed, with its differences', () => given(filed).when(restate).then(restated));
  it('counts on', () => {
    const back = { ...restate, snapshot } as AnnualReportCommand;
    const turned = differences.map(({ figure, was, is }) => ({ figure, was: is, is: was }));
    const second = { n: 2, ...grounds, ...snapshot, restatedOn: '2025-12-31', differences: turned };
    given(filed, restated).when(back).then({ type: 'AnnualReportRestated', data: second });
  });
  it('is ignored when nothing differs', () => given(filed, restated).when(restate).thenNothing());
  it('G-9: is refused where none was filed', () => given().when(restate).thenRefuses('G-9'));
  it.each(['reason', 'evidence'] as const)('G-10: refuses a restatement without its %s', (field) =>
    given(filed)
      .when({ ...restate, [field]: ' ' } as AnnualReportCommand)
      .thenRefuses('G-10', field),
  );
  it('G-10: is accepted with files beside', () => {
    const evidenceFiles = [{ hash: 'b'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 }];
    given(filed)
      .when({ ...restate, evidenceFiles } as AnnualReportCommand)
      .then({ ...restated, data: { ...restated.data, evidenceFiles } } as AnnualReportEvent);
  });
});

describe('the record of an annual report', () => {
  const stream = annualReportStream(annualReportId(key));
  const file1 = { hash: 'b'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 };
  const withFile = { ...restated, data: { ...restated.data, evidenceFiles: [file1] } } as AnnualReportEvent;

  it('shows the filed figures (AnnualReportFiled)', async () => {
    const [row] = await rowsAfter(annualReportRecords, RecordRow, recorded([stream, filed]));
    expect(row).toMatchObject({
      key: 'annual-report:h-x-2023',
      number: 'h-x-2023',
      title: '2023年度科技成果转化年度报告',
      universityId: 'h-x',
      status: 'FILED',
      date: '2023-12-31',
      year: 2023,
      detail: { ...figures, hash: snapshot.hash, cutoff: 'log.1', filedOn: '2024-03-30', restatements: 0 },
    });
  });

  it.each([[[]], [[1]]])('shows what was restated (AnnualReportRestated), cut at %j', async (cuts) => {
    const [row] = await rowsAfter(annualReportRecords, RecordRow, recorded([stream, filed], [stream, withFile]), cuts);
    expect(row).toMatchObject({
      status: 'RESTATED',
      detail: {
        ...later.figures,
        filedOn: '2024-03-30',
        restatedOn: '2025-12-31',
        restatements: 1,
        differences: ['licenceFen 500 → 600', 'grants 0 → 1'],
        evidenceFiles: [`示例.pdf (${file1.hash})`],
      },
    });
  });
});
