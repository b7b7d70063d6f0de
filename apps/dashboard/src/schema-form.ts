import { fenOfYuan, percentOfPermyriad, permyriadOfPercent, plainYuan } from './money.js';

/** What of an OpenAPI 3.1 schema forms are made from. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export type Control =
  | 'text'
  | 'area'
  | 'date'
  | 'money'
  | 'percent'
  | 'integer'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'tags'
  | 'files'
  | 'university'
  | 'approver'
  /** A text whose form follows from what is chosen in the field `field` beside it. */
  | 'corrected'
  | 'group'
  | 'rows';

/** One field of a generated form. */
export interface FormField {
  readonly name: string;
  readonly control: Control;
  readonly required: boolean;
  readonly description: string;
  readonly options?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** The fields of a group, or of each of the rows. */
  readonly fields?: readonly FormField[];
}

/** Follows references to the schema itself; the description beside a reference is kept. */
const resolved = (schema: Schema, api: OpenApi): Schema => {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (target === undefined) return schema;
  const named = api.components?.schemas?.[target.slice(target.lastIndexOf('/') + 1)] ?? {};
  const { $ref: _ref, allOf: _allOf, ...own } = schema;
  return { ...resolved(named, api), ...own };
};

const FILES = new Set(['evidenceFiles', 'attachments']);
const AREAS = new Set([
  'basis',
  'diligence',
  'evaluationExemption',
  'ground',
  'industrialisation',
  'method',
  'note',
  'otherFunding',
  'performanceTarget',
  'priceNoticeExemption',
  'procedure',
  'reason',
  'relatedPartyNote',
  'statement',
  'valuation',
]);
const DATE = /^(on|from|to|validFrom|validTo)$|(On|Date)$/;

const listControl = (name: string, items: Schema): Control => {
  if (FILES.has(name)) return 'files';
  if (items.properties) return 'rows';
  return items.enum ? 'choices' : 'tags';
};

const textControl = (name: string): Control => {
  if (name.endsWith('Fen')) return 'money';
  if (DATE.test(name)) return 'date';
  if (name === 'universityId') return 'university';
  if (name === 'approver') return 'approver';
  return AREAS.has(name) ? 'area' : 'text';
};

const controlOf = (name: string, schema: Schema, items: Schema): Control => {
  if (schema.type === 'array') return listControl(name, items);
  if (schema.properties) return 'group';
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'number' || schema.type === 'integer') return /permyriad$/i.test(name) ? 'percent' : 'integer';
  return textControl(name);
};

/** Of a schema's limits, those that are set. */
const limitsOf = ({ minimum, maximum }: Schema) => ({
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
});

const fieldOf = (name: string, given: Schema, required: boolean, api: OpenApi): FormField => {
  const schema = resolved(given, api);
  const items = resolved(schema.items ?? {}, api);
  const control = controlOf(name, schema, items);
  const options = schema.enum ?? items.enum;
  const parts = control === 'group' ? schema : control === 'rows' ? items : undefined;
  return {
    name,
    control,
    required: required && (control !== 'rows' || schema.minItems !== undefined),
    description: schema.description ?? '',
    ...(options && { options }),
    ...limitsOf(schema),
    ...(parts && { fields: fieldsOf(parts, api) }),
  };
};

/** The fields of an object's schema, those that must be filled first. */
export const fieldsOf = (schema: Schema, api: OpenApi): readonly FormField[] => {
  const properties = Object.entries(resolved(schema, api).properties ?? {});
  const required = new Set(resolved(schema, api).required);
  const fields = properties.map(([name, property]) => fieldOf(name, property, required.has(name), api));
  const asCorrection = fields.some(({ name, control }) => name === 'field' && control === 'choice');
  const shaped = fields.map((field) =>
    asCorrection && field.name === 'value' ? { ...field, control: 'corrected' as const } : field,
  );
  return shaped.toSorted((a, b) => Number(b.required) - Number(a.required));
};

const anyParameter = (path: string): string => path.replace(/\{\w+\}/g, '{}');

/** The fields of what a route takes: parameters of its path beyond `known`, then its body. Undefined where there is no such route. */
export const commandFields = (
  api: OpenApi,
  path: string,
  known: readonly string[],
): readonly FormField[] | undefined => {
  const [, routes] = Object.entries(api.paths).find(([offered]) => anyParameter(offered) === anyParameter(path)) ?? [];
  if (!routes?.['post']) return undefined;
  const schema = routes['post'].requestBody?.content?.['application/json']?.schema ?? {};
  const parameters = [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.includes(name));
  return [
    ...parameters.map((name) => ({ name, control: textControl(name), required: true, description: '' })),
    ...fieldsOf(schema, api),
  ];
};

export type Values = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** How the value of a correction is typed and sent, by the field it corrects. */
export const correctedControl = (field: unknown): Control => {
  if (typeof field !== 'string') return 'text';
  return field === 'relatedParty' ? 'switch' : textControl(field);
};

const sentText = (control: Control, value: unknown): unknown => {
  const text = String(value).trim();
  if (control === 'money') return fenOfYuan(text) ?? text;
  if (control === 'percent') return permyriadOfPercent(text) ?? text;
  return text;
};

const isReady = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'number' || Array.isArray(value);

const sent = ({ control, fields = [], required }: FormField, value: unknown, beside: Values): unknown => {
  if (control === 'group') {
    const body = bodyOf(fields, (value ?? {}) as Values);
    return Object.keys(body).length === 0 && !required ? undefined : body;
  }
  if (control === 'rows') return ((value ?? []) as readonly Values[]).map((row) => bodyOf(fields, row ?? {}));
  if (control === 'corrected') return sentText(correctedControl(beside['field']), value);
  return isReady(value) ? value : sentText(control, value);
};

/** Whether a row without entries is still something said, as “no co-owners any more” is. */
const staysEmpty = ({ control, required }: FormField, value: unknown): boolean =>
  control === 'rows' && !required && Array.isArray(value);

/** What is sent of what was filled in: amounts in fen, shares in 0.01%, and nothing of what was left empty. */
export const bodyOf = (fields: readonly FormField[], values: Values): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.name];
      if (field.control !== 'group' && isEmpty(value) && !staysEmpty(field, value)) return [];
      const said = sent(field, value, values);
      return said === undefined ? [] : [[field.name, said]];
    }),
  );

const shownScalar = (control: Control, value: unknown): unknown => {
  if (control === 'money') return plainYuan(String(value));
  return control === 'percent' ? percentOfPermyriad(Number(value)) : value;
};

/** What a form shows of stored data when it begins with it: plain fields of the same name. */
export const valuesOf = (fields: readonly FormField[], stored: Values): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name, control }) => {
      const value = stored[name];
      const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return plain ? [[name, shownScalar(control, value)]] : [];
    }),
  );

const TERM = /[（(]([^()（）]*\p{Script=Han}[^()（）]*)[)）]/gu;

/** The field's term in Chinese, as its description names it in brackets; citations of law are none. */
export const termOf = (description: string): string | undefined =>
  [...description.matchAll(TERM)]
    .map(([, bracketed = '']) => (bracketed.split(/[;；,，]/)[0] ?? '').trim())
    .find((term) => /\p{Script=Han}/u.test(term) && !/\sart\b/.test(term));
