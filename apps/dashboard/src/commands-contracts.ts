import type { RecordDetail } from './api-types.js';
import type { RecordCommand } from './commands.js';

const action = 'contract.write';
const path = '/contracts/{id}';
const STANDING = ['LODGED', 'RECORDED', 'REGISTERED', 'TERMINATED'] as const;

const isLicence = ({ detail }: RecordDetail): boolean => detail['mode'] === 'LICENCE';
const hasPayments = ({ detail }: RecordDetail): boolean =>
  Array.isArray(detail['payments']) && detail['payments'].length > 0;

/** The projection shows a payment as `date kind fen number`. */
const paymentChoices = ({ detail }: RecordDetail) => ({
  number: ((detail['payments'] ?? []) as readonly string[]).map((line) => {
    const [date = '', , , ...number] = line.split(' ');
    return { value: number.join(' '), label: `${number.join(' ')}（${date}）` };
  }),
});

export const newContract: RecordCommand = {
  id: 'lodge',
  zh: '合同入账',
  en: 'Lodge a contract',
  path: '/contracts',
  action,
};

export const contractCommands: readonly RecordCommand[] = [
  {
    id: 'record',
    zh: '许可备案',
    en: 'Record the licence',
    path: `${path}/recording`,
    action,
    statuses: ['LODGED'],
    when: isLicence,
  },
  {
    id: 'register',
    zh: '转让登记',
    en: 'Register the transfer',
    path: `${path}/registration`,
    action,
    statuses: ['LODGED'],
    when: (record) => !isLicence(record),
  },
  { id: 'receive', zh: '款项到账', en: 'Receive a payment', path: `${path}/payments`, action, statuses: STANDING },
  {
    id: 'amend',
    zh: '合同变更',
    en: 'Amend',
    path: `${path}/amendments`,
    action,
    statuses: ['LODGED', 'RECORDED', 'REGISTERED'],
  },
  {
    id: 'technology-contract',
    zh: '技术合同认定登记',
    en: 'Register as technology contract',
    path: `${path}/technology-registration`,
    action,
    statuses: STANDING,
  },
  { id: 'reward', zh: '奖励分配', en: 'Distribute a reward', path: `${path}/rewards`, action, statuses: STANDING },
  { id: 'correct', zh: '更正', en: 'Correct', path: `${path}/corrections`, action, statuses: STANDING },
  {
    id: 'refuse-recording',
    zh: '不予备案',
    en: 'Recording refused',
    path: `${path}/recording/refusal`,
    action,
    statuses: ['LODGED'],
    when: isLicence,
  },
  {
    id: 'cancel-recording',
    zh: '撤销备案',
    en: 'Recording cancelled',
    path: `${path}/recording/cancellation`,
    action,
    statuses: ['RECORDED'],
    danger: true,
  },
  {
    id: 'deregister',
    zh: '备案注销',
    en: 'Recording deregistered',
    path: `${path}/deregistration`,
    action,
    statuses: ['RECORDED', 'TERMINATED'],
    when: isLicence,
  },
  {
    id: 'reverse-payment',
    zh: '到账冲销',
    en: 'Reverse a payment',
    path: `${path}/payments/{number}/reversal`,
    action,
    statuses: STANDING,
    when: hasPayments,
    choices: paymentChoices,
    danger: true,
  },
  {
    id: 'terminate',
    zh: '许可解除',
    en: 'End the licence early',
    path: `${path}/termination`,
    action,
    statuses: ['LODGED', 'RECORDED'],
    when: isLicence,
    danger: true,
  },
  {
    id: 'void',
    zh: '合同作废',
    en: 'Void the contract',
    path: `${path}/voiding`,
    action,
    statuses: STANDING,
    danger: true,
  },
];

export const newPriceNotice: RecordCommand = {
  id: 'publish',
  zh: '登记定价公示',
  en: 'Enter a price notice',
  path: '/price-notices',
  action,
};

export const priceNoticeCommands: readonly RecordCommand[] = [
  {
    id: 'object',
    zh: '登记异议',
    en: 'Enter an objection',
    path: '/price-notices/{id}/objections',
    action,
    statuses: ['PUBLISHED', 'OBJECTED'],
  },
  {
    id: 'resolve',
    zh: '异议处理',
    en: 'Resolve an objection',
    path: '/price-notices/{id}/resolutions',
    action,
    statuses: ['OBJECTED'],
    when: ({ detail }) => Array.isArray(detail['openObjections']) && detail['openObjections'].length > 0,
    choices: ({ detail }) => ({
      number: ((detail['openObjections'] ?? []) as readonly string[]).map((value) => ({ value, label: value })),
    }),
  },
  {
    id: 'withdraw',
    zh: '撤回公示',
    en: 'Withdraw the notice',
    path: '/price-notices/{id}/withdrawal',
    action,
    statuses: ['PUBLISHED', 'OBJECTED'],
    danger: true,
  },
];
