import { Descriptions, Tag, Timeline } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { furtherFieldLabels } from '../further-field-labels.js';
import { useI18n } from '../i18n.js';
import { percentOfPermyriad } from '../money.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import type { TitleEntry, TitleRegister } from '../work-types.js';
import { Licences, OpenLicences, Pledges, Suspensions } from './title-rights.js';

type Part = { readonly register: TitleRegister };

const share = (permyriad: number | undefined): string =>
  permyriad === undefined ? '' : ` ${percentOfPermyriad(permyriad)}%`;

const Identity = ({ register: { identity, status, statusHistory } }: Part) => {
  const { t, pick } = useI18n();
  const label = useLabels();
  const dates = [
    ['filedOn', identity.filedOn],
    ['publishedOn', identity.publishedOn],
    ['grantedOn', identity.grantedOn],
    ['expiresOn', identity.expiresOn],
  ] as const;
  const history = statusHistory.map(({ status: code, on }) => `${on} ${label.status(code, 'asset')}`);
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, lg: 2 }}
      items={[
        { key: 'number', label: t('records.number'), children: identity.number },
        { key: 'title', label: t('records.name'), children: identity.title },
        { key: 'ipType', label: t('records.ipType'), children: label.ipType(identity.ipType) },
        {
          key: 'status',
          label: t('title.status'),
          children: (
            <>
              <Tag data-testid="title-status">{label.status(status, 'asset')}</Tag>
              <span className="quiet">{history.join(' → ')}</span>
            </>
          ),
        },
        ...dates.map(([name, date]) => ({
          key: name,
          label: pick(furtherFieldLabels[name] ?? { zh: name, en: name }),
          children: date ?? t('value.none'),
        })),
      ]}
    />
  );
};

const Ownership = ({ register: { ownership } }: Part) => {
  const { t } = useI18n();
  const { nameOf } = useUniversities();
  const { owner, ownerSharePermyriad, coOwners, chain } = ownership;
  if (owner === undefined) return <div data-testid="title-owner">{t('title.notFiled')}</div>;
  const owners = [
    `${nameOf(owner)}${coOwners.length > 0 ? share(ownerSharePermyriad) : ''}`,
    ...coOwners.map(({ name, sharePermyriad }) => `${name}${share(sharePermyriad)}`),
  ];
  return (
    <>
      <div data-testid="title-owner">
        <strong>{owners.join('；')}</strong>
      </div>
      <ol className="chain" aria-label={t('title.chain')}>
        {chain.map(({ party, from, to, contractId, number }) => (
          <li key={`${party} ${from}`}>
            <span className="number">
              {from} – {to ?? t('title.now')}
            </span>{' '}
            {nameOf(party)}{' '}
            {contractId && (
              <span className="quiet">
                {t('title.by')}{' '}
                <Link to={`/records/contract/${encodeURIComponent(contractId)}`}>{number ?? contractId}</Link>
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  );
};

const AnnuityLine = ({ register: { annuity } }: Part) => {
  const { t } = useI18n();
  const { value } = useLabels();
  const { state, year, dueOn, graceEndsOn, paidYears } = annuity;
  const next = { year: year ?? '', dueOn: dueOn ?? '', graceEndsOn: graceEndsOn ?? '' };
  return (
    <div>
      <Tag color={state === 'UNPAID' ? 'red' : state === 'GRACE' ? 'gold' : 'default'}>{value('state', state)}</Tag>{' '}
      {year !== undefined && dueOn !== undefined && t('title.annuityNext', next)}{' '}
      {paidYears.length > 0 && <span className="quiet">{t('title.annuityPaid', { years: paidYears.join('、') })}</span>}
    </div>
  );
};

const OPEN_GRANTS = /^OpenGrant/;

const EntryLine = ({ entry }: { readonly entry: TitleEntry }) => {
  const { t, pick, instant } = useI18n();
  const { on, recordedAt, contractId, number, voided, kind } = entry;
  const dealKind = OPEN_GRANTS.test(kind) ? 'open-licence-grant' : 'contract';
  return (
    <>
      <div className={voided ? 'struck' : undefined}>
        <strong className="number">{on}</strong> {pick(entry)}{' '}
        {contractId && (
          <Link to={`/records/${dealKind}/${encodeURIComponent(contractId)}`}>{number ?? contractId}</Link>
        )}
      </div>
      <div className="quiet">
        {t('title.recordedAt', { instant: instant(recordedAt) })} {voided && <Tag>{t('title.voided')}</Tag>}
      </div>
    </>
  );
};

const Block = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="stack title-block" aria-label={title}>
    <h3>{title}</h3>
    {children}
  </section>
);

/** The title of an asset as it stood on a date: who owned it, who might use it, what lay on it, and how it came about. */
export const TitleRegisterView = ({ register }: Part) => {
  const { t } = useI18n();
  const { asOf, revision, licences, openLicences, pledges, suspensions, entries } = register;
  return (
    <div className="stack" data-testid="title-register">
      <div className="quiet">{t('title.state', { asOf, revision })}</div>
      <Block title={t('title.identity')}>
        <Identity register={register} />
      </Block>
      <Block title={t('title.ownership')}>
        <Ownership register={register} />
      </Block>
      <Block title={t('title.licences')}>
        <Licences licences={licences} />
      </Block>
      <Block title={t('title.openLicences')}>
        <OpenLicences offers={openLicences} />
      </Block>
      <Block title={t('title.pledges')}>
        <Pledges pledges={pledges} />
      </Block>
      <Block title={t('title.suspensions')}>
        <Suspensions suspensions={suspensions} />
      </Block>
      <Block title={t('title.annuity')}>
        <AnnuityLine register={register} />
      </Block>
      <Block title={t('title.entries')}>
        <Timeline
          items={entries.map((entry, place) => ({
            key: `${entry.revision} ${place}`,
            content: <EntryLine entry={entry} />,
          }))}
        />
      </Block>
    </div>
  );
};
