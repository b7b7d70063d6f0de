import InboxOutlined from '@ant-design/icons/InboxOutlined';
import { Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n.js';
import { uploadEvidence } from '../upload.js';
import type { EvidenceRef } from '../work-types.js';
import { ErrorAlert } from './error-alert.js';

interface Props {
  /** Files kept so far, whenever that changes. */
  readonly onChange: (kept: readonly EvidenceRef[]) => void;
  /** Whether kept files stay listed here. */
  readonly listed?: boolean;
}

const keptOf = (files: readonly UploadFile<EvidenceRef>[]): EvidenceRef[] =>
  files.flatMap(({ status, response }) => (status === 'done' && response ? [response] : []));

/** Takes files by choice or drop, shows how far each has got, and says why one was refused. */
export const EvidenceDrop = ({ onChange, listed = true }: Props) => {
  const { t } = useI18n();
  const [files, setFiles] = useState<UploadFile<EvidenceRef>[]>([]);
  const refused = files.filter(({ status }) => status === 'error');
  return (
    <div className="stack">
      <Upload.Dragger
        multiple
        data-testid="evidence-drop"
        fileList={files}
        customRequest={({ file, onProgress, onSuccess, onError }) => {
          uploadEvidence(file as File, (percent) => onProgress?.({ percent })).then(
            (kept) => onSuccess?.(kept),
            (error: Error) => onError?.(error),
          );
        }}
        onChange={({ fileList }) => {
          setFiles(listed ? fileList : fileList.filter(({ status }) => status !== 'done'));
          onChange(keptOf(fileList));
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined aria-hidden />
        </p>
        <p className="ant-upload-text">{t('evidence.drop')}</p>
        <p className="ant-upload-hint">{t('evidence.dropHint')}</p>
      </Upload.Dragger>
      {refused.map(({ uid, name, error }) => (
        <div key={uid}>
          <div className="quiet">{name}</div>
          <ErrorAlert error={error} />
        </div>
      ))}
    </div>
  );
};
