import { ruleBook } from './refusal.js';

const kind = 'invalid';

/**
 * Rules on single values: I- for identifiers (编号), V- for amounts and dates.
 * They need nothing but the value itself, so they hold alike in a form, an API body and an imported row.
 */
export const identifierRule = ruleBook({
  'I-1': {
    clause: 'ZC 0006-2003《专利申请号标准》',
    zh: '专利号 {number} 的校验位应为 {expected}，请核对各位数字',
    en: 'the check digit of patent number {number} should be {expected}; please compare every digit',
    kind,
  },
  'I-2': {
    clause: 'ZC 0006-2003《专利申请号标准》',
    zh: '“{text}”不是中国专利申请号：应为12位数字（第5位为1、2、3、8或9）加校验位；2003年10月1日以前申请的为8位数字',
    en: '"{text}" is not a Chinese patent application number: 12 digits, the fifth 1, 2, 3, 8 or 9, and a check digit; 8 digits if filed before 2003-10-01',
    kind,
  },
  'I-3': {
    clause: 'ZC 0006-2003《专利申请号标准》',
    zh: '专利号 {number} 属于{actualZh}，与填报的类型{declaredZh}不符',
    en: 'patent number {number} is of type {actualEn}, not the declared {declaredEn}',
    kind,
  },
  'I-4': {
    clause: 'ZC 0006-2003《专利申请号标准》',
    zh: '专利号 {number} 中的申请年份 {year} 不可能存在于该编号格式',
    en: 'patent number {number} carries the filing year {year}, which this form of number never had',
    kind,
  },
  'I-5': {
    clause: 'GB 32100-2015《法人和其他组织统一社会信用代码编码规则》',
    zh: '“{text}”不是统一社会信用代码：应为18位，不含字母 I、O、S、V、Z，第3至8位为数字',
    en: '"{text}" is not a unified social credit code: 18 characters without I, O, S, V, Z, digits in places 3 to 8',
    kind,
  },
  'I-6': {
    clause: 'GB 32100-2015《法人和其他组织统一社会信用代码编码规则》',
    zh: '统一社会信用代码 {code} 的校验码应为 {expected}，请核对各位字符',
    en: 'the check character of credit code {code} should be {expected}; please compare every character',
    kind,
  },
  'I-7': {
    clause: '计算机软件著作权登记证书“登记号”栏',
    zh: '“{text}”不是软件著作权登记号：应如 2024SR0196400；“软著登字第…号”是证书号，不是登记号',
    en: '"{text}" is not a software copyright registration number such as 2024SR0196400; the certificate number is another number',
    kind,
  },
  'I-8': {
    clause: '教育部学校标识码',
    zh: '“{text}”不是高等学校标识码：应为10位数字，41、省级代码、0、5位学校代码',
    en: '"{text}" is not a higher-education school code: 10 digits, 41, the province, 0 and the five-digit school code',
    kind,
  },
  'I-9': {
    clause: '台账编号格式',
    zh: '编号“{text}”应为1至{max}个字符，以文字或数字开头，只含文字、数字和 . - / _ # · ( ) [ ] 〔 〕',
    en: 'number "{text}" should have 1 to {max} characters, begin with a letter or digit, and hold only those and . - / _ # · ( ) [ ] 〔 〕',
    kind,
  },
  'V-FEE-FORM': {
    clause: '《中国人民银行法》第17条（人民币以元、角、分为单位）',
    zh: '“{text}”不是金额：请填写十进制数，如 1,234.50',
    en: '"{text}" is not an amount: a decimal number such as 1,234.50 is expected',
    kind,
  },
  'V-FEN-FORM': {
    clause: '《中国人民银行法》第17条（人民币以元、角、分为单位）',
    zh: '“{text}”不是以分为单位的整数：1,234.50 元写作 123450',
    en: '"{text}" is not a whole number of fen: 1,234.50 yuan is written 123450',
    kind,
  },
  'V-FEE-NEGATIVE': {
    clause: '《中国人民银行法》第17条（人民币以元、角、分为单位）',
    zh: '金额“{text}”不得为负；退款或更正请登记为相应事项',
    en: 'the amount "{text}" may not be negative; record a refund or a correction as what it is',
    kind,
  },
  'V-FEE-PRECISION': {
    clause: '《中国人民银行法》第17条（人民币以元、角、分为单位）',
    zh: '金额“{text}”最多{decimals}位小数：分以下不能记账',
    en: 'the amount "{text}" may have at most {decimals} decimals: nothing smaller than one fen is booked',
    kind,
  },
  'V-FEE-LIMIT': {
    clause: '台账金额上限',
    zh: '金额“{text}”超过台账可记的上限 {max} 分',
    en: 'the amount "{text}" is above the most the ledger can hold, {max} fen',
    kind,
  },
  'V-DATE': {
    clause: 'GB/T 7408（日期表示法）',
    zh: '“{text}”不是日历上的日期：请写作 2021-03-05，年份在{first}至{last}之间',
    en: '"{text}" is not a date of the calendar: write 2021-03-05, between the years {first} and {last}',
    kind,
  },
  'V-INSTANT': {
    clause: 'GB/T 7408（日期和时间表示法）',
    zh: '“{text}”不是时刻：请写作 2021-03-05T08:30:00Z',
    en: '"{text}" is not an instant: write 2021-03-05T08:30:00Z',
    kind,
  },
});
