import { Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';
import type { TitleLicence, TitleOpenLicence, TitlePledge, TitleRegister, TitleSuspension } from '../work-types.js';
import { Amount } from './amount.js';

const dealPath = ({ origin, contractId }: TitleLicence): string =>
  `/records/${origin === 'OPEN' ? 'open-licence-grant' : 'contract'}/${encodeURIComponent(contractId)}`;

export const InForce = ({ inForce }: { readonly inForce: boolean }) => {
  const { t } = useI18n();
  return <Tag color={inForce ? 'green' : 'default'}>{t(inForce ? 'title.inForce' : 'title.over')}</Tag>;
};

const Empty = () => {
  const { t } = useI18n();
  return <div className="quiet">{t('title.none')}</div>;
};

const STATES: Readonly<Record<string, string>> = { IN_FORCE: 'green', RESERVED: 'gold', VOID: 'red' };

const useLicenceColumns = (): TableColumnsType<TitleLicence> => {
  const { t } = useI18n();
  const { value } = useLabels();
  return [
    {
      dataIndex: 'licensee',
      title: t('title.licensee'),
      className: 'wide-text',
      render: (licensee: string | undefined) => licensee ?? t('value.none'),
    },
    { dataIndex: 'licence', title: t('title.kind'), render: (code: string) => value('licence', code) },
    { dataIndex: 'origin', title: t('title.origin'), render: (code: string) => value('origin', code) },
    { dataIndex: 'from', title: t('title.since'), className: 'number' },
    {
      dataIndex: 'to',
      title: t('title.until'),
      className: 'number',
      render: (to: string | undefined) => to ?? t('title.openEnd'),
    },
    {
      dataIndex: 'territory',
      title: t('title.territory'),
      render: (codes: readonly string[] | undefined) => codes?.join('、') ?? t('title.everywhere'),
    },
    {
      dataIndex: 'fields',
      title: t('title.fields'),
      render: (codes: readonly string[] | undefined) => codes?.join('、') ?? t('title.everything'),
    },
    {
      key: 'contract',
      title: t('title.by'),
      className: 'number',
      render: (_, licence) => <Link to={dealPath(licence)}>{licence.number ?? licence.contractId}</Link>,
    },
    {
      dataIndex: 'state',
      title: t('title.state.column'),
      render: (state: string) => <Tag color={STATES[state] ?? 'default'}>{value('state', state)}</Tag>,
    },
  ];
};

/** Who may use the right, those whose time is over among them. */
export const Licences = ({ licences }: Pick<TitleRegister, 'licences'>) => {
  const columns = useLicenceColumns();
  if (licences.length === 0) return <Empty />;
  const inOrder = licences.toSorted((a, b) => Number(b.inForce) - Number(a.inForce));
  return (
    <Table
      size="small"
      rowKey={({ contractId, state }) => `${contractId} ${state}`}
      pagination={false}
      scroll={{ x: true }}
      dataSource={inOrder}
      columns={columns}
      data-testid="title-licences"
    />
  );
};

export const OpenLicences = ({ offers }: { readonly offers: readonly TitleOpenLicence[] }) => {
  const { t } = useI18n();
  if (offers.length === 0) return <Empty />;
  return (
    <ul className="plain">
      {offers.map(({ declarationId, number, from, to, inForce }) => (
        <li key={declarationId}>
          <InForce inForce={inForce} /> {t('title.declaration')}{' '}
          <Link to={`/records/open-licence/${encodeURIComponent(declarationId)}`}>{number ?? declarationId}</Link> ·{' '}
          <span className="number">
            {from} – {to}
          </span>
        </li>
      ))}
    </ul>
  );
};

export const Pledges = ({ pledges }: { readonly pledges: readonly TitlePledge[] }) => {
  const { t } = useI18n();
  if (pledges.length === 0) return <Empty />;
  return (
    <ul className="plain">
      {pledges.map(({ pledgeNo, pledgee, on, releasedOn, amountFen, inForce }) => (
        <li key={pledgeNo}>
          <InForce inForce={inForce} /> {pledgee} · {pledgeNo} ·{' '}
          <span className="number">
            {on} – {releasedOn ?? t('title.now')}
          </span>{' '}
          {amountFen !== undefined && <Amount fen={amountFen} />}
        </li>
      ))}
    </ul>
  );
};

export const Suspensions = ({ suspensions }: { readonly suspensions: readonly TitleSuspension[] }) => {
  const { t } = useI18n();
  const { value } = useLabels();
  if (suspensions.length === 0) return <Empty />;
  return (
    <ul className="plain">
      {suspensions.map(({ documentNo, cause, on, endedOn, inForce }) => (
        <li key={documentNo}>
          <InForce inForce={inForce} /> {value('cause', cause)} · {documentNo} ·{' '}
          <span className="number">
            {on} – {endedOn ?? t('title.now')}
          </span>
        </li>
      ))}
    </ul>
  );
};
