import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openTestLedger, testActors, testCommand, type TestLedger } from '@app/flow-testing';
import { contractsEvents } from '@app/contracts';
import { EvidenceModule, KeepEvidence } from '@app/evidence';
import { FileFolder } from '@app/imports';
import type { Message } from '@app/kernel';
import { RegistryModule, RunUniversity, registryEvents, registryProjections } from '@app/registry';
import { anEvent } from '@app/testing';
import { canonicalText } from './annual-report.js';
import type { AnnualReportView } from './annual-report.queries.js';
import { annualReportEvents, annualReportRecords } from './annual-report.projection.js';
import { annualFigures } from './annual-report-figures.projection.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { GrowthModule } from './growth.module.js';

let ledger: TestLedger;
let folder: string;
let sent = 0;

const append = async (stream: string, ...events: readonly Message[]) => {
  const history = await ledger.store.readStream(stream);
  const stored = events.map(({ type, data }) => anEvent(data as never, type));
  await ledger.store.append(stream, stored, history.at(-1)?.revision ?? 'none');
};
const terms = {
  ...{
    universityId: 'hnu',
    number: '示例HT-1',
    mode: 'LICENCE',
    counterparty: '示例公司',
    pricingMethod: 'NEGOTIATED',
  },
  assets: ['a1', 'a2'].map((assetId) => ({ assetId, ipType: 'INVENTION', number: assetId })),
  ...{ signedOn: '2023-05-01', effectiveOn: '2023-05-01', feeType: 'LUMP_SUM', feeFen: '1000' },
  inChangsha: { rule: 'in-changsha/1', value: null },
};
const contract = (id: string, ...more: readonly Message[]) =>
  append(
    `contract-${id}`,
    { type: 'LodgementRequested', data: { ...terms, number: id } },
    { type: 'ContractLodged', data: { assets: ['a1', 'a2'] } },
    ...more,
  );

const post = async (
  path: string,
  payload: object,
  {
    year = '2023',
    universityId = 'hnu',
    key = `k${(sent += 1)}`,
  }: Partial<Record<'year' | 'universityId' | 'key', string>> = {},
) => {
  const headers = { 'idempotency-key': key };
  const url = `/api/v1/annual-reports/${universityId}/${year}/${path}`;
  const answer = await ledger.app.inject({ method: 'POST', url, payload, headers });
  return { status: answer.statusCode, ...answer.json<Record<string, unknown>>() };
};
const view = async (year = '2023', universityId = 'hnu') => {
  const head = ledger.models.token(await ledger.store.head());
  const answer = await ledger.app.inject({ url: `/api/v1/annual-reports/${universityId}/${year}?after=${head}` });
  return answer.json<AnnualReportView>();
};
const filing = { approver: 'hnu-head' };
const restatement = { reason: '示例：补录', evidence: '示例文号', approver: 'hnu-head' };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-reports-'));
  ledger = await openTestLedger({
    modules: [RegistryModule, EvidenceModule, GrowthModule],
    events: [...registryEvents, ...contractsEvents, annualReportEvents],
    providers: [{ provide: FileFolder, useValue: { path: folder, uploadLimit: 1_000_000, evidenceLimit: 1_000_000 } }],
    projections: [...registryProjections, conversionFacts, annualFigures, annualReportRecords],
  });
  for (const [code, ownership] of [
    ['hnu', 'CENTRAL'],
    ['p-x', 'PRIVATE'],
  ] as const) {
    const data = { code, name: `示例大学${code}`, ownership, level: 'UNDERGRADUATE', authority: '示例' } as const;
    const context = testCommand(code, data, testActors.reviewer);
    await ledger.commands.execute(new RunUniversity(code, { type: 'RegisterUniversity', data }, context));
  }
  ledger.acting.actor = testActors.office;
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

