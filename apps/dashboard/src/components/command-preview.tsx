import ArrowRightOutlined from '@ant-design/icons/ArrowRightOutlined';
import { Alert, Table, Tag } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { RecordDetail } from '../api-types.js';
import type { DryRun, FundClaimTouched, FundYearChange, PreviewedEvent, TargetChange } from '../command-types.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';
import { FieldList } from './field-list.js';
import { VerdictTag } from './verdict-tag.js';

const TargetEffect = ({ lines }: { readonly lines: readonly TargetChange[] }) => {
  const { t, count } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  return (
    <Table
      size="small"
      rowKey={({ scope, year, basis }) => `${scope} ${year} ${basis}`}
      pagination={false}
      scroll={{ x: true }}
      dataSource={lines}
      data-testid="target-effect"
      columns={[
        { dataIndex: 'scope', title: t('act.scope'), render: (scope: string) => nameOf(scope) },
        { dataIndex: 'year', title: t('target.year'), className: 'number' },
        { dataIndex: 'basis', title: t('basis.label'), render: label.basis },
        {
          key: 'change',
          title: `${t('act.before')} → ${t('act.after')}`,
          className: 'number',
          render: (_, { before, after }) => (
            <>
              {count(before)} → <strong>{count(after)}</strong>
            </>
          ),
        },
        {
          key: 'verdict',
          title: t('target.verdict'),
          render: (_, { verdictBefore, verdictAfter }) => (
            <>
              <VerdictTag verdict={verdictBefore} reason={null} />
              {verdictBefore !== verdictAfter && (
                <>
                  <ArrowRightOutlined aria-label={t('act.after')} /> <VerdictTag verdict={verdictAfter} reason={null} />
                </>
              )}
            </>
          ),
        },
      ]}
    />
  );
};

const FundYears = ({ years }: { readonly years: readonly FundYearChange[] }) => {
  const { t, count } = useI18n();
  const pair = (before: ReactNode, after: ReactNode) => (
    <>
      {before} → {after}
    </>
  );
  return (
    <Table
      size="small"
      rowKey="year"
      pagination={false}
      scroll={{ x: true }}
      dataSource={years}
      columns={[
        { dataIndex: 'year', title: t('fund.year'), className: 'number' },
        {
          key: 'claims',
          title: t('fund.claimCount'),
          render: (_, { before, after }) => pair(count(before?.claims ?? 0), count(after?.claims ?? 0)),
        },
        {
          key: 'allocated',
          title: t('fund.allocated'),
          render: (_, { before, after }) =>
            pair(<Amount fen={before?.allocatedFen ?? null} />, <Amount fen={after?.allocatedFen ?? null} />),
        },
        {
          key: 'left',
          title: t('fund.left'),
          render: (_, { before, after }) =>
            pair(<Amount fen={before?.leftFen ?? null} />, <Amount fen={after?.leftFen ?? null} />),
        },
      ]}
    />
  );
};

const FundClaims = ({ claims }: { readonly claims: readonly FundClaimTouched[] }) => {
  const { t, count } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const total = claims.reduce((sum, { allocatedFen }) => sum + BigInt(allocatedFen ?? '0'), 0n).toString();
  const detail = (
    <>
      <ul className="plain">
        {claims.map(({ year, number, universityId, status, allocatedFen }) => (
          <li key={`${year} ${number}`}>
            {year} · {number} · {nameOf(universityId)} <Tag>{label.status(status, 'fund-claim')}</Tag>
            <Amount fen={allocatedFen} />
          </li>
        ))}
      </ul>
      {t('act.stillAllocated', { count: count(claims.length) })} <Amount fen={total} />
    </>
  );
  return <Alert type="warning" showIcon title={t('act.fundClaims')} description={detail} data-testid="fund-effect" />;
};

const Effect = ({ effect }: Pick<DryRun, 'effect'>) => {
  const { t } = useI18n();
  const lines = effect.target?.years ?? [];
  const { years = [], claims = [] } = effect.fund ?? {};
  return (
    <section className="stack" aria-label={t('act.effect')}>
      <h3>{t('act.targetEffect')}</h3>
      {lines.length > 0 ? (
        <TargetEffect lines={lines} />
      ) : (
        <div data-testid="no-target-effect">{t('act.targetNone')}</div>
      )}
      <h3>{t('act.fundEffect')}</h3>
      {claims.length > 0 && <FundClaims claims={claims} />}
      {years.length > 0 && <FundYears years={years} />}
      {claims.length + years.length === 0 && <div>{t('act.fundNone')}</div>}
    </section>
  );
};

type Naming = Pick<RecordDetail, 'labels' | 'names'>;

const Event = ({ event, labels, names }: Naming & { readonly event: PreviewedEvent }) => {
  const { pick } = useI18n();
  return (
    <article className="stack">
      <h3>
        {pick(event.title)} <code className="quiet">{event.type}</code>
      </h3>
      <div className="event-data">
        <FieldList fields={event.data} labels={labels} names={names} />
      </div>
    </article>
  );
};

/** Streams of numbers taken and given back; nothing of theirs is for people. */
const isBookkeeping = ({ stream }: PreviewedEvent): boolean => stream.startsWith('claim-');

/** What a command would write and change. */
export const CommandPreview = ({ preview, labels, names }: Naming & { readonly preview: DryRun }) => {
  const { t, count } = useI18n();
  const events = preview.events.filter((event) => !isBookkeeping(event));
  const top = useRef<HTMLDivElement>(null);
  // It takes the place of the form, so the reader begins at its beginning.
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'center' });
    top.current?.focus();
  }, []);
  return (
    <div className="stack" data-testid="preview">
      <div ref={top} tabIndex={-1} />
      <Alert type="info" title={t('act.previewHint')} />
      <Effect effect={preview.effect} />
      <h3>{t('act.events', { count: count(events.length) })}</h3>
      {events.length === 0 && <div>{t('act.nothing')}</div>}
      {events.map((event, place) => (
        <Event key={`${event.stream} ${place}`} event={event} labels={labels} names={names} />
      ))}
    </div>
  );
};
