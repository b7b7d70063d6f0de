import { recorded, rowsAfter, specFor } from '@app/testing';
import { RecordRow } from '@app/read-model';
import { ApprovedBaselineRow } from './approved-baseline.entity.js';
import {
  type BaselineCommand,
  type BaselineEvent,
  MAX_BASELINE,
  baselineDecider,
  baselineId,
  baselineStream,
} from './baseline.js';
import { approvedBaselines, baselineRecords } from './baseline.projection.js';

const given = specFor(baselineDecider);
const key = { scope: 'city', basis: 'patent-times', ipScope: 'all', baseYear: 2020 } as const;
const facts = { value: 500, source: '示例：2020年年报', evidence: '示例文号' };
const approve: Extract<BaselineCommand, { type: 'ApproveBaseline' }> = {
  type: 'ApproveBaseline',
  ...key,
  ...facts,
  approver: 'reviewer2',
};
const revise: Extract<BaselineCommand, { type: 'ReviseBaseline' }> = {
  type: 'ReviseBaseline',
  ...facts,
  value: 510,
  reason: '示例：补报',
  approver: 'reviewer2',
};
const names = { proposedBy: 'clerk', approvedBy: 'reviewer2' };
const approved: BaselineEvent = { type: 'BaselineApproved', data: { ...key, ...facts, ...names } };
const revised: BaselineEvent = {
  type: 'BaselineRevised',
  data: { ...facts, value: 510, from: 500, reason: '示例：补报', ...names },
};

describe('approving a baseline', () => {
  it('is accepted with source, evidence and approver', () => given().when(approve).then(approved));
  it('is ignored when it is the same again', () =>
    given(approved)
      .when({ ...approve, approver: 'reviewer3' })
      .thenNothing());
  it('G-2: is refused where another value stands', () =>
    given(approved)
      .when({ ...approve, value: 1 })
      .thenRefuses('G-2', 'value'));
  it.each([-1, 1.5, Number.NaN, MAX_BASELINE + 1])('G-4: refuses %s', (value) =>
    given()
      .when({ ...approve, value })
      .thenRefuses('G-4', 'value'),
  );
  it.each([1999, 2025, 2026])('G-5: refuses the base year %s in 2025', (baseYear) =>
    given()
      .when({ ...approve, baseYear }, { today: '2025-12-31' })
      .thenRefuses('G-5', 'baseYear'),
  );
  it.each([0, MAX_BASELINE])('G-4: accepts %s', (value) =>
    given()
      .when({ ...approve, value })
      .then({ ...approved, data: { ...approved.data, value } } as BaselineEvent),
  );
  it.each([2000, 2024])('G-5: accepts the base year %s in 2025', (baseYear) =>
    given()
      .when({ ...approve, baseYear }, { today: '2025-12-31' })
      .then({ ...approved, data: { ...approved.data, baseYear } } as BaselineEvent),
  );
  it('G-6: needs its source', () =>
    given()
      .when({ ...approve, source: ' ' })
      .thenRefuses('G-6', 'source'));
});

describe('revising a baseline', () => {
  it('is accepted with its reason', () => given(approved).when(revise).then(revised));
  it('is ignored when nothing changes', () => given(approved, revised).when(revise).thenNothing());
  it('G-3: is refused where there is none', () => given().when(revise).thenRefuses('G-3'));
  it('G-4: refuses what is no count', () =>
    given(approved)
      .when({ ...revise, value: -1 })
      .thenRefuses('G-4', 'value'));
  it('G-6: needs its reason', () =>
    given(approved)
      .when({ ...revise, reason: '' })
      .thenRefuses('G-6', 'reason'));
});

describe('the rows of a baseline', () => {
  const stream = baselineStream(baselineId(key));
  const history = recorded([stream, approved], [stream, revised]);

  it('hold the approved value', async () => {
    const [row] = await rowsAfter(approvedBaselines, ApprovedBaselineRow, history.slice(0, 1));
    expect(row).toMatchObject({ id: 'city-patent-times-all-2020', ...key, ...facts, ...names });
  });

  it('name the files of evidence of a revision, and keep the value without them', async () => {
    const file = { hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 1 };
    const withFile = { ...revised, data: { ...revised.data, evidenceFiles: [file] } } as BaselineEvent;
    const events = recorded([stream, approved], [stream, withFile]);
    const [record] = await rowsAfter(baselineRecords, RecordRow, events);
    expect(record).toMatchObject({ detail: { value: 510, evidenceFiles: [`示例.pdf (${file.hash})`] } });
    expect(given(approved, withFile).state()).not.toHaveProperty('evidenceFiles');
  });

  it.each([[[]], [[1]]])('hold the revised value, cut at %j', async (cuts) => {
    const [row] = await rowsAfter(approvedBaselines, ApprovedBaselineRow, history, cuts);
    expect(row).toMatchObject({ ...key, value: 510 });
    const [record] = await rowsAfter(baselineRecords, RecordRow, history, cuts);
    expect(record).toMatchObject({
      key: 'baseline:city-patent-times-all-2020',
      universityId: 'city',
      status: 'REVISED',
      year: 2020,
      detail: { value: 510, from: 500, reason: '示例：补报', approvedBy: 'reviewer2' },
    });
  });
});
