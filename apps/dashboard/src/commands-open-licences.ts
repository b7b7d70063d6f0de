import type { RecordCommand } from './commands.js';

const action = 'open-licence.write';
const path = '/open-licences/{id}';
const grant = '/open-grants/{id}';

export const newOpenLicence: RecordCommand = {
  id: 'declare',
  zh: '开放许可声明',
  en: 'Declare an open licence',
  path: '/open-licences',
  action,
};

export const openLicenceCommands: readonly RecordCommand[] = [
  { id: 'announce', zh: '公告', en: 'Announced', path: `${path}/announcement`, action, statuses: ['DECLARED'] },
  {
    id: 'grant',
    zh: '登记实施',
    en: 'Enter a grant',
    path: `${path}/grants`,
    action,
    statuses: ['ANNOUNCED', 'WITHDRAWN', 'ENDED'],
    makes: 'open-licence-grant',
  },
  {
    id: 'fee-standard',
    zh: '付费标准变更',
    en: 'Change the fee standard',
    path: `${path}/fee-standards`,
    action,
    statuses: ['ANNOUNCED'],
  },
  { id: 'reject', zh: '不予公告', en: 'Rejected', path: `${path}/rejection`, action, statuses: ['DECLARED'] },
  {
    id: 'withdraw',
    zh: '撤回',
    en: 'Withdraw',
    path: `${path}/withdrawal`,
    action,
    statuses: ['DECLARED', 'ANNOUNCED'],
    danger: true,
  },
  {
    id: 'terminate',
    zh: '随专利终止',
    en: 'Ended with the patent',
    path: `${path}/termination`,
    action,
    statuses: ['ANNOUNCED'],
    danger: true,
  },
  { id: 'void', zh: '误录撤销', en: 'Void', path: `${path}/void`, action, statuses: ['DECLARED'], danger: true },
];

export const openGrantCommands: readonly RecordCommand[] = [
  { id: 'record', zh: '备案', en: 'Record', path: `${grant}/recording`, action, statuses: ['GRANTED'] },
  {
    id: 'end',
    zh: '提前终止',
    en: 'End early',
    path: `${grant}/end`,
    action,
    statuses: ['GRANTED', 'RECORDED'],
    danger: true,
  },
  {
    id: 'cancel-recording',
    zh: '备案注销',
    en: 'Recording cancelled',
    path: `${grant}/recording-cancellation`,
    action,
    statuses: ['RECORDED', 'ENDED'],
    danger: true,
  },
  {
    id: 'void',
    zh: '作废',
    en: 'Void',
    path: `${grant}/void`,
    action,
    statuses: ['GRANTED', 'RECORDED', 'RECORD_CANCELLED', 'ENDED'],
    danger: true,
  },
];
