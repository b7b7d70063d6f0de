import InboxOutlined from '@ant-design/icons/InboxOutlined';
import { useMutation } from '@tanstack/react-query';
import { Button, Select, Space, Spin, Upload } from 'antd';
import { useState } from 'react';
import { type FileFormat, api } from '../api.js';
import type { ImportKind } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { newKey } from '../key.js';
import { ColumnGuide } from './column-guide.js';
import { ErrorAlert } from './error-alert.js';

interface Props {
  readonly kinds: readonly ImportKind[];
  readonly onStarted: (jobId: string) => void;
}

const TemplateButtons = ({ kind }: { readonly kind: string }) => {
  const { t } = useI18n();
  const file = useMutation({ mutationFn: (format: FileFormat) => api.importTemplate(kind, format) });
  return (
    <>
      <Space>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Button key={format} data-testid={`template-${format}`} onClick={() => file.mutate(format)}>
            {t('imports.template', { format: format.toUpperCase() })}
          </Button>
        ))}
      </Space>
      {file.error && <ErrorAlert error={file.error} />}
    </>
  );
};

const FileDrop = ({
  kind,
  onStarted,
}: {
  readonly kind: string | undefined;
  readonly onStarted: Props['onStarted'];
}) => {
  const { t } = useI18n();
  const sending = useMutation({ mutationFn: api.upload, onSuccess: ({ jobId }) => onStarted(jobId) });
  const failed = sending.error && sending.variables;
  return (
    <>
      <Upload.Dragger
        accept=".xlsx,.csv"
        showUploadList={false}
        disabled={!kind || sending.isPending}
        // The file goes out with the bearer token, not as the form the component would post.
        beforeUpload={(file) => {
          if (kind) sending.mutate({ kind, file, key: newKey() });
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">{sending.isPending ? <Spin /> : <InboxOutlined aria-hidden />}</p>
        <p className="ant-upload-text">
          {sending.isPending
            ? t('imports.sending', { fileName: sending.variables.file.name })
            : t(kind ? 'imports.drop' : 'imports.choose')}
        </p>
        <p className="ant-upload-hint">{t('imports.dropHint')}</p>
      </Upload.Dragger>
      {failed && <ErrorAlert error={sending.error} onRetry={() => sending.mutate(failed)} />}
    </>
  );
};

/** Chooses a sheet, offers its template, and sends a file. */
export const ImportUpload = ({ kinds, onStarted }: Props) => {
  const { t, pick } = useI18n();
  const [chosen, setChosen] = useState<string>();
  const sheet = kinds.find(({ kind }) => kind === chosen);
  const inOrder = [...kinds].sort((a, b) => a.order - b.order);
  return (
    <>
      <div className="controls">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 320 }}
          aria-label={t('imports.kind')}
          data-testid="import-kind"
          placeholder={t('imports.choose')}
          value={chosen}
          options={inOrder.map(({ kind, title, order }) => ({ value: kind, label: `${order} · ${pick(title)}` }))}
          onChange={setChosen}
        />
        {sheet && <TemplateButtons kind={sheet.kind} />}
        <span className="quiet">{t('imports.kindHint')}</span>
      </div>
      {sheet && <ColumnGuide columns={sheet.columns} />}
      <FileDrop kind={chosen} onStarted={onStarted} />
    </>
  );
};
