import { recorded, rowsAfter, specFor } from '@app/testing';
import { RecordRow } from '@app/read-model';
import { enterpriseSizeRecords } from './enterprise-size.projection.js';
import {
  type EnterpriseSizeEvent,
  type SizeCorrection,
  type SizeDetermination,
  enterpriseSizeDecider,
  enterpriseSizeStream,
  sizeOn,
} from './enterprise-size.js';

const given = specFor(enterpriseSizeDecider);

const data: SizeDetermination = {
  determinationId: 'd2022',
  enterpriseName: '示例科技有限公司',
  creditCode: '91430100MA4L00003Q',
  industry: 'C39',
  employees: 300,
  revenueFen: '2000000000',
  dataYear: 2022,
  determinedOn: '2023-03-01',
  evidence: '示例：声明函',
};
const finding = { industryClass: 'INDUSTRY', size: 'MEDIUM', rule: 'sme-2011-300/1' } as const;
const determined: EnterpriseSizeEvent = { type: 'EnterpriseSizeDetermined', data: { ...data, ...finding } };
const determine = (changes: Partial<SizeDetermination> = {}) =>
  ({ type: 'DetermineEnterpriseSize', data: { ...data, ...changes } }) as const;

const correction: SizeCorrection = { ...data, employees: 299, reason: '示例：漏报', approver: 'reviewer2' };
const corrected: EnterpriseSizeEvent = {
  type: 'EnterpriseSizeCorrected',
  data: { ...correction, ...finding, size: 'SMALL' },
};
const correct = (changes: Partial<SizeCorrection> = {}) =>
  ({ type: 'CorrectEnterpriseSize', data: { ...correction, ...changes } }) as const;

const file = { hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 };

describe('determining the size of an enterprise', () => {
  it('S-6: is accepted with the row, the size and the table it follows from', () =>
    given().when(determine()).then(determined));

  it('keeps the industry code in its one form', () =>
    given()
      .when(determine({ industry: '39' }))
      .then(determined));

  it('is undetermined where a figure is missing', () => {
    const { revenueFen: _revenueFen, ...less } = data;
    given()
      .when({ type: 'DetermineEnterpriseSize', data: less })
      .then({ type: 'EnterpriseSizeDetermined', data: { ...less, ...finding, size: 'UNDETERMINED' } });
  });

  it('is ignored when it says the same again', () => given(determined).when(determine()).thenNothing());

  it('is accepted for another year', () => {
    const next = { determinationId: 'd2023', dataYear: 2023, determinedOn: '2024-03-01' };
    given(determined)
      .when(determine(next))
      .then({ type: 'EnterpriseSizeDetermined', data: { ...data, ...finding, ...next } });
  });

  it.each([{ employees: 20 }, { determinedOn: '2023-03-02' }, { evidenceFiles: [file] }])(
    'S-6: is refused for a year that was determined, with %j',
    (changes) => given(determined).when(determine(changes)).thenRefuses('S-6', 'dataYear'),
  );

  it('S-4: is accepted on the day the table came into force', () => {
    const first = { determinedOn: '2011-06-18', dataYear: 2011 };
    given()
      .when(determine(first))
      .then({ type: 'EnterpriseSizeDetermined', data: { ...data, ...finding, ...first } });
  });

  it('S-4: is refused on the day before', () =>
    given()
      .when(determine({ determinedOn: '2011-06-17', dataYear: 2010 }))
      .thenRefuses('S-4', 'determinedOn'));

  it('S-5: is accepted within the year of the figures', () =>
    given()
      .when(determine({ dataYear: 2023 }))
      .then({ type: 'EnterpriseSizeDetermined', data: { ...data, ...finding, dataYear: 2023 } }));

  it('S-5: is refused for figures of a later year', () =>
    given()
      .when(determine({ dataYear: 2024 }))
      .thenRefuses('S-5', 'dataYear'));

  it('R-1: is refused for a day to come', () =>
    given().when(determine(), { today: '2023-02-28' }).thenRefuses('R-1', 'determinedOn'));

  it('refuses an industry that is none', () =>
    given()
      .when(determine({ industry: 'X' }))
      .thenRefuses('S-1', 'industry'));

  it('refuses money that is not a text of fen', () =>
    given()
      .when(determine({ revenueFen: '1.5' }))
      .thenRefuses('V-FEN-FORM', 'revenueFen'));
});

describe('correcting a determination', () => {
  it('S-7: is accepted with reason and approver, and determines anew', () =>
    given(determined).when(correct()).then(corrected));
  it('is ignored when it says what stands', () => given(determined, corrected).when(correct()).thenNothing());
  it('S-7: is refused where nothing was determined for the year', () => {
    given().when(correct()).thenRefuses('S-7', 'dataYear');
    given(determined)
      .when(correct({ dataYear: 2021 }))
      .thenRefuses('S-7', 'dataYear');
  });
  it('takes the place of what was determined', () =>
    expect(given(determined, corrected).state()).toMatchObject([{ employees: 299, size: 'SMALL' }]));
});

describe('the size on a date', () => {
  const of = (dataYear: number, determinedOn: string) => ({ ...data, ...finding, dataYear, determinedOn });
  const sizes = [of(2023, '2024-04-01'), of(2022, '2023-03-01'), of(2021, '2024-04-01')];

  it.each([
    ['2023-02-28', undefined],
    ['2023-03-01', 2022],
    ['2024-03-31', 2022],
    ['2024-04-01', 2023],
    ['2030-01-01', 2023],
  ])('%s is that determined last by then, of %s', (on, year) => expect(sizeOn(sizes, on)?.dataYear).toBe(year));
});

describe('the records of an enterprise', () => {
  const stream = enterpriseSizeStream('e1');
  const next: EnterpriseSizeEvent = {
    type: 'EnterpriseSizeDetermined',
    data: { ...data, ...finding, determinationId: 'd2023', dataYear: 2023, determinedOn: '2024-03-01' },
  };
  const history = recorded([stream, determined], [stream, next], [stream, corrected]);

  it.each([[[]], [[1]], [[2]], [[1, 2]]])('are one per data year, as corrected, cut at %j', async (cuts) => {
    const rows = await rowsAfter(enterpriseSizeRecords, RecordRow, history, cuts);
    expect(rows).toMatchObject([
      {
        key: 'enterprise-size:d2022',
        number: '91430100MA4L00003Q',
        title: '示例科技有限公司',
        universityId: 'city',
        status: 'SMALL',
        year: 2023,
        revision: 2,
        detail: { employees: 299, corrected: true, reason: '示例：漏报', approver: 'reviewer2' },
      },
      { key: 'enterprise-size:d2023', status: 'MEDIUM', year: 2024, revision: 1, detail: { corrected: false } },
    ]);
  });

  it('name the files of evidence', async () => {
    const withFile: EnterpriseSizeEvent = {
      ...determined,
      data: { ...determined.data, evidenceFiles: [file] },
    } as EnterpriseSizeEvent;
    const [row] = await rowsAfter(enterpriseSizeRecords, RecordRow, recorded([stream, withFile]));
    expect(row).toMatchObject({ detail: { evidenceFiles: [`示例.pdf (${file.hash})`] } });
  });
});
