import type { RecordCommand } from './commands.js';

const action = 'disclosure.write';
const disclosure = '/disclosures/{id}';
const evaluation = '/evaluations/{id}';
const STANDING = ['DISCLOSED', 'RETURNED', 'ACCEPTED'];

export const newDisclosure: RecordCommand = {
  id: 'disclose',
  zh: '成果披露',
  en: 'Disclose an invention',
  path: '/disclosures',
  action,
};

export const disclosureCommands: readonly RecordCommand[] = [
  {
    id: 'accept',
    zh: '受理',
    en: 'Accept',
    path: `${disclosure}/acceptance`,
    action,
    statuses: ['DISCLOSED', 'RETURNED'],
  },
  { id: 'return', zh: '退回补正', en: 'Return', path: `${disclosure}/return`, action, statuses: ['DISCLOSED'] },
  { id: 'supplement', zh: '补充披露', en: 'Supplement', path: `${disclosure}/supplements`, action, statuses: STANDING },
  {
    id: 'determine',
    zh: '职务发明认定',
    en: 'Determine service invention',
    path: `${disclosure}/determination`,
    action,
    statuses: STANDING,
  },
  { id: 'correct', zh: '更正', en: 'Correct', path: `${disclosure}/corrections`, action, statuses: STANDING },
  {
    id: 'withdraw',
    zh: '撤回',
    en: 'Withdraw',
    path: `${disclosure}/withdrawal`,
    action,
    statuses: STANDING,
    danger: true,
  },
];

export const newEvaluations: readonly RecordCommand[] = [
  { id: 'commission', zh: '委托评估', en: 'Commission an evaluation', path: '/evaluations/commission', action },
  { id: 'conclude', zh: '登记已完成的评估', en: 'Enter a concluded evaluation', path: '/evaluations', action },
];

export const evaluationCommands: readonly RecordCommand[] = [
  {
    id: 'conclusion',
    zh: '评估完成',
    en: 'Conclude',
    path: `${evaluation}/conclusion`,
    action,
    statuses: ['COMMISSIONED'],
  },
  {
    id: 'evaluator',
    zh: '更换评估机构',
    en: 'Replace the evaluator',
    path: `${evaluation}/evaluator`,
    action,
    statuses: ['COMMISSIONED'],
  },
  {
    id: 'decide',
    zh: '申请决定',
    en: 'Decide on filing',
    path: `${evaluation}/filing-decision`,
    action,
    statuses: ['CONCLUDED'],
  },
  {
    id: 'release',
    zh: '转给发明人',
    en: 'Release to the inventors',
    path: `${evaluation}/release`,
    action,
    statuses: ['DO_NOT_FILE'],
    danger: true,
  },
  {
    id: 'correct',
    zh: '更正',
    en: 'Correct',
    path: `${evaluation}/corrections`,
    action,
    statuses: ['CONCLUDED', 'FILE', 'DO_NOT_FILE', 'RELEASED', 'SUPERSEDED'],
  },
];
