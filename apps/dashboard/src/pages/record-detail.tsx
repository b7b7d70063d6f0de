import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { Link, useLocation, useParams } from 'react-router';
import { api } from '../api.js';
import type { RecordDetail } from '../api-types.js';
import { Amount } from '../components/amount.js';
import { EvidenceSection } from '../components/evidence-section.js';
import { EventTimeline } from '../components/event-timeline.js';
import { FieldList } from '../components/field-list.js';
import { Figure } from '../components/figure.js';
import { Loaded } from '../components/loaded.js';
import { RecordActions } from '../components/record-actions.js';
import { Section } from '../components/section.js';
import { TitleSection } from '../components/title-section.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';

const Summary = ({ record }: { readonly record: RecordDetail }) => {
  const { t } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  return (
    <div className="figures figures-small">
      {record.universityId && <Figure label={t('records.university')} value={nameOf(record.universityId)} />}
      {record.counterparty && (
        <Figure label={t('records.counterparty')} value={record.names[record.counterparty] ?? record.counterparty} />
      )}
      {record.ipType && <Figure label={t('records.ipType')} value={label.ipType(record.ipType)} />}
      {record.date && <Figure label={t('records.date')} value={record.date} />}
      {record.amountFen !== null && <Figure label={t('records.amount')} value={<Amount fen={record.amountFen} />} />}
    </div>
  );
};

const RecordView = ({ record }: { readonly record: RecordDetail }) => {
  const { t } = useI18n();
  const label = useLabels();
  return (
    <>
      <header>
        <div className="quiet">
          {label.kind(record.kind)} · {record.number}
        </div>
        <h1>
          {record.title || record.number}{' '}
          <Tag data-testid="record-status">{label.status(record.status, record.kind)}</Tag>
        </h1>
      </header>
      <RecordActions record={record} />
      <Section title={t('records.detail')}>
        <Summary record={record} />
        <FieldList fields={record.detail} labels={record.labels} names={record.names} />
      </Section>
      {record.kind === 'asset' && <TitleSection assetId={record.id} />}
      <EvidenceSection record={record} />
      <Section title={t('records.timeline')}>
        <EventTimeline record={record} />
      </Section>
    </>
  );
};

export const RecordDetailPage = () => {
  const { t } = useI18n();
  const { kind = '', id = '' } = useParams();
  // The list the reader came from, with its filters.
  const list = (useLocation().state as { readonly list?: string } | null)?.list ?? `?kind=${kind}`;
  const query = useQuery({ queryKey: ['record', kind, id], queryFn: () => api.record(kind, id) });
  return (
    <>
      <Link to={`/records${list}`}>← {t('records.back')}</Link>
      <Loaded query={query}>{(record) => <RecordView record={record} />}</Loaded>
    </>
  );
};
