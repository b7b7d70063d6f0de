import { ruleBook } from '@app/kernel';

/** Rules of the shape of sheets and rows (V-). */
export const rowRule = ruleBook({
  'V-1': { clause: 'ADR 0004', zh: '“{column}”不能为空', en: '"{column}" is required', kind: 'invalid' },
  'V-2': {
    clause: 'ADR 0004',
    zh: '“{column}”的值“{value}”不在可选范围：{options}',
    en: '"{column}": "{value}" is not one of {options}',
    kind: 'invalid',
  },
  'V-3': {
    clause: 'ADR 0004',
    zh: '“{column}”应为非负整数',
    en: '"{column}" must be a whole number, zero or more',
    kind: 'invalid',
  },
  'V-4': {
    clause: 'ADR 0004',
    zh: '“{column}”超过 {limit} 个字符',
    en: '"{column}" is longer than {limit} characters',
    kind: 'invalid',
  },
  'V-5': {
    clause: 'ADR 0004',
    zh: '“{column}”含公式，账本只收值，请粘贴为数值',
    en: '"{column}" holds a formula; the ledger takes values only, paste it as a value',
    kind: 'invalid',
  },
  'V-6': {
    clause: 'ADR 0004',
    zh: '缺少必需的列：{columns}',
    en: 'required columns are missing: {columns}',
    kind: 'malformed',
  },
  'V-7': {
    clause: 'ADR 0004',
    zh: '该行已导入且内容不同；账本不覆盖，请办理更正',
    en: 'this row was imported before with other content; nothing is overwritten, enter a correction instead',
  },
  'V-8': { clause: 'ADR 0004', zh: '“{column}”应为“是”或“否”', en: '"{column}" must be yes or no', kind: 'invalid' },
  'V-9': { clause: 'ADR 0004', zh: '无法识别的列：{columns}', en: 'unknown columns: {columns}', kind: 'malformed' },
  'V-10': { clause: 'ADR 0004', zh: '不认识的表格：{kind}', en: 'no such kind of sheet: {kind}', kind: 'missing' },
  'V-11': {
    clause: 'ADR 0004',
    zh: '文件无法读取：{reason}',
    en: 'the file cannot be read: {reason}',
    kind: 'malformed',
  },
  'V-12': {
    clause: 'ADR 0004',
    zh: '同一列出现多次：{columns}',
    en: 'columns appear more than once: {columns}',
    kind: 'malformed',
  },
  'V-13': {
    clause: 'ADR 0004',
    zh: '该行的单元格多于表头（多出“{value}”），内容可能错位',
    en: 'the row has more cells than the header ("{value}" is too many); its content may have shifted',
    kind: 'invalid',
  },
  'V-15': {
    clause: 'ADR 0004',
    zh: '“{column}”是合并单元格（{cell}）的一部分，请取消合并并逐行填写',
    en: '"{column}" is part of a merged cell ({cell}); unmerge it and fill in every row',
    kind: 'invalid',
  },
  'V-16': {
    clause: 'ADR 0004',
    zh: 'XLSX 文件过大（{reasonZh}），请拆分或另存为 CSV',
    en: 'the XLSX file is too large ({reasonEn}); split it or save it as CSV',
    kind: 'invalid',
  },
  'V-14': {
    clause: 'ADR 0004',
    zh: '“{column}”是超过 15 位的数字，表格程序已丢失末位，请设为文本格式后重新填写',
    en: '"{column}" is a number of more than 15 digits, of which spreadsheet programs lose the last; enter it as text',
    kind: 'invalid',
  },
  'V-17': {
    clause: 'ADR 0004',
    zh: '“{column}”含不可见或无法识别的字符（{codes}），请重新键入',
    en: '"{column}" holds invisible or unreadable characters ({codes}); type it anew',
    kind: 'invalid',
  },
  'V-18': {
    clause: 'ADR 0004',
    zh: '导入已开始 {attempts} 次，每次程序都中途退出，不再自动重试；请拆分或检查文件后重新提交',
    en: 'the import was begun {attempts} times and the program ended each time; it is not tried again. Split or check the file and submit it anew',
  },
  'V-19': {
    clause: 'ADR 0004; ZC 0006-2003《专利申请号标准》',
    zh: '“{column}”疑为数字格式：表格程序会丢掉编号开头的 0 和末尾的“.0”，请设为文本格式后重新填写（{reasonZh}）',
    en: '"{column}" looks like a number: spreadsheet programs drop the leading 0 and the final ".0" of an identifier; enter it as text ({reasonEn})',
    kind: 'invalid',
  },
  'V-20': {
    clause: 'ADR 0004',
    zh: '“{column}”的 {value} 像是表格程序的日期序号（{day}），请设为日期格式后重新保存',
    en: '"{column}": {value} looks like a spreadsheet serial number of a date ({day}); format the cell as a date and save again',
    kind: 'invalid',
  },
  'V-22': {
    clause: 'ADR 0004',
    zh: '文件名应为 1 至 200 个字符，不含路径和控制字符',
    en: 'the file name must be 1 to 200 characters, without a path or control characters',
    kind: 'malformed',
  },
});
