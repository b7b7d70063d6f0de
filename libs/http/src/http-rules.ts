import { ruleBook } from '@app/kernel';

/** What a request must look like before any rule of the domain is asked (请求格式). */
export const httpRule = ruleBook({
  'C-9': {
    clause: 'ADR 0002',
    zh: '写操作须带 Idempotency-Key 请求头：1 至 200 个可见 ASCII 字符，不含空格',
    en: 'a command needs an Idempotency-Key header of 1 to 200 visible ASCII characters without spaces',
    kind: 'malformed',
  },
  'C-10': {
    clause: 'ADR 0002; RFC 9110 §13.1.1',
    zh: 'If-Match 请求头应为读到的版本号，形如 "3"（含引号）',
    en: 'the If-Match header must be the revision that was read, such as "3" with its quotes',
    kind: 'malformed',
  },
  'V-SHAPE': {
    clause: 'ADR 0002',
    zh: '请求内容有 {count} 处不符合格式',
    en: 'the request does not have the right shape in {count} places',
    kind: 'malformed',
  },
  'H-9': {
    clause: 'ADR 0010',
    zh: 'dryRun 应为 true 或 false，不是“{value}”',
    en: 'dryRun is true or false, not "{value}"',
    kind: 'malformed',
  },
  'H-1': {
    clause: 'RFC 9110 §15.5.5',
    zh: '没有这个地址：{method} {path}',
    en: 'there is nothing at {method} {path}',
    kind: 'missing',
  },
  'H-2': {
    clause: 'RFC 9110 §15.5',
    zh: '无法读懂这个请求（{reason}）',
    en: 'the request cannot be read ({reason})',
    kind: 'malformed',
  },
  'H-3': {
    clause: 'RFC 9110 §15.5.14',
    zh: '请求内容超过大小限制',
    en: 'the request body is larger than allowed',
    kind: 'too-large',
  },
  'H-4': {
    clause: 'RFC 9110 §15.5.16',
    zh: '不支持的内容类型：命令写 application/json，文件写其自身类型或 application/octet-stream',
    en: 'this content type is not supported: commands are application/json, files their own type or application/octet-stream',
    kind: 'malformed',
  },
  'H-5': {
    clause: 'ADR 0002',
    zh: '账本正忙，请稍后重试',
    en: 'the ledger is busy; try again shortly',
    kind: 'busy',
  },
  'H-6': {
    clause: 'ADR 0002',
    zh: '尚不能确定是否已写入，请用同一个 Idempotency-Key 重试，不会重复写入',
    en: 'it is not yet known whether this was written; send it again with the same Idempotency-Key, nothing is written twice',
    kind: 'busy',
  },
  'H-7': {
    clause: 'ADR 0002',
    zh: '系统出错，未能完成。请将编号 {incident} 告知系统管理员',
    en: 'something went wrong and this was not completed; give the number {incident} to the administrator',
  },
  'H-10': {
    clause: 'ADR 0008; RFC 9110 §15.5.14',
    zh: '一次写入的内容为 {size} 字节，超过账本上限 {limit} 字节，未写入；请拆成几次提交',
    en: 'this would write {size} bytes at once, more than the {limit} the ledger takes; nothing was written, submit it in parts',
    kind: 'too-large',
  },
  'H-11': {
    clause: 'ADR 0008',
    zh: '账本暂时无法使用，须由系统管理员处理。请告知编号 {incident}，恢复后用同一个 Idempotency-Key 重试',
    en: 'the ledger cannot be used until its administrator acts; give the number {incident}, and send this again with the same Idempotency-Key afterwards',
    kind: 'busy',
  },
});
