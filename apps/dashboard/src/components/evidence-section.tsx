import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Input, Modal, Table, Tag } from 'antd';
import { useRef, useState } from 'react';
import { api } from '../api.js';
import type { RecordDetail } from '../api-types.js';
import { may } from '../commands.js';
import { useI18n } from '../i18n.js';
import { newKey } from '../key.js';
import { useMe } from '../queries.js';
import type { EvidenceRef, RecordEvidence } from '../work-types.js';
import { ErrorAlert } from './error-alert.js';
import { EvidenceDrop } from './evidence-drop.js';
import { Loaded } from './loaded.js';
import { Section } from './section.js';

type Place = Pick<RecordDetail, 'kind' | 'id'>;

const useReread = ({ kind, id }: Place) => {
  const queries = useQueryClient();
  return (position: string) =>
    queries.fetchQuery({
      queryKey: ['evidence', kind, id],
      queryFn: () => api.evidence(kind, id, position),
      staleTime: 0,
    });
};

const KIB = 1024;

const sized = (bytes: number): string =>
  bytes < KIB
    ? `${bytes} B`
    : bytes < KIB * KIB
      ? `${(bytes / KIB).toFixed(1)} KiB`
      : `${(bytes / KIB / KIB).toFixed(1)} MiB`;

const Detaching = ({
  place,
  file,
  onClose,
}: {
  readonly place: Place;
  readonly file: RecordEvidence;
  readonly onClose: () => void;
}) => {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const [key] = useState(newKey);
  const reread = useReread(place);
  const detaching = useMutation({
    mutationFn: () => api.detach(place.kind, place.id, { hash: file.hash, key, reason: reason.trim() }),
    onSuccess: async ({ position }) => {
      await reread(position);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('evidence.detachTitle', { name: file.name })}
      okText={t('evidence.detach')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={detaching.isPending}
      onOk={() => detaching.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <div className="quiet">{t('evidence.detachHint')}</div>
        <Input.TextArea
          autoFocus
          maxLength={200}
          showCount
          aria-label={t('evidence.reason')}
          placeholder={t('evidence.reason')}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {detaching.error && <ErrorAlert error={detaching.error} />}
      </div>
    </Modal>
  );
};

/** Where a file comes from, and how it went. */
const Source = ({ file: { namedBy, attachedAt, attachedBy, detached } }: { readonly file: RecordEvidence }) => {
  const { t, pick, instant } = useI18n();
  return (
    <>
      <Tag>{namedBy ? pick(namedBy.title) : t('evidence.attached')}</Tag>
      <div className="quiet">{t('evidence.by', { instant: instant(attachedAt), user: attachedBy })}</div>
      {detached && (
        <div className="quiet">
          {t('evidence.detachedOn', { instant: instant(detached.at), user: detached.by, reason: detached.reason })}
        </div>
      )}
    </>
  );
};

const FileName = ({ file, onOpen }: { readonly file: RecordEvidence; readonly onOpen: () => void }) => (
  <>
    <Button type="link" className="name-button clip" onClick={onOpen}>
      <span className={file.detached ? 'struck' : undefined}>{file.name}</span>
    </Button>
    {file.note && <div className="quiet">{file.note}</div>}
    <div className="quiet clip">SHA-256 {file.hash.slice(0, 16)}…</div>
  </>
);

const Files = ({
  place,
  files,
  canWrite,
}: {
  readonly place: Place;
  readonly files: readonly RecordEvidence[];
  readonly canWrite: boolean;
}) => {
  const { t } = useI18n();
  const [leaving, setLeaving] = useState<RecordEvidence>();
  const loading = useMutation({ mutationFn: (file: EvidenceRef) => api.evidenceFile(place.kind, place.id, file) });
  return (
    <>
      <Table
        size="small"
        rowKey={({ hash, attachedAt, namedBy }) => `${hash} ${attachedAt} ${namedBy?.revision ?? ''}`}
        pagination={false}
        scroll={{ x: true }}
        dataSource={files}
        locale={{ emptyText: <Empty description={t('evidence.none')} /> }}
        columns={[
          {
            dataIndex: 'name',
            title: t('evidence.file'),
            className: 'wide-text',
            render: (_, file) => <FileName file={file} onOpen={() => loading.mutate(file)} />,
          },
          { dataIndex: 'bytes', title: t('evidence.size'), className: 'number', render: sized },
          {
            key: 'source',
            title: t('evidence.source'),
            render: (_, file) => <Source file={file} />,
          },
          {
            key: 'do',
            title: '',
            render: (_, file) =>
              canWrite &&
              !file.namedBy &&
              !file.detached && (
                <Button size="small" danger onClick={() => setLeaving(file)}>
                  {t('evidence.detach')}
                </Button>
              ),
          },
        ]}
      />
      {loading.error && <ErrorAlert error={loading.error} />}
      {leaving && <Detaching place={place} file={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
};

const Attaching = ({ place }: { readonly place: Place }) => {
  const reread = useReread(place);
  const sent = useRef(new Set<string>());
  const attaching = useMutation({
    mutationFn: (file: EvidenceRef) => api.attach(place.kind, place.id, { hash: file.hash, key: newKey() }),
    onSuccess: ({ position }) => reread(position),
    onError: (_, { hash }) => sent.current.delete(hash),
  });
  const attach = (kept: readonly EvidenceRef[]) => {
    for (const file of kept.filter(({ hash }) => !sent.current.has(hash))) {
      sent.current.add(file.hash);
      attaching.mutate(file);
    }
  };
  const failed = attaching.error && attaching.variables;
  return (
    <>
      <EvidenceDrop listed={false} onChange={attach} />
      {failed && <ErrorAlert error={attaching.error} onRetry={() => attach([failed])} />}
    </>
  );
};

/** The files that prove what a record says. */
export const EvidenceSection = ({ record }: { readonly record: RecordDetail }) => {
  const { t } = useI18n();
  const { kind, id, universityId } = record;
  const canWrite = may(useMe().data, 'evidence.write', universityId || undefined);
  const files = useQuery({ queryKey: ['evidence', kind, id], queryFn: () => api.evidence(kind, id) });
  return (
    <Section title={t('evidence.title')}>
      <Loaded query={files}>{(known) => <Files place={record} files={known} canWrite={canWrite} />}</Loaded>
      {canWrite && (
        <div className="no-print">
          <Attaching place={record} />
        </div>
      )}
    </Section>
  );
};
