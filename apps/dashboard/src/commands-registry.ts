import type { RecordCommand } from './commands.js';
import type { Kind } from './labels.js';

type Commands = Readonly<Partial<Record<Kind, readonly RecordCommand[]>>>;

const action = 'registry.write';

/** What makes the records of the registry, the target and the fund. */
export const newRegistryRecords: Commands = {
  'enterprise-size': [
    { id: 'determine', zh: '企业规模认定', en: 'Determine an enterprise’s size', path: '/enterprise-sizes', action },
  ],
  university: [
    { id: 'register', zh: '高校登记', en: 'Register a university', path: '/universities', action: 'university.write' },
  ],
  'dedicated-office': [
    { id: 'establish', zh: '专门机构成立', en: 'Establish an office', path: '/registry/dedicated-offices', action },
  ],
  certification: [
    { id: 'issue', zh: '登记贯标证书', en: 'Enter a certificate', path: '/registry/certifications', action },
  ],
  portfolio: [{ id: 'start', zh: '组合立项', en: 'Start a portfolio', path: '/registry/portfolios', action }],
  designation: [{ id: 'grant', zh: '登记试点示范', en: 'Enter a designation', path: '/registry/designations', action }],
  commendation: [{ id: 'grant', zh: '登记表彰', en: 'Enter a commendation', path: '/registry/commendations', action }],
  'trading-platform': [
    { id: 'launch', zh: '平台上线', en: 'Launch a platform', path: '/registry/trading-platforms', action },
  ],
  baseline: [{ id: 'approve', zh: '登记基数', en: 'Enter a baseline', path: '/baselines', action: 'baseline.write' }],
  'annual-report': [
    {
      id: 'file',
      zh: '报送年度报告',
      en: 'File an annual report',
      path: '/annual-reports/{universityId}/{year}/filing',
      action,
    },
  ],
  'fund-claim': [
    { id: 'claim', zh: '资金申报', en: 'Claim from the fund', path: '/fund-years/{year}/claims', action: 'fund.claim' },
  ],
};

/** What can be done to them. */
export const registryCommands: Commands = {
  'enterprise-size': [
    {
      id: 'correct',
      zh: '更正',
      en: 'Correct',
      path: '/enterprise-sizes/corrections',
      action,
      initial: ({ number, title, detail }) => ({ ...detail, creditCode: number, enterpriseName: title }),
      unpinned: true,
    },
  ],
  university: [
    { id: 'adopt-policy', zh: '登记校内制度', en: 'Enter a policy', path: '/universities/{code}/policies', action },
    {
      id: 'repeal-policy',
      zh: '制度废止',
      en: 'Repeal a policy',
      path: '/universities/{code}/policies/repeal',
      action,
    },
    {
      id: 'panel',
      zh: '纳入统计',
      en: 'Panel membership',
      path: '/universities/{code}/panel',
      action: 'university.write',
    },
  ],
  'dedicated-office': [
    {
      id: 'close',
      zh: '撤销机构',
      en: 'Close the office',
      path: '/registry/dedicated-offices/{id}/close',
      action,
      statuses: ['ACTIVE'],
      danger: true,
    },
  ],
  certification: [
    {
      id: 'withdraw',
      zh: '撤销证书',
      en: 'Withdraw the certificate',
      path: '/registry/certifications/{id}/withdraw',
      action,
      statuses: ['CERTIFIED'],
      danger: true,
    },
  ],
  portfolio: [
    {
      id: 'accept',
      zh: '验收',
      en: 'Accept',
      path: '/registry/portfolios/{id}/accept',
      action,
      statuses: ['STARTED'],
    },
  ],
  baseline: [
    { id: 'revise', zh: '基数变更', en: 'Revise', path: '/baselines/{id}/revision', action: 'baseline.write' },
  ],
  'annual-report': [
    {
      id: 'restate',
      zh: '更正重报',
      en: 'Restate',
      path: '/annual-reports/{universityId}/{year}/restatements',
      action,
      // A report is called by its university and its year.
      parameters: ({ universityId, number }) => ({ universityId, year: number.slice(-4) }),
    },
  ],
  'fund-claim': [
    {
      id: 'withdraw',
      zh: '撤回申报',
      en: 'Withdraw the claim',
      path: '/fund-years/{year}/claims/{claimId}/withdrawal',
      action: 'fund.claim',
      statuses: ['SUBMITTED'],
      parameters: ({ id, detail, date }) => ({
        year: typeof detail['year'] === 'number' ? `${detail['year']}` : date.slice(0, 4),
        claimId: id,
      }),
      unpinned: true,
      danger: true,
    },
  ],
};
