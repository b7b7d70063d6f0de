import { type BilingualText, Refusal } from '@app/kernel';
import type { ValidationError } from 'class-validator';
import { httpRule } from './http-rules.js';

/** One field that does not have its shape; `field` is a path such as `terms.0.fee`. */
export interface ShapeError extends BilingualText {
  readonly field: string;
}

/** A request whose fields do not have their shapes (V-SHAPE). */
export class ShapeRefusal extends Refusal {
  constructor(readonly errors: readonly ShapeError[]) {
    const { rule, clause, text, kind } = httpRule('V-SHAPE', { count: errors.length });
    super(rule, { clause, ...text, kind }, errors[0] ? { field: errors[0].field } : {});
    this.name = 'ShapeRefusal';
  }
}

/** All failures of a validated object in the order of its fields, nested ones by their path. */
export const shapeErrors = (errors: readonly ValidationError[], parents: readonly string[] = []): ShapeError[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = [...parents, property];
    const own = Object.entries(constraints).map(([name, en]) => ({
      field: path.join('.'),
      zh: chinese(name, property, en),
      en,
    }));
    return [...own, ...shapeErrors(children, path)];
  });

/** `{limit}` is the number named in the English message, `{list}` its list of allowed values. */
const CHINESE: Readonly<Record<string, string>> = {
  arrayMaxSize: '最多 {limit} 项',
  arrayMinSize: '至少 {limit} 项',
  arrayNotEmpty: '至少要有一项',
  arrayUnique: '各项不得重复',
  isArray: '应为数组',
  isBoolean: '应为 true 或 false',
  isDateString: '应为 ISO 8601 时间',
  isDefined: '必填',
  isEmail: '应为电子邮件地址',
  isEnum: '应为下列之一：{list}',
  isFen: '应为以分为单位的整数字符串，不得为负',
  isIn: '应为下列之一：{list}',
  isInstant: '应为带时区的时间，或日历上的日期',
  isInt: '应为整数',
  isISO8601: '应为 ISO 8601 时间',
  isLegalDate: '应为日历上的日期，格式 YYYY-MM-DD',
  isNotEmpty: '不能为空',
  isNumber: '应为数字',
  isNumberString: '应为数字字符串',
  isObject: '应为对象',
  isPositive: '应大于零',
  isString: '应为文本',
  isUniversityId: '应为学校代码，例如 hnu',
  isUrl: '应为网址',
  isUuid: '应为 UUID',
  matches: '格式不对',
  max: '不得大于 {limit}',
  maxLength: '最多 {limit} 个字符',
  min: '不得小于 {limit}',
  minLength: '至少 {limit} 个字符',
  nestedValidation: '应为对象或对象数组',
  whitelistValidation: '不认识的字段',
};

/** class-validator keeps the limit of a failed constraint nowhere but in its message. */
const chinese = (constraint: string, property: string, message: string): string => {
  const said = message.replace(property, '');
  const [limit = ''] = /-?\d+(\.\d+)?/.exec(said) ?? [];
  const list = said.split(': ')[1] ?? '';
  const template = CHINESE[constraint === 'isLength' ? brokenEnd(said) : constraint] ?? '不符合格式';
  return template.replace('{limit}', limit).replace('{list}', list);
};

const brokenEnd = (said: string): string => (said.includes('shorter than') ? 'maxLength' : 'minLength');
