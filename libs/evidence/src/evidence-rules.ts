import { ruleBook } from '@app/kernel';

/** Rules of files of evidence (X-). */
export const evidenceRule = ruleBook({
  'X-1': {
    clause: 'ADR 0013',
    zh: '佐证材料超过 {megabytes} MB',
    en: 'the file is larger than {megabytes} MB',
    kind: 'invalid',
  },
  'X-2': {
    clause: 'ADR 0013; 电子签名法 art 5',
    zh: '不收这种文件（{found}）。可上传：{accepted}',
    en: 'files of this kind ({found}) are not taken; upload {accepted}',
    kind: 'invalid',
  },
  'X-3': {
    clause: 'ADR 0013',
    zh: '文件内容是 {found}，与{stated}不符',
    en: 'the file holds {found}, which is not what {stated} says',
    kind: 'invalid',
  },
  'X-4': {
    clause: 'ADR 0013; 电子签名法 art 5',
    zh: '没有这份佐证材料（{hash}），请先上传文件',
    en: 'there is no file of evidence {hash}; upload it first',
    kind: 'missing',
  },
  'X-5': {
    clause: 'ADR 0013; 电子签名法 arts 5-7',
    zh: '佐证材料 {hash} 已损坏或被改动，不予提供，请告知系统管理员从备份恢复',
    en: 'the file of evidence {hash} was damaged or altered and is not given out; tell the administrator to restore it from a backup',
  },
  'X-6': {
    clause: 'ADR 0013',
    zh: '文件含宏，请另存为不含宏的文件或 PDF 后上传',
    en: 'the file contains macros; save it without macros or as PDF and upload that',
    kind: 'invalid',
  },
  'X-7': {
    clause: 'ADR 0013',
    zh: '该记录没有附上佐证材料 {hash}',
    en: 'the file {hash} is not attached to this record',
  },
  'X-8': {
    clause: 'ADR 0013',
    zh: '文件名应写在 File-Name 请求头中（UTF-8 百分号编码），1 至 200 个字符，不含路径和控制字符',
    en: 'the File-Name header must hold the name (UTF-8, percent-encoded): 1 to 200 characters, no path, no control characters',
    kind: 'malformed',
  },
});
