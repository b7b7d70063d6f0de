import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { fieldName } from '../form-labels.js';
import { useI18n } from '../i18n.js';
import { useMe, useUniversities } from '../queries.js';
import { type Control, type FormField, correctedControl } from '../schema-form.js';
import { useLabels } from '../use-labels.js';
import { DateField } from './date-field.js';
import { EvidenceDrop } from './evidence-drop.js';

/** What a form gives its controls. */
interface Bound {
  readonly id?: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

interface Props extends Bound {
  readonly field: FormField;
}

type ChoiceProps = Bound & { readonly field: FormField };

/** Codes under their labels; names of fields under theirs. */
const Codes = ({ field, multiple, ...bound }: ChoiceProps & { readonly multiple?: boolean }) => {
  const { pick } = useI18n();
  const { value: labelOf } = useLabels();
  const { name, options = [] } = field;
  const named = name === 'field' || name === 'removes';
  const shown = (code: string) => {
    const asField = named ? fieldName(code) : undefined;
    return asField ? pick(asField) : labelOf(name, code);
  };
  return (
    <Select
      {...(bound as object)}
      allowClear
      {...(multiple && { mode: 'multiple' as const })}
      showSearch={{ optionFilterProp: 'label' }}
      options={options.map((code) => ({ value: code, label: shown(code) }))}
    />
  );
};

const Universities = (bound: Bound) => {
  const { universities, nameOf } = useUniversities();
  const me = useMe().data;
  const own = me?.actions['record.read'] === 'own' ? me.user.organisation : undefined;
  const offered = universities.filter(({ universityId }) => own === undefined || universityId === own);
  return (
    <Select
      {...(bound as object)}
      showSearch={{ optionFilterProp: 'label' }}
      options={offered.map(({ universityId }) => ({
        value: universityId,
        label: `${nameOf(universityId)}（${universityId}）`,
      }))}
    />
  );
};

const Text = ({ control, ...bound }: Bound & { readonly control: Control }) => {
  const { t } = useI18n();
  if (control === 'area') return <Input.TextArea {...(bound as object)} autoSize={{ minRows: 2, maxRows: 8 }} />;
  if (control === 'date') return <DateField {...(bound as object)} />;
  const suffix = control === 'money' ? t('act.yuan') : control === 'percent' ? '%' : undefined;
  const inputMode = suffix ? ('decimal' as const) : ('text' as const);
  return <Input {...(bound as object)} autoComplete="off" inputMode={inputMode} suffix={suffix} />;
};

/** The value of a correction is typed as the field it corrects is. */
const Corrected = (bound: Bound) => {
  const { t } = useI18n();
  const control = correctedControl(Form.useWatch('field'));
  if (control !== 'switch') return <Text {...bound} control={control} />;
  const options = [
    { value: 'true', label: t('value.yes') },
    { value: 'false', label: t('value.no') },
  ];
  return <Select {...(bound as object)} options={options} />;
};

/** The control a field is filled in with. */
export const FormControl = ({ field, ...bound }: Props) => {
  const { t } = useI18n();
  const { control, minimum, maximum } = field;
  switch (control) {
    case 'choice':
      return <Codes field={field} {...bound} />;
    case 'choices':
      return <Codes field={field} multiple {...bound} />;
    case 'tags':
      return (
        <Select
          {...(bound as object)}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[';', '；', '\n', '、']}
          placeholder={t('act.tagsHint')}
        />
      );
    case 'integer':
      return (
        <InputNumber
          {...(bound as object)}
          precision={0}
          {...(minimum !== undefined && { min: minimum })}
          {...(maximum !== undefined && { max: maximum })}
        />
      );
    case 'switch': {
      const { value, ...rest } = bound;
      return <Switch {...(rest as object)} checked={value === true} />;
    }
    case 'university':
      return <Universities {...bound} />;
    case 'files':
      return <EvidenceDrop onChange={(kept) => bound.onChange?.(kept.map(({ hash }) => hash))} />;
    case 'corrected':
      return <Corrected {...bound} />;
    default:
      return <Text control={control} {...bound} />;
  }
};
