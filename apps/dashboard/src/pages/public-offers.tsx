import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Link } from 'react-router';
import { useAddressFilter } from '../address-filter.js';
import { api, openOffersFile } from '../api.js';
import { Choice } from '../components/choice.js';
import { DateField } from '../components/date-field.js';
import { ErrorAlert } from '../components/error-alert.js';
import { LanguageSwitch } from '../components/language-switch.js';
import { ListFoot } from '../components/list-foot.js';
import { OfferTable } from '../components/offer-table.js';
import { SampleBanner } from '../components/sample-banner.js';
import { useI18n } from '../i18n.js';
import { session } from '../session.js';
import { useLabels } from '../use-labels.js';
import type { OfferFilter } from '../work-types.js';

const FILTERS = ['asOf', 'q', 'universityId', 'ipType', 'feeType', 'sort'] as const;
const PATENTS = ['INVENTION', 'UTILITY_MODEL', 'DESIGN'];
const FEE_TYPES = ['FREE', 'LUMP_SUM', 'INSTALMENTS', 'RUNNING_ROYALTY', 'ENTRY_FEE_PLUS_ROYALTY'];
const PAGE = 50;
const MANY = 200;

const useFilter = () => useAddressFilter<OfferFilter>(FILTERS, {});

type Filtering = ReturnType<typeof useFilter>;

/** The list of universities is for those who are signed in; here those are offered that have an offer. */
const useOffering = (asOf: string | undefined) => {
  const query = useQuery({
    queryKey: ['offers', 'universities', asOf],
    queryFn: () => api.openOffers(asOf ? { asOf } : {}, { limit: MANY }),
  });
  const names = new Map(query.data?.items.map(({ universityId, university }) => [universityId, university]));
  return [...names].map(([value, label]) => ({ value, label }));
};

const Filters = ({ filter, change }: Filtering) => {
  const { t } = useI18n();
  const label = useLabels();
  const { q, asOf, universityId, ipType, feeType } = filter;
  return (
    <search className="controls">
      <Input.Search
        key={q}
        allowClear
        style={{ width: 260 }}
        defaultValue={q}
        placeholder={t('offers.search')}
        aria-label={t('offers.search')}
        onSearch={(text) => change({ q: text.trim() })}
      />
      <Choice
        label={t('records.university')}
        width={180}
        value={universityId}
        options={useOffering(asOf)}
        onChange={(chosen) => change({ universityId: chosen })}
      />
      <Choice
        label={t('records.ipType')}
        width={150}
        value={ipType}
        options={PATENTS.map((value) => ({ value, label: label.ipType(value) }))}
        onChange={(chosen) => change({ ipType: chosen })}
      />
      <Choice
        label={t('offers.feeType')}
        width={150}
        value={feeType}
        options={FEE_TYPES.map((value) => ({ value, label: label.value('feeType', value) }))}
        onChange={(chosen) => change({ feeType: chosen })}
      />
      <DateField
        label={t('offers.asOf')}
        placeholder={t('offers.asOf')}
        value={asOf}
        onChange={(date) => change({ asOf: date ?? '' })}
      />
      <Button type="text" onClick={() => change({ q: '', asOf: '', universityId: '', ipType: '', feeType: '' })}>
        {t('records.clear')}
      </Button>
    </search>
  );
};

const Offers = ({ filter, change }: Filtering) => {
  const { t, count } = useI18n();
  const list = useInfiniteQuery({
    queryKey: ['offers', filter],
    queryFn: ({ pageParam }) => api.openOffers(filter, { cursor: pageParam, limit: PAGE }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const offers = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <section className="section" aria-label={t('offers.title')}>
      <Filters filter={filter} change={change} />
      {list.error && <ErrorAlert error={list.error} onRetry={() => void list.refetch()} />}
      <OfferTable offers={offers} sort={filter.sort} loading={list.isPending} onSort={(sort) => change({ sort })} />
      <ListFoot list={list} testId="offer-total">
        {list.data && t('offers.total', { total: count(total), shown: count(offers.length) })}
      </ListFoot>
    </section>
  );
};

/** The public notice board: what anyone may license, without signing in. */
export const PublicOffersPage = () => {
  const { t } = useI18n();
  const filtering = useFilter();
  const signedIn = session.use();
  return (
    <>
      <SampleBanner />
      <header className="shell-header public-header">
        <span className="shell-brand">{t('app.name')}</span>
        <span className="spacer" />
        <LanguageSwitch />
        <Link to={signedIn ? '/' : '/sign-in'}>{t(signedIn ? 'app.home' : 'offers.signIn')}</Link>
      </header>
      <main className="page">
        <div className="page-head">
          <h1>{t('offers.title')}</h1>
          <Button href={openOffersFile(filtering.filter)} data-testid="offers-csv">
            {t('offers.csv')}
          </Button>
        </div>
        <div>{t('offers.intro')}</div>
        <Offers {...filtering} />
      </main>
    </>
  );
};
