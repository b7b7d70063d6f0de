import { ruleBook } from '@app/kernel';

/** Rules of running commands (C-) that belong to no single aggregate. */
export const runnerRule = ruleBook({
  'C-1': {
    clause: 'ADR 0002',
    zh: '幂等键已用于另一内容的请求，请换一个新的键',
    en: 'this idempotency key was already used for a request with other content; use a new key',
    kind: 'invalid',
  },
  'C-2': {
    clause: 'ADR 0002',
    zh: '记录已被他人修改：您依据的是第 {expected} 版，现为第 {actual} 版，请刷新后再提交',
    en: 'the record has changed: you acted on revision {expected}, it is now at {actual}; reload and try again',
    kind: 'stale',
  },
  'C-3': {
    clause: 'ADR 0002',
    zh: '记录正忙（{stream}），多次重试后仍有并发修改，请稍后再试',
    en: 'the record {stream} is busy: concurrent changes outlasted the retries; try again shortly',
    kind: 'busy',
  },
  'C-4': {
    clause: 'ADR 0002',
    zh: '{kindZh}“{value}”已被另一记录（{holder}）占用',
    en: '{kindEn} "{value}" already belongs to another record ({holder})',
  },
  'C-5': {
    clause: 'ADR 0002',
    zh: '找不到{kindZh}“{value}”',
    en: 'no {kindEn} "{value}"',
    kind: 'missing',
  },
});
