import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import type { Fields, RecordDetail } from '../api-types.js';
import { type I18n, useI18n } from '../i18n.js';
import { useLabels } from '../labels.js';
import { useUniversities } from '../queries.js';
import { Amount } from './amount.js';

type Naming = Pick<RecordDetail, 'labels' | 'names'>;

interface Props extends Naming {
  readonly fields: Fields;
}

interface Reader extends I18n {
  /** What a text stands for: a person's or a university's name, a code's label, or itself. */
  readonly word: (field: string, text: string) => string;
}

const isBilingual = (value: object): value is { zh: string; en: string } => 'zh' in value && 'en' in value;

const shown = (field: string, value: unknown, reader: Reader): ReactNode => {
  if (value === null || value === undefined || value === '') return reader.t('value.none');
  if (typeof value === 'boolean') return reader.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return field.endsWith('Fen') && /^-?\d+$/.test(value) ? <Amount fen={value} /> : reader.word(field, value);
  if (Array.isArray(value)) return <ValueList field={field} values={value} reader={reader} />;
  if (typeof value === 'object') return isBilingual(value) ? reader.pick(value) : <pre>{JSON.stringify(value, null, 2)}</pre>;
  return typeof value;
};

const ValueList = ({ field, values, reader }: { readonly field: string; readonly values: readonly unknown[]; readonly reader: Reader }) =>
  values.length === 0 ? (
    reader.t('value.none')
  ) : (
    <ul className="plain">
      {values.map((value, place) => (
        <li key={place}>{shown(field, value, reader)}</li>
      ))}
    </ul>
  );

const UNIVERSITY_FIELDS = new Set(['universityId', 'university', 'owner']);

const useReader = (names: Naming['names']): Reader => {
  const i18n = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const word = (field: string, text: string) =>
    names[text] ?? (UNIVERSITY_FIELDS.has(field) ? nameOf(text) : field === 'status' ? label.status(text) : label.value(field, text));
  return { ...i18n, word };
};

/** Fields and their values as people read them, each under its label. */
export const FieldList = ({ fields, labels, names }: Props) => {
  const reader = useReader(names);
  const items = Object.entries(fields).map(([field, value]) => ({
    key: field,
    label: labels[field] ? reader.pick(labels[field]) : field,
    children: shown(field, value, reader),
  }));
  return <Descriptions size="small" bordered column={{ xs: 1, lg: 2 }} items={items} />;
};
