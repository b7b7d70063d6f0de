import { Empty, Table, type TableColumnsType } from 'antd';
import { useI18n } from '../i18n.js';
import { percentOfPermyriad } from '../money.js';
import { useLabels } from '../use-labels.js';
import type { PublicOffer } from '../work-types.js';
import { Amount } from './amount.js';
import { orderOf, sortOf } from './table-sort.js';

/** What a licence costs, in the words of the announced standard. */
const Fee = ({ offer }: { readonly offer: PublicOffer }) => {
  const { t } = useI18n();
  const { value } = useLabels();
  const { feeType, feeFen, royaltyPermyriad, royaltyBase, instalments } = offer;
  const royalty = royaltyPermyriad !== null && {
    percent: percentOfPermyriad(royaltyPermyriad),
    base: royaltyBase ? value('royaltyBase', royaltyBase) : t('value.none'),
  };
  return (
    <>
      <div>{value('feeType', feeType)}</div>
      {feeFen !== null && feeType !== 'FREE' && <Amount fen={feeFen} />}
      {royalty && <div className="figure-note">{t('offers.royalty', royalty)}</div>}
      {instalments.map(({ afterMonths, amountFen }, place) => (
        <div key={`${afterMonths} ${place}`} className="figure-note">
          {t('offers.instalment', { months: afterMonths })}
          <Amount fen={amountFen} />
        </div>
      ))}
    </>
  );
};

const useColumns = (sort: string): TableColumnsType<PublicOffer> => {
  const { t } = useI18n();
  const { ipType } = useLabels();
  const sortable = (field: string) => ({ sorter: true, sortOrder: orderOf(sort, field) });
  return [
    {
      dataIndex: 'title',
      title: t('offers.patent'),
      className: 'wide-text',
      render: (title: string, { patentNumber, ipType: code }) => (
        <>
          <strong>{title}</strong>
          <div className="quiet number">
            {ipType(code)} · ZL {patentNumber}
          </div>
        </>
      ),
    },
    { dataIndex: 'university', title: t('records.university') },
    { dataIndex: 'fee', title: t('offers.fee'), ...sortable('fee'), render: (_, offer) => <Fee offer={offer} /> },
    {
      dataIndex: 'from',
      title: t('offers.open'),
      className: 'number',
      ...sortable('from'),
      render: (from: string, { to, licensedTo }) => (
        <>
          {from} – {to}
          <div className="figure-note">{t('offers.licensedTo', { date: licensedTo })}</div>
        </>
      ),
    },
    { dataIndex: 'number', title: t('title.declaration'), className: 'number', ...sortable('number') },
  ];
};

interface Props {
  readonly offers: readonly PublicOffer[];
  readonly sort: string | undefined;
  readonly loading: boolean;
  readonly onSort: (sort: string) => void;
}

/** The patents anyone may license. */
export const OfferTable = ({ offers, sort = '-from', loading, onSort }: Props) => {
  const { t } = useI18n();
  return (
    <Table
      size="small"
      rowKey={({ declarationId, from }) => `${declarationId} ${from}`}
      pagination={false}
      loading={loading}
      scroll={{ x: true }}
      dataSource={offers}
      columns={useColumns(sort)}
      locale={{ emptyText: <Empty description={t('offers.none')} /> }}
      onChange={(_pages, _filters, sorter) => onSort(sortOf(sorter))}
      onRow={({ declarationId }) => ({ 'data-testid': `offer-row-${declarationId}` }) as object}
    />
  );
};
