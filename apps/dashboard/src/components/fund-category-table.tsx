import type { FundCategoryLine } from '@app/fund';
import { Progress, Table, type TableColumnsType } from 'antd';
import { type I18n, useI18n } from '../i18n.js';
import { share } from '../money.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';

const UseBar = ({ line, label }: { readonly line: FundCategoryLine; readonly label: string }) =>
  line.ceilingFen === null ? null : (
    <Progress percent={share(line.allocatedFen, line.ceilingFen)} status="normal" size="small" aria-label={label} />
  );

const columnsOf = ({ t, pick }: I18n, method: (code: string) => string): TableColumnsType<FundCategoryLine> => {
  const money = { align: 'right', className: 'number' } as const;
  return [
    { dataIndex: 'label', title: t('fund.category'), rowScope: 'row', render: (_, { label }) => pick(label) },
    { dataIndex: 'method', title: t('fund.method'), render: method },
    { ...money, dataIndex: 'claims', title: t('fund.claimCount') },
    {
      ...money,
      dataIndex: 'entitlementFen',
      title: t('fund.entitlement'),
      render: (fen: string) => <Amount fen={fen} />,
    },
    {
      ...money,
      dataIndex: 'ceilingFen',
      title: t('fund.ceiling'),
      render: (fen: string | null) => <Amount fen={fen} none={t('fund.noCeiling')} />,
    },
    { ...money, dataIndex: 'allocatedFen', title: t('fund.allocated'), render: (fen: string) => <Amount fen={fen} /> },
    { ...money, dataIndex: 'leftFen', title: t('fund.left'), render: (fen: string | null) => <Amount fen={fen} /> },
    { key: 'use', title: t('fund.use'), width: 160, render: (_, line) => <UseBar line={line} label={t('fund.use')} /> },
  ];
};

/** Each head of the fund: how it shares money, its ceiling, and how far that is used. */
export const FundCategoryTable = ({ lines }: { readonly lines: readonly FundCategoryLine[] }) => {
  const i18n = useI18n();
  const { method } = useLabels();
  return (
    <Table
      size="small"
      rowKey="category"
      pagination={false}
      scroll={{ x: true }}
      dataSource={lines}
      columns={columnsOf(i18n, method)}
      onRow={({ category }) => ({ 'data-testid': `fund-category-${category}` }) as object}
    />
  );
};
