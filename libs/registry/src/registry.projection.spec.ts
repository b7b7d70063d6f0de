import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { RegistryEvent, RegistryKind } from './registry-events.js';
import { registryRecords } from './registry-object.projection.js';
import { UniversityRow } from './university.entity.js';
import { universityRecords, universityRows } from './university.projection.js';
import type { UniversityEvent } from './university.js';

const registered: UniversityEvent = {
  type: 'UniversityRegistered',
  data: { code: 'hnu', name: '湖南大学', ownership: 'CENTRAL', level: 'UNDERGRADUATE', authority: '教育部' },
};
const joined: UniversityEvent = { type: 'PanelMembershipSet', data: { inPanel: true, from: '2020-01-01' } };
const left: UniversityEvent = {
  type: 'PanelMembershipSet',
  data: { inPanel: false, from: '2023-01-01', source: '示例文件' },
};

describe('universities', () => {
  const history = recorded(['university-hnu', registered], ['university-hnu', joined], ['university-hnu', left]);

  it('have a row each', async () => {
    expect(await rowsAfter(universityRows, UniversityRow, history.slice(0, 1))).toMatchObject([
      { universityId: 'hnu', name: '湖南大学', englishName: null, schoolCode: null, inPanel: false, panelFrom: null },
    ]);
    expect(await rowsAfter(universityRows, UniversityRow, history.slice(0, 2))).toMatchObject([
      { universityId: 'hnu', inPanel: true, panelFrom: '2020-01-01' },
    ]);
    expect(await rowsAfter(universityRows, UniversityRow, history)).toMatchObject([
      { universityId: 'hnu', inPanel: false, panelFrom: '2023-01-01' },
    ]);
  });

  it('have a record each', async () => {
    expect(await rowsAfter(universityRecords, RecordRow, history.slice(0, 2))).toMatchObject([
      { key: 'university:hnu', number: 'hnu', title: '湖南大学', status: 'IN_PANEL', date: '2020-01-01', revision: 1 },
    ]);
    expect(await rowsAfter(universityRecords, RecordRow, history)).toMatchObject([
      { status: 'NOT_IN_PANEL', detail: { ownership: 'CENTRAL', inPanel: false, panelSource: '示例文件' } },
    ]);
  });

  it('show their policies with the days they are in force', async () => {
    const adoption = {
      policy: 'EVALUATION',
      adoptedOn: '2021-05-01',
      documentNo: '示例1号',
      evidence: '示例',
    } as const;
    const adopted: UniversityEvent = { type: 'PolicyAdopted', data: adoption };
    const next: UniversityEvent = { type: 'PolicyAdopted', data: { ...adoption, documentNo: '示例2号' } };
    const data = { policy: 'EVALUATION', documentNo: '示例1号', on: '2023-01-01' } as const;
    const events = [registered, adopted, next, { type: 'PolicyRepealed', data } as UniversityEvent];
    const policies = recorded(...events.map((event) => ['university-hnu', event] as const));
    for (const cuts of [[], [1], [2, 3]]) {
      expect(await rowsAfter(universityRecords, RecordRow, policies, cuts)).toMatchObject([
        {
          status: 'NOT_IN_PANEL',
          revision: 3,
          detail: { evaluationPolicies: ['2021-05-01–2023-01-01 示例1号', '2021-05-01– 示例2号'] },
        },
      ]);
    }
  });

  it('are the same however the history is cut', async () => {
    expect(await rowsAfter(universityRows, UniversityRow, history, [1, 2])).toEqual(
      await rowsAfter(universityRows, UniversityRow, history),
    );
    expect(await rowsAfter(universityRecords, RecordRow, history, [2])).toEqual(
      await rowsAfter(universityRecords, RecordRow, history),
    );
  });
});

const rowOf = async (kind: RegistryKind, stream: string, ...events: RegistryEvent[]) => {
  const history = recorded(...events.map((event) => [stream, event] as const));
  const [row, ...more] = await rowsAfter(registryRecords(kind), RecordRow, history);
  expect(more).toEqual([]);
  expect(await rowsAfter(registryRecords(kind), RecordRow, history, [1])).toEqual([row]);
  return row;
};

const universityId = 'hnu';

