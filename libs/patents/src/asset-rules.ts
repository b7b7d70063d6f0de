import { ruleBook } from '@app/kernel';

/** What the title register of an asset refuses (ADR 0009; domain L-1, L-2, L-4, OL-1, OL-4, OL-6…OL-8). */
export const assetRule = ruleBook({
  'L-1': {
    clause: '专利法 art 10, 14; 民法典 art 862-865',
    zh: '{number} 在 {on} 不属于 {university}（当时权利人：{owner}）',
    en: '{number} did not belong to {university} on {on} (its owner then: {owner})',
  },
  'L-2': {
    clause: '最高法技术合同司法解释 art 25, 28',
    zh: '{number} 在该期间已有{held}许可（合同 {contract}，{from} 至 {to}），不能再设{wanted}许可',
    en: '{number} is already under a {held} licence in that term (contract {contract}, {from} to {to}); a {wanted} licence is excluded',
  },
  'L-4': {
    clause: '专利法 art 10; 司法解释 art 24',
    zh: '{number} 已由合同 {contract} 转让，不能再次转让',
    en: '{number} is already transferred by contract {contract} and cannot be transferred again',
  },
  'L-8': {
    clause: '专利法 art 10; ADR 0004',
    zh: '{number} 的权利仍在 {university}，没有已登记的转让可以回转',
    en: 'the title of {number} is still with {university}; there is no registered transfer to return',
  },
  'L-9': {
    clause: '专利法 art 10; 司法解释 art 24',
    zh: '{number} 其后已由合同 {contract} 转让，使其权利归校的合同不能作废',
    en: '{number} was since transferred by contract {contract}; the return it stands on cannot be voided',
  },
  'OL-1': {
    clause: '专利法实施细则 art 85, 86',
    zh: '{number} 不得实行开放许可：{reasonZh}',
    en: 'no open licence of {number}: {reasonEn}',
  },
  'OL-4': {
    clause: '专利法 art 51',
    zh: '{number} 开放许可期间（声明 {declaration}）不得给予独占或者排他许可',
    en: 'no exclusive or sole licence of {number} while its open licence (declaration {declaration}) is in force',
  },
  'OL-8': {
    clause: '专利法 art 42; 民法典 art 865',
    zh: '许可期限止于 {to}，超过 {number} 的权利期限 {expiry}',
    en: 'the licence ends on {to}, after {number} expires on {expiry}',
  },
  'OL-11': {
    clause: '专利法 art 51; D§3.4 OL-6',
    zh: '声明 {declaration} 在 {on} 未对 {number} 实行开放许可',
    en: 'declaration {declaration} did not offer {number} under an open licence on {on}',
  },
  'OL-12': {
    clause: '专利法 art 50; D§3.4 OL-7',
    zh: '撤回日 {on} 不晚于许可 {grant} 的通知日 {noticeOn}；撤回不影响在先的许可',
    en: 'withdrawn on {on}, not after the notice of grant {grant} on {noticeOn}; a withdrawal does not reach earlier grants',
  },
  'C-20': {
    clause: 'ADR 0009',
    zh: '{number} 正被另一合同（{contract}）占用，尚未确认，请稍后再试',
    en: '{number} is reserved by another contract ({contract}) that is not confirmed yet; try again shortly',
    kind: 'busy',
  },
  'C-21': {
    clause: 'ADR 0009',
    zh: '合同 {contract} 在 {number} 上的占用已取消',
    en: 'the reservation of contract {contract} on {number} was cancelled',
  },
  'C-22': {
    clause: 'ADR 0009',
    zh: '合同 {contract} 在 {number} 上没有占用',
    en: 'contract {contract} holds nothing on {number}',
  },
  'C-24': {
    clause: 'ADR 0009',
    zh: '合同 {contract} 对 {number} 的权利已经确认，不能再取消占用',
    en: 'the right of contract {contract} on {number} is confirmed and its reservation can no longer be cancelled',
  },
  'C-23': { clause: 'ADR 0009', zh: '没有这项知识产权', en: 'no such asset', kind: 'missing' },
  'I-10': {
    clause: '专利法 art 42; ADR 0004',
    zh: '授权/登记日 {grantedOn} 早于申请日 {filedOn}',
    en: 'granted on {grantedOn}, before it was filed on {filedOn}',
    kind: 'invalid',
  },
  'I-11': {
    clause: 'ADR 0004',
    zh: '日期 {date} 晚于今天 {today}',
    en: '{date} is after today, {today}',
    kind: 'invalid',
  },
  'I-12': {
    clause: 'D§8.1',
    zh: '申请号年份 {year} 与申请日 {filedOn} 不符',
    en: 'the number says {year}, the filing date is {filedOn}',
    kind: 'invalid',
  },
  'I-13': {
    clause: '专利法 art 14',
    zh: '共有份额合计应小于 100%',
    en: "the co-owners' shares must leave a share to the university",
    kind: 'invalid',
  },
  'I-14': {
    clause: 'ADR 0004',
    zh: '共有人“{value}”应写作“名称/30%”或只写名称',
    en: 'co-owner "{value}" is written as "name/30%" or the name alone',
    kind: 'invalid',
  },
});
