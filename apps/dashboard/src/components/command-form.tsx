import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Collapse, Form, type FormInstance } from 'antd';
import { useState } from 'react';
import { api } from '../api.js';
import type { RecordDetail } from '../api-types.js';
import type { Outcome, SentCommand } from '../command-types.js';
import { type RecordCommand, parametersOf, pathWith } from '../commands.js';
import { Problem } from '../http.js';
import { useI18n } from '../i18n.js';
import { newKey } from '../key.js';
import { useMe } from '../queries.js';
import { type FormField, type Values, bodyOf, valuesOf } from '../schema-form.js';
import { CommandPreview } from './command-preview.js';
import { ErrorAlert } from './error-alert.js';
import { FormFields } from './form-fields.js';

interface Props {
  readonly command: RecordCommand;
  readonly record: RecordDetail | undefined;
  readonly fields: readonly FormField[];
  readonly onDirty: () => void;
  readonly onWritten: (outcome: Outcome) => void;
  readonly onReload: () => void;
}

const FEW = 8;

const sentOf = ({ command, record, fields }: Props, values: Values, key: string): SentCommand => {
  const known = parametersOf(command, record);
  const asked = [...command.path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !(name in known));
  const inBody = fields.filter(({ name }) => !asked.includes(name));
  // What it makes has no revision yet.
  const pinned = record && !command.unpinned && !command.makes;
  return {
    path: pathWith(command.path, { ...values, ...known }),
    body: bodyOf(inBody, values),
    key,
    ...(pinned && { revision: record.revision }),
  };
};

/** `shares.0.amountFen` as the form names it. */
const pathOf = (field: string) => field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const showAtFields = (form: FormInstance, { text, place, rule }: Problem, { pick }: ReturnType<typeof useI18n>) => {
  const errors = place.errors ?? (place.field ? [{ field: place.field, ...text }] : []);
  const said = (one: { zh: string; en: string }) => `${pick(one)}${rule ? `（${rule}）` : ''}`;
  form.setFields(errors.map((one) => ({ name: pathOf(one.field), errors: [said(one)] })) as never);
};

/** Whether the server has answered for good: what is sent next is another command. */
const isFinal = (error: unknown): boolean => error instanceof Problem && error.status >= 400 && error.status < 500;

const useFlow = (props: Props, form: FormInstance) => {
  const i18n = useI18n();
  const [key, setKey] = useState(newKey);
  const refused = (error: unknown) => {
    if (error instanceof Problem) showAtFields(form, error, i18n);
  };
  const previewing = useMutation({ mutationFn: api.preview, onError: refused });
  const running = useMutation({
    mutationFn: api.run,
    onSuccess: (outcome) => {
      if (outcome.pendingAt === undefined) props.onWritten(outcome);
    },
    onError: (error) => {
      refused(error);
      if (isFinal(error)) setKey(newKey());
    },
  });
  const sent = () => sentOf(props, form.getFieldsValue(true) as Values, key);
  const edit = () => {
    previewing.reset();
    running.reset();
  };
  return { previewing, running, edit, preview: () => previewing.mutate(sent()), run: () => running.mutate(sent()) };
};

type Flow = ReturnType<typeof useFlow>;

const Problems = ({ flow, onReload }: { readonly flow: Flow } & Pick<Props, 'onReload'>) => {
  const { t } = useI18n();
  const { previewing, running } = flow;
  const error = running.error ?? previewing.error;
  const again = running.error ? flow.run : flow.preview;
  if (running.data?.pendingAt) {
    return (
      <Alert
        type="info"
        showIcon
        title={t('act.pending')}
        action={<Button onClick={flow.run}>{t('act.again')}</Button>}
      />
    );
  }
  if (!error) return null;
  const status = error instanceof Problem ? error.status : 0;
  if (status === 412) return <ErrorAlert error={error} retry={t('act.stale')} onRetry={onReload} />;
  return status === 0 || status >= 500 ? <ErrorAlert error={error} onRetry={again} /> : <ErrorAlert error={error} />;
};

/** The fields a refusal names, by their place in the form itself. */
const namedBy = (error: unknown): ReadonlySet<string> => {
  if (!(error instanceof Problem)) return new Set();
  const { field, errors = [] } = error.place;
  const paths = [...errors.map((one) => one.field), ...(field ? [field] : [])];
  return new Set(paths.map((path) => path.split('.')[0] ?? path));
};

interface FieldsProps extends Pick<Props, 'command' | 'record' | 'fields'> {
  readonly refused: ReadonlySet<string>;
}

const Fields = ({ command, record, fields, refused }: FieldsProps) => {
  const { t } = useI18n();
  const choices = (record && command.choices?.(record)) ?? {};
  const needed = fields.filter(({ required }) => required);
  const optional = fields.filter(({ required }) => !required);
  const [open, setOpen] = useState(optional.length <= FEW || needed.length === 0);
  // What was refused is never out of sight.
  const shown = open || optional.some(({ name }) => refused.has(name));
  return (
    <>
      <FormFields fields={needed} choices={choices} />
      {optional.length > 0 && (
        <Collapse
          ghost
          activeKey={shown ? ['optional'] : []}
          onChange={(keys) => setOpen(keys.length > 0)}
          items={[
            {
              key: 'optional',
              label: t('act.optional', { count: optional.length }),
              forceRender: true,
              children: <FormFields fields={optional} choices={choices} />,
            },
          ]}
        />
      )}
    </>
  );
};

const useInitial = ({ command, record, fields }: Props): Record<string, unknown> => {
  const me = useMe().data;
  const own = me?.actions['record.read'] === 'own' ? { universityId: me.user.organisation } : {};
  return { ...own, ...(record && command.initial && valuesOf(fields, command.initial(record))) };
};

const namingOf = (record: RecordDetail | undefined) => ({ labels: record?.labels ?? {}, names: record?.names ?? {} });

/** Fill in, preview, confirm. What was typed stays until it is written or given up. */
export const CommandForm = (props: Props) => {
  const { t } = useI18n();
  const [form] = Form.useForm();
  const flow = useFlow(props, form);
  const { previewing, running } = flow;
  const { data: preview } = previewing;
  const refused = running.error && isFinal(running.error);
  const atForm = !preview || refused;
  return (
    <div className="stack">
      <Problems flow={flow} onReload={props.onReload} />
      <Form
        form={form}
        layout="vertical"
        scrollToFirstError
        data-testid="command-form"
        style={{ display: atForm ? undefined : 'none' }}
        initialValues={useInitial(props)}
        onValuesChange={props.onDirty}
        onFinish={() => {
          running.reset();
          flow.preview();
        }}
      >
        <Fields
          command={props.command}
          record={props.record}
          fields={props.fields}
          refused={namedBy(running.error ?? previewing.error)}
        />
        <Button type="primary" htmlType="submit" data-testid="command-preview" loading={previewing.isPending}>
          {t('act.preview')}
        </Button>
      </Form>
      {preview && !atForm && (
        <>
          <CommandPreview preview={preview} {...namingOf(props.record)} />
          <div className="controls">
            <Button
              type="primary"
              danger={props.command.danger === true}
              data-testid="command-confirm"
              loading={running.isPending}
              onClick={flow.run}
            >
              {t('act.confirm')}
            </Button>
            <Button onClick={flow.edit}>{t('act.edit')}</Button>
          </div>
        </>
      )}
    </div>
  );
};