describe('dated objects', () => {
  const office: RegistryEvent = {
    type: 'DedicatedOfficeEstablished',
    data: {
      universityId,
      name: '示例中心',
      legalForm: 'INTERNAL',
      documentNo: '示例1号',
      establishedOn: '2021-05-10',
      staff: 8,
    },
  };
  const certificate: RegistryEvent = {
    type: 'IpCertificateIssued',
    data: {
      universityId,
      certNo: '示例-1',
      standard: 'GB/T 33251-2016',
      body: '示例机构',
      validFrom: '2022-03-01',
      validTo: '2027-03-01',
      warnings: [{ zh: '示例', en: 'sample' }],
    },
  };
  const portfolio: RegistryEvent = {
    type: 'HighValuePortfolioStarted',
    data: {
      universityId,
      number: 'ZH-1',
      title: '示例组合',
      startedOn: '2022-03-01',
      assets: [{ assetId: 'a1', number: '201910699568X' }],
    },
  };

  it('an office established', async () => {
    expect(await rowOf('dedicated-office', 'office-1', office)).toMatchObject({
      key: 'dedicated-office:1',
      number: '示例1号',
      title: '示例中心',
      universityId,
      status: 'ACTIVE',
      year: 2021,
      detail: { establishedOn: '2021-05-10', closedOn: null, legalForm: 'INTERNAL', staff: 8 },
    });
  });

  it('an office closed', async () => {
    const data = { closedOn: '2024-01-02', reason: '示例', evidence: '示例2号' };
    expect(await rowOf('dedicated-office', 'office-1', office, { type: 'DedicatedOfficeClosed', data })).toMatchObject({
      status: 'CLOSED',
      detail: { establishedOn: '2021-05-10', closedOn: '2024-01-02', reason: '示例', endEvidence: '示例2号' },
    });
  });

  it('a certificate issued', async () => {
    expect(await rowOf('certification', 'certification-1', certificate)).toMatchObject({
      number: '示例-1',
      status: 'CERTIFIED',
      date: '2022-03-01',
      detail: { validTo: '2027-03-01', withdrawnOn: null, warnings: ['示例 / sample'] },
    });
  });

  it('a certificate withdrawn', async () => {
    const data = { withdrawnOn: '2024-01-02', reason: '示例' };
    expect(
      await rowOf('certification', 'certification-1', certificate, { type: 'IpCertificateWithdrawn', data }),
    ).toMatchObject({ status: 'WITHDRAWN', detail: { withdrawnOn: '2024-01-02', validTo: '2027-03-01' } });
  });

  it('a portfolio started', async () => {
    expect(await rowOf('portfolio', 'portfolio-1', portfolio)).toMatchObject({
      number: 'ZH-1',
      status: 'STARTED',
      detail: { startedOn: '2022-03-01', acceptedOn: null, assets: ['201910699568X'], assetIds: ['a1'] },
    });
  });

  it('a portfolio accepted', async () => {
    const data = { acceptedOn: '2024-01-02' };
    expect(
      await rowOf('portfolio', 'portfolio-1', portfolio, { type: 'HighValuePortfolioAccepted', data }),
    ).toMatchObject({ status: 'ACCEPTED', detail: { startedOn: '2022-03-01', acceptedOn: '2024-01-02' } });
  });

  it('a designation granted', async () => {
    const data = {
      universityId,
      designation: 'PILOT',
      documentNo: '示例2号',
      designatedOn: '2022-10-20',
      authority: '示例机关',
    } as const;
    const { universityId: _u, ...detail } = data;
    expect(await rowOf('designation', 'designation-1', { type: 'DesignationGranted', data })).toMatchObject({
      universityId,
      status: 'GRANTED',
      title: '国家知识产权试点高校',
      date: '2022-10-20',
      detail: { ...detail, validTo: null },
    });
  });

  it('a commendation granted', async () => {
    const data = { universityId, award: '示例奖', year: 2022, documentNo: '示例3号', grantedOn: '2023-04-26' };
    expect(await rowOf('commendation', 'commendation-1', { type: 'CommendationGranted', data })).toMatchObject({
      title: '示例奖（2022）',
      date: '2023-04-26',
      year: 2023,
      detail: { award: '示例奖', year: 2022, grantedOn: '2023-04-26' },
    });
  });

  it('a platform launched', async () => {
    const data = { universityId, name: '示例平台', launchedOn: '2022-09-01', documentNo: '示例4号' };
    expect(await rowOf('trading-platform', 'platform-1', { type: 'TradingPlatformLaunched', data })).toMatchObject({
      key: 'trading-platform:1',
      title: '示例平台',
      status: 'LAUNCHED',
      detail: { launchedOn: '2022-09-01', documentNo: '示例4号' },
    });
  });
});
