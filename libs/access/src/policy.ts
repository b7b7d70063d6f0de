import { type Actor, ruleBook } from '@app/kernel';

export const accessRule = ruleBook({
  'A-1': {
    clause: 'ADR 0002; 等保 GB/T 22239-2019',
    zh: '角色“{role}”无权进行此操作（{action}）',
    en: 'role "{role}" may not do this ({action})',
    kind: 'forbidden',
  },
  'A-2': {
    clause: 'ADR 0002',
    zh: '您只能处理本单位（{organisation}）的记录',
    en: 'you may only act for your own organisation ({organisation})',
    kind: 'forbidden',
  },
  'A-3': { clause: 'ADR 0002', zh: '请先登录', en: 'sign in first', kind: 'unauthenticated' },
  'A-4': { clause: 'ADR 0002', zh: '用户名或口令不正确', en: 'wrong user name or password', kind: 'unauthenticated' },
  'A-5': {
    clause: 'ADR 0002',
    zh: '示例用户只能登录示例账本',
    en: 'sample users sign in to a sample ledger only',
    kind: 'unauthenticated',
  },
  'A-6': {
    clause: 'ADR 0002',
    zh: '登录失败次数过多，请 {seconds} 秒后再试',
    en: 'too many failed sign-ins; try again in {seconds} seconds',
    kind: 'busy',
  },
  'A-7': {
    clause: 'ADR 0002; 等保 GB/T 22239-2019',
    zh: '口令应为 {min} 至 {max} 个字符，且不得与用户名相同',
    en: 'a password has {min} to {max} characters and is not the user name',
    kind: 'invalid',
  },
  'A-8': { clause: 'ADR 0002', zh: '用户名“{username}”已存在', en: 'user name "{username}" is taken' },
  'A-9': {
    clause: 'ADR 0002',
    zh: '用户名“{username}”应为 1 至 64 个小写字母、数字或 . _ -，以字母或数字开头',
    en: 'user name "{username}" must be 1 to 64 lower-case letters, digits or . _ -, starting with a letter or digit',
    kind: 'invalid',
  },
  'A-10': {
    clause: 'ADR 0002',
    zh: '没有角色“{role}”，可选：{roles}',
    en: 'no role "{role}"; choose one of {roles}',
    kind: 'invalid',
  },
  'A-12': {
    clause: 'D§4.4 L-6; 统计法 art 24',
    zh: '批准人“{approver}”不是本账本的有效用户',
    en: 'approver "{approver}" is no active user of this ledger',
    kind: 'invalid',
  },
  'A-13': {
    clause: 'D§4.4 L-6; 统计法 art 24',
    zh: '用户“{approver}”无权批准（{action}）',
    en: 'user "{approver}" may not approve this ({action})',
    kind: 'invalid',
  },
  'A-14': {
    clause: 'D§4.4 L-6; 统计法 art 24',
    zh: '批准人须为经办人以外的人',
    en: 'the approver must be another person than the one who enters it',
    kind: 'invalid',
  },
  'A-15': {
    clause: 'ADR 0010',
    zh: '此操作不能试算',
    en: 'this cannot be run dry',
    kind: 'invalid',
  },
  'A-11': { clause: 'ADR 0002', zh: '没有用户“{username}”', en: 'no user "{username}"', kind: 'missing' },
});

/** Roles of the people the ledger serves (ADR 0001). */
export const ROLES = {
  TRANSFER_OFFICE: { zh: '高校转化机构', en: 'Technology transfer office' },
  DATA_CLERK: { zh: '数据录入', en: 'Bureau data clerk' },
  FUND_ADMIN: { zh: '专项资金管理', en: 'Fund administrator' },
  REVIEWER: { zh: '知识产权局审核', en: 'Bureau reviewer' },
  AUDITOR: { zh: '审计', en: 'Auditor' },
  SYSTEM_ADMIN: { zh: '系统管理', en: 'System administrator' },
} as const;
export type Role = keyof typeof ROLES;

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);

/** How far a permission reaches: every university, or the actor's own. */
export type Reach = 'all' | 'own';

/** Offices write their own records; the bureau's clerk enters, for any of them, what arrived on paper or in spreadsheets. */
const OFFICE_RECORDS = { TRANSFER_OFFICE: 'own', DATA_CLERK: 'all' } as const;

/** The one table of who may do what. An absent entry is a refusal. */
export const POLICY = {
  'university.write': { REVIEWER: 'all' },
  'registry.write': { ...OFFICE_RECORDS, REVIEWER: 'all' },
  'disclosure.write': OFFICE_RECORDS,
  'asset.write': OFFICE_RECORDS,
  'contract.write': OFFICE_RECORDS,
  'open-licence.write': OFFICE_RECORDS,
  'baseline.write': { REVIEWER: 'all' },
  'correction.approve': { TRANSFER_OFFICE: 'own', REVIEWER: 'all' },
  'evidence.write': { ...OFFICE_RECORDS, FUND_ADMIN: 'all', REVIEWER: 'all' },
  'baseline.approve': { REVIEWER: 'all' },
  'fund.manage': { FUND_ADMIN: 'all' },
  'fund.claim': OFFICE_RECORDS,
  'record.read': { ...OFFICE_RECORDS, FUND_ADMIN: 'all', REVIEWER: 'all', AUDITOR: 'all' },
  'person.read': OFFICE_RECORDS,
  'board.read': { TRANSFER_OFFICE: 'all', DATA_CLERK: 'all', FUND_ADMIN: 'all', REVIEWER: 'all', AUDITOR: 'all' },
  'import.run': { ...OFFICE_RECORDS, FUND_ADMIN: 'all', REVIEWER: 'all' },
  'user.manage': { SYSTEM_ADMIN: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;
export type Action = keyof typeof POLICY;

/** How far the actor's permission for an action reaches, or undefined when there is none. */
export const reachOf = ({ role }: Actor, action: Action): Reach | undefined =>
  isRole(role) ? (POLICY[action] as Partial<Record<Role, Reach>>)[role] : undefined;

/** Everything the actor may do and how far, so that a page offers nothing else. */
export const permissionsOf = (actor: Actor): Partial<Record<Action, Reach>> =>
  Object.fromEntries(
    (Object.keys(POLICY) as Action[]).flatMap((action) => {
      const reach = reachOf(actor, action);
      return reach ? [[action, reach]] : [];
    }),
  );

/**
 * Refuses unless the actor may do this for this university. Handlers call it, so that HTTP, imports and the CLI meet the same table.
 * @throws Refusal
 */
export const authorise = (actor: Actor, action: Action, universityId?: string): void => {
  const reach = reachOf(actor, action);
  if (!reach) throw accessRule('A-1', { role: actor.role, action });
  if (reach === 'own' && universityId !== undefined && universityId !== actor.organisation) {
    throw accessRule('A-2', { organisation: actor.organisation });
  }
};

/** The one university whose records the actor may see, or undefined when it may see all. @throws Refusal A-1 */
export const universityScope = (actor: Actor, action: Action): string | undefined => {
  authorise(actor, action);
  return reachOf(actor, action) === 'own' ? actor.organisation : undefined;
};
