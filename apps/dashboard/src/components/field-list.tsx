import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Fields, RecordDetail } from '../api-types.js';
import { fieldLabels, linkedKinds } from '../field-labels.js';
import { furtherFieldLabels } from '../further-field-labels.js';
import { type I18n, useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';

type Naming = Pick<RecordDetail, 'labels' | 'names'>;

interface Props extends Naming {
  readonly fields: Fields;
}

interface Reader extends I18n {
  /** What a text stands for: a person's or a university's name, a code's label, or itself. */
  readonly word: (field: string, text: string) => string;
  readonly label: (field: string) => string;
}

const isBilingual = (value: object): value is { zh: string; en: string } => 'zh' in value && 'en' in value;

/** Shares are kept in 0.01% and read in percent. */
const ofNumber = (field: string, value: number): string => {
  if (!field.endsWith('Permyriad')) return String(value);
  const [whole, part] = [Math.trunc(value / 100), value % 100];
  return part === 0 ? `${whole}%` : `${whole}.${String(part).padStart(2, '0')}%`;
};

/** Ids of records are derived digests. */
const RECORD_ID = /^[0-9a-f]{20}$/;

const ofText = (field: string, text: string, reader: Reader): ReactNode => {
  if (field.endsWith('Fen') && /^-?\d+$/.test(text)) return <Amount fen={text} />;
  const kind = RECORD_ID.test(text) && linkedKinds[field];
  return kind ? <Link to={`/records/${kind}/${encodeURIComponent(text)}`}>{text}</Link> : reader.word(field, text);
};

const ofObject = (field: string, value: object, reader: Reader): ReactNode => {
  if (Array.isArray(value)) return <ValueList field={field} values={value} reader={reader} />;
  if (isBilingual(value)) return reader.pick(value);
  return Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([name, part]) => (
      <span key={name} className="part">
        <span className="quiet">{reader.label(name)}</span> {shown(name, part, reader)}
      </span>
    ));
};

const shown = (field: string, value: unknown, reader: Reader): ReactNode => {
  if (typeof value === 'boolean') return reader.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return ofNumber(field, value);
  if (typeof value === 'string' && value !== '') return ofText(field, value, reader);
  if (typeof value === 'object' && value !== null) return ofObject(field, value, reader);
  return reader.t('value.none');
};

const ValueList = ({
  field,
  values,
  reader,
}: {
  readonly field: string;
  readonly values: readonly unknown[];
  readonly reader: Reader;
}) =>
  values.length === 0 ? (
    reader.t('value.none')
  ) : (
    <ul className="plain">
      {values.map((value, place) => (
        <li key={place}>{shown(field, value, reader)}</li>
      ))}
    </ul>
  );

const UNIVERSITY_FIELDS = new Set(['universityId', 'university', 'owner', 'owners', 'scope']);

const useReader = ({ labels, names }: Naming): Reader => {
  const i18n = useI18n();
  const { status, value } = useLabels();
  const { nameOf } = useUniversities();
  const label = (field: string) => {
    const name = fieldLabels[field] ?? labels[field] ?? furtherFieldLabels[field];
    return name ? i18n.pick(name) : field;
  };
  const word = (field: string, text: string) => {
    if (names[text]) return names[text];
    if (UNIVERSITY_FIELDS.has(field)) return nameOf(text);
    if (field === 'status') return status(text);
    return field === 'field' ? label(text) : value(field, text);
  };
  return { ...i18n, word, label };
};

/** What a projection keeps for itself: the entries an asset's row follows from, which the title register shows in words. */
const HIDDEN: ReadonlySet<string> = new Set(['facts']);

/** A text kept in both languages, as `derivationZh` and `derivationEn`, is shown in the reader's. */
const inLanguage = (fields: Fields, { language }: Reader) => {
  const [own, other] = language === 'zh' ? ['Zh', 'En'] : ['En', 'Zh'];
  return Object.entries(fields).filter(
    ([field]) => !HIDDEN.has(field) && !(field.endsWith(other) && field.slice(0, -2) + own in fields),
  );
};

/** What was and what is now, of a correction, read as the field it corrects. */
const valueNameOf = (field: string, { field: corrected }: Fields): string =>
  (field === 'from' || field === 'to') && typeof corrected === 'string' ? corrected : field;

/** Fields and their values as people read them, each under its label. */
export const FieldList = ({ fields, labels, names }: Props) => {
  const reader = useReader({ labels, names });
  const items = inLanguage(fields, reader).map(([field, value]) => ({
    key: field,
    label: reader.label(field),
    children: shown(valueNameOf(field, fields), value, reader),
  }));
  return <Descriptions size="small" bordered column={{ xs: 1, lg: 2 }} items={items} />;
};
