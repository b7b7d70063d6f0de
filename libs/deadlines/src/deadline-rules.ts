import { ruleBook } from '@app/kernel';

/** What a question about deadlines may be refused for. */
export const deadlineRule = ruleBook({
  'T-1': {
    clause: 'ADR 0002',
    zh: '截止日期“{date}”不是日历上的日期，应为 YYYY-MM-DD',
    en: '"{date}" is no date of the calendar; asOf is YYYY-MM-DD',
    kind: 'malformed',
  },
  'T-2': {
    clause: 'ADR 0002',
    zh: '没有期限种类“{value}”，可选：{known}',
    en: 'there is no kind of deadline "{value}"; choose from {known}',
    kind: 'malformed',
  },
  'T-3': {
    clause: 'ADR 0002',
    zh: '没有期限状态“{value}”，可选：{known}',
    en: 'there is no state "{value}"; choose from {known}',
    kind: 'malformed',
  },
  'T-4': {
    clause: 'ADR 0002; 等保 GB/T 22239-2019',
    zh: '日历订阅地址无效或已失效（换新地址、改密码、停用或到期），请登录后重新获取',
    en: 'this calendar address is not valid or no longer (replaced by a newer one, password changed, user disabled or expired); sign in and get a new one',
    kind: 'unauthenticated',
  },
});