describe('an annual report', () => {
  it('shows the figures as known now, whose duty it is and by when', async () => {
    await contract('c1', { type: 'LicenceRecorded', data: { recordNo: 'X1', recordedOn: '2023-06-01' } });
    expect(await view()).toMatchObject({
      universityId: 'hnu',
      university: '示例大学hnu',
      year: 2023,
      required: true,
      dueOn: '2024-03-30',
      departmentDueOn: '2024-04-30',
      rule: 'annual-report/1',
      figures: { licences: 1, licenceFen: '1000', recordedLicences: 2, transfers: 0, receiptFen: '0' },
      filed: null,
      differences: [],
    });
    expect(await view('2015')).toMatchObject({ required: true, dueOn: '2016-03-30' });
    expect(await view('2014')).toMatchObject({ required: false, dueOn: null, departmentDueOn: null });
    expect(await view('2022')).toMatchObject({ figures: { licences: 0, recordedLicences: 0 } });
    ledger.acting.actor = testActors.reviewer;
    expect(await view('2023', 'p-x')).toMatchObject({ required: false, figures: { licences: 0 } });
  });

  it('is filed with the figures at the head of the log, frozen by their hash', async () => {
    await contract('c1');
    expect(await post('filing', { ...filing, note: '示例' })).toMatchObject({
      status: 201,
      id: 'hnu-2023',
      revision: 0,
    });
    await contract('c2');
    const { filed, figures, differences } = await view();
    expect(filed).toMatchObject({ status: 'FILED', approver: 'hnu-head', restatements: 0, figures: { licences: 1 } });
    expect(figures.licences).toBe(2);
    expect(differences).toEqual([
      { figure: 'licences', was: 1, is: 2 },
      { figure: 'licenceFen', was: '1000', is: '2000' },
    ]);
    const content = canonicalText({
      universityId: 'hnu',
      year: 2023,
      rule: 'annual-report/1',
      figures: filed!.figures,
    });
    expect(filed?.hash).toBe(createHash('sha256').update(content).digest('hex'));
    expect(filed?.cutoff).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{32}$/);
  });

  it('answers the same command as the first time, whatever the figures are by then', async () => {
    expect(await post('filing', filing, { key: 'same' })).toMatchObject({ status: 201, revision: 0 });
    await contract('c1');
    expect(await post('filing', filing, { key: 'same' })).toMatchObject({ revision: 0, written: false });
    expect(await view()).toMatchObject({ filed: { figures: { licences: 0 } } });
  });

  it('pins the files a restatement rests on', async () => {
    await post('filing', filing);
    await contract('c1');
    const file = {
      body: Readable.from([Buffer.from('%PDF-1.7 示例')]),
      name: '示例.pdf',
      statedType: 'application/pdf',
    };
    const kept = await ledger.commands.execute(new KeepEvidence(file, testActors.office, '2025-12-31T04:00:00.000Z'));
    const unknown = { ...restatement, evidenceFiles: ['0'.repeat(64)] };
    expect(await post('restatements', unknown)).toMatchObject({ code: 'X-4' });
    expect(await post('restatements', { ...restatement, evidenceFiles: [kept.hash] })).toMatchObject({ status: 201 });
    const [, restated] = await ledger.store.readStream('annual-report-hnu-2023');
    expect(restated?.data).toMatchObject({ n: 1, evidenceFiles: [kept] });
  });

  it('is restated when figures change, and not before', async () => {
    await contract('c1');
    await post('filing', filing);
    expect(await post('restatements', restatement)).toMatchObject({ status: 200, written: false });
    expect(await post('filing', filing)).toMatchObject({ status: 200, written: false });
    await contract('c2');
    expect(await post('filing', filing)).toMatchObject({ status: 409, code: 'G-8' });
    expect(await post('restatements', restatement)).toMatchObject({ status: 201, revision: 1 });
    expect(await view()).toMatchObject({
      filed: { status: 'RESTATED', restatements: 1, figures: { licences: 2 } },
      differences: [],
    });
  });

  it('is refused for a running year, without a second person, or for another university', async () => {
    expect(await post('filing', filing, { year: '2199' })).toMatchObject({ status: 422, code: 'P-5' });
    expect(await post('filing', { approver: 'hnu' })).toMatchObject({ code: 'A-14' });
    expect(await post('filing', filing, { universityId: 'p-x' })).toMatchObject({ status: 403, code: 'A-2' });
    expect(await post('restatements', restatement)).toMatchObject({ status: 404, code: 'G-9' });
    expect(await view('2023', 'p-x')).toMatchObject({ code: 'A-2' });
    ledger.acting.actor = testActors.clerk;
    expect(await view('2023', 'nobody')).toMatchObject({ code: 'C-5' });
    expect(await post('filing', { approver: 'reviewer' }, { universityId: 'nobody' })).toMatchObject({ code: 'C-5' });
    expect((await post('filing', { approver: 'reviewer' }, { year: 'x' })).status).toBe(400);
    for (const year of ['1899', '2200', '2023.5', '-1'])
      expect(await view(year)).toMatchObject({ status: 400, code: 'V-SHAPE' });
  });

  it('is refused while the figures stand still at an event they cannot take', async () => {
    const data = { number: 'R1', receivedOn: '2023-06-01', amountFen: 'unreadable', kind: 'LUMP_SUM' };
    await contract('c1', { type: 'PaymentReceived', data });
    expect(await post('filing', filing)).toMatchObject({ status: 503, code: 'G-11' });
  });

  it('may be filed by whom the law does not ask, over an empty ledger', async () => {
    ledger.acting.actor = testActors.clerk;
    expect(await post('filing', { approver: 'reviewer' }, { universityId: 'p-x' })).toMatchObject({
      status: 201,
      id: 'p-x-2023',
    });
  });
});
