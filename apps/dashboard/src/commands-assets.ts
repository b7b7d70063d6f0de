import type { RecordDetail, TimelineEvent } from './api-types.js';
import type { RecordCommand } from './commands.js';

const action = 'asset.write';
const PATENTS = ['INVENTION', 'UTILITY_MODEL', 'DESIGN'];
const ALIVE = ['FILED', 'PUBLISHED', 'GRANTED', 'TRANSFERRED'];

const isPatent = ({ ipType }: RecordDetail): boolean => PATENTS.includes(ipType ?? '');
const isOther = (record: RecordDetail): boolean => !isPatent(record);
const isOf = (ipType: string) => (record: RecordDetail) => record.ipType === ipType;
const has = (field: string) => (record: RecordDetail) => {
  const list = record.detail[field];
  return Array.isArray(list) && list.length > 0;
};
const listed = (record: RecordDetail, field: string) => (record.detail[field] ?? []) as readonly string[];

/** Entries about the asset itself, which alone can be taken out of its register. */
const ENTRIES = new Set([
  'PatentPublished',
  'PatentGranted',
  'PatentLapsed',
  'PatentRestored',
  'PatentInvalidated',
  'RightRegistered',
  'RegistrationRenewed',
  'RegistrationEnded',
  'SecretDisclosed',
  'PledgeRegistered',
  'PledgeReleased',
  'SuspensionStarted',
  'SuspensionEnded',
  'AnnuityPaid',
  'CoOwnersChanged',
]);

const dayOf = ({ data }: TimelineEvent): string => {
  const day = data['on'] ?? data['paidOn'];
  return typeof day === 'string' ? day : '';
};

const entriesOf = ({ timeline }: RecordDetail) => {
  const voided = new Set(
    timeline.filter(({ type }) => type === 'AssetEntryVoided').map(({ data }) => data['revision']),
  );
  return timeline.filter(({ type, revision }) => ENTRIES.has(type) && !voided.has(revision));
};

export const newAsset: RecordCommand = {
  id: 'register',
  zh: '知识产权登记入账',
  en: 'Register an asset',
  path: '/assets',
  action,
};

interface Entry {
  readonly route: string;
  readonly zh: string;
  readonly en: string;
  readonly statuses?: readonly string[];
  readonly when?: (record: RecordDetail) => boolean;
  readonly choices?: RecordCommand['choices'];
  readonly danger?: true;
}

const entry = ({ route, ...command }: Entry): RecordCommand => ({
  id: route,
  path: `/assets/{id}/${route}`,
  action,
  ...command,
});

export const assetCommands: readonly RecordCommand[] = [
  entry({ route: 'publication', zh: '申请公布', en: 'Published', statuses: ['FILED'], when: isOf('INVENTION') }),
  entry({ route: 'grant', zh: '授权公告', en: 'Granted', statuses: ['FILED', 'PUBLISHED'], when: isPatent }),
  entry({ route: 'registration', zh: '权利登记', en: 'Registered', statuses: ['FILED'], when: isOther }),
  entry({
    route: 'annuity',
    zh: '年费缴纳',
    en: 'Annuity paid',
    statuses: ['GRANTED', 'TRANSFERRED', 'LAPSED'],
    when: isPatent,
  }),
  entry({ route: 'co-owners', zh: '共有人变更', en: 'Co-owners changed', statuses: ALIVE }),
  entry({ route: 'renewal', zh: '续展', en: 'Renewed', when: isOf('TRADEMARK') }),
  entry({ route: 'pledge', zh: '质押登记', en: 'Pledged', statuses: ALIVE }),
  entry({
    route: 'pledge-release',
    zh: '质押注销',
    en: 'Pledge released',
    when: has('pledges'),
    // A pledge is shown as its number and the pledgee.
    choices: (record) => ({
      pledgeNo: listed(record, 'pledges').map((label) => ({ value: label.split(' ')[0] ?? label, label })),
    }),
  }),
  entry({ route: 'suspension', zh: '中止或保全', en: 'Suspended', statuses: ALIVE }),
  entry({
    route: 'suspension-end',
    zh: '解除中止或保全',
    en: 'Suspension ended',
    when: has('suspensions'),
    choices: (record) => ({ documentNo: listed(record, 'suspensions').map((value) => ({ value, label: value })) }),
  }),
  entry({ route: 'restoration', zh: '权利恢复', en: 'Restored', statuses: ['LAPSED'], when: isPatent }),
  entry({ route: 'lapse', zh: '专利权终止', en: 'Lapsed', statuses: ALIVE, when: isPatent, danger: true }),
  entry({
    route: 'invalidation',
    zh: '宣告无效',
    en: 'Invalidated',
    statuses: ['GRANTED', 'TRANSFERRED', 'LAPSED'],
    when: isPatent,
    danger: true,
  }),
  entry({
    route: 'registration-end',
    zh: '登记终止',
    en: 'Registration ended',
    statuses: ALIVE,
    when: isOther,
    danger: true,
  }),
  entry({
    route: 'secret-disclosure',
    zh: '技术秘密公开',
    en: 'Secret became public',
    when: isOf('TECH_SECRET'),
    danger: true,
  }),
  entry({
    route: 'entry-voids',
    zh: '更正登记事项',
    en: 'Take out a wrong entry',
    when: (record) => entriesOf(record).length > 0,
    choices: (record) => ({
      revision: entriesOf(record).map((event) => ({
        value: event.revision,
        label: `${event.title.zh} ${dayOf(event)} #${event.revision}`,
      })),
    }),
    danger: true,
  }),
];
