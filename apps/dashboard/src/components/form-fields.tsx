import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Form, Select } from 'antd';
import type { Choice } from '../commands.js';
import { formHint, formLabel } from '../form-labels.js';
import { type I18n, useI18n } from '../i18n.js';
import { fenOfYuan, permyriadOfPercent } from '../money.js';
import { type Control, type FormField, correctedControl } from '../schema-form.js';
import { FormControl } from './form-control.js';

type Path = ReadonlyArray<string | number>;

interface Props {
  readonly fields: readonly FormField[];
  /** Where the fields stand, from the list or form around them. */
  readonly path?: Path;
  readonly choices?: Readonly<Record<string, readonly Choice[]>>;
}

interface OneProps {
  readonly field: FormField;
  readonly path: Path;
  readonly offered?: readonly Choice[] | undefined;
}

/** What is typed must be a number of its kind before it is sent; everything else is the server's to judge. */
const numberRule = ({ t }: I18n, control: Control) => ({
  validator: async (_rule: unknown, typed: unknown) => {
    if (typeof typed !== 'string' || typed === '') return;
    if (control === 'money' && fenOfYuan(typed) === undefined) throw new Error(t('act.badMoney'));
    if (control === 'percent' && permyriadOfPercent(typed) === undefined) throw new Error(t('act.badPercent'));
  },
});

const PlainField = ({ field, path, offered }: OneProps) => {
  const i18n = useI18n();
  const watched = Form.useWatch('field');
  const control = field.control === 'corrected' ? correctedControl(watched) : field.control;
  const asksNothing = control === 'switch' || !field.required;
  return (
    <Form.Item
      name={[...path, field.name]}
      label={i18n.pick(formLabel(field))}
      extra={formHint(field, i18n.language)}
      required={field.required}
      {...(field.required && field.control === 'switch' && { initialValue: false })}
      rules={[...(asksNothing ? [] : [{ required: true, message: i18n.t('act.required') }]), numberRule(i18n, control)]}
    >
      {offered ? (
        <Select showSearch={{ optionFilterProp: 'label' }} options={[...offered]} />
      ) : (
        <FormControl field={field} />
      )}
    </Form.Item>
  );
};

const Group = ({ field, path }: OneProps) => {
  const { pick } = useI18n();
  return (
    <fieldset className="form-group">
      <legend>{pick(formLabel(field))}</legend>
      {/* What is left out whole may have required parts: the server says which. */}
      <FormFields fields={relaxed(field)} path={[...path, field.name]} />
    </fieldset>
  );
};

const relaxed = ({ required, fields = [] }: FormField): readonly FormField[] =>
  required ? fields : fields.map((part) => ({ ...part, required: false }));

const Rows = ({ field, path }: OneProps) => {
  const { t, pick, language } = useI18n();
  const { fields = [] } = field;
  return (
    <fieldset className="form-group">
      <legend>
        {pick(formLabel(field))}
        {field.required && <span aria-hidden> *</span>}
      </legend>
      <div className="quiet">{formHint(field, language)}</div>
      <Form.List name={[...path, field.name]} {...(field.required && { initialValue: [{}] })}>
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }, place) => (
              <div key={key} className="form-row">
                <FormFields fields={fields} path={[name]} />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('act.removeRow', { place: place + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
              {t('act.addRow')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
};

/** The fields of a form, or of a part of one, each with its label and hint. */
export const FormFields = ({ fields, path = [], choices = {} }: Props) =>
  fields.map((field) => {
    if (field.control === 'group') return <Group key={field.name} field={field} path={path} />;
    if (field.control === 'rows') return <Rows key={field.name} field={field} path={path} />;
    return <PlainField key={field.name} field={field} path={path} offered={choices[field.name]} />;
  });
