import { Collapse, Timeline } from 'antd';
import type { RecordDetail, TimelineEvent } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { FieldList } from './field-list.js';

interface EventProps extends Pick<RecordDetail, 'labels' | 'names'> {
  readonly event: TimelineEvent;
}

const EventLine = ({ event, labels, names }: EventProps) => {
  const { t, pick, instant } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const { actor, revision, reason, source, data } = event;
  const by = { actor: actor.id, role: label.role(actor.role), organisation: nameOf(actor.organisation) };
  const content =
    Object.keys(data).length === 0 ? t('records.noData') : <FieldList fields={data} labels={labels} names={names} />;
  return (
    <article data-testid={`event-${revision}`}>
      <h3>
        {pick(event.title)} <code className="quiet">{event.type}</code>
      </h3>
      <div>
        <time dateTime={event.recordedAt}>{t('records.recordedAt', { instant: instant(event.recordedAt) })}</time>
      </div>
      <div className="quiet">
        {t('records.actor', by)} · {t('records.source', { source })} · {t('records.revision', { revision })}
      </div>
      {reason && <div>{t('records.reason', { reason })}</div>}
      <Collapse
        className="event-data"
        size="small"
        items={[{ key: 'data', label: t('records.eventData'), children: content }]}
      />
    </article>
  );
};

/** What happened to the record, in the order it was recorded; each event opens to its data. */
export const EventTimeline = ({ record }: { readonly record: RecordDetail }) => (
  <Timeline
    items={record.timeline.map((event) => ({
      key: event.revision,
      content: <EventLine event={event} labels={record.labels} names={record.names} />,
    }))}
  />
);
