import type { FundBoard } from '@app/fund';
import { Empty, Table } from 'antd';
import { useI18n } from '../i18n.js';
import { byFen } from '../money.js';
import { useUniversities } from '../queries.js';
import { Amount } from './amount.js';

/** What each university claimed and was allocated. */
export const FundUniversityTable = ({ lines }: { readonly lines: FundBoard['universities'] }) => {
  const { t, locale } = useI18n();
  const { nameOf } = useUniversities();
  return (
    <Table
      size="small"
      rowKey="universityId"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={lines}
      locale={{ emptyText: <Empty description={t('fund.noClaims')} /> }}
      columns={[
        {
          dataIndex: 'universityId',
          title: t('target.university'),
          rowScope: 'row',
          render: nameOf,
          sorter: (a, b) => nameOf(a.universityId).localeCompare(nameOf(b.universityId), locale),
        },
        {
          dataIndex: 'claims',
          title: t('fund.claimCount'),
          align: 'right',
          className: 'number',
          sorter: (a, b) => a.claims - b.claims,
        },
        {
          dataIndex: 'allocatedFen',
          title: t('fund.allocated'),
          align: 'right',
          className: 'number',
          render: (fen: string) => <Amount fen={fen} />,
          sorter: (a, b) => byFen(a.allocatedFen, b.allocatedFen),
        },
      ]}
    />
  );
};
