import { Empty, Table, type TableColumnsType, Tag } from 'antd';
import { Link, useLocation, useNavigate } from 'react-router';
import type { RecordFilter, RecordRow } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';
import { orderOf, sortOf } from './table-sort.js';

interface Props {
  readonly rows: readonly RecordRow[];
  readonly kind: string;
  readonly sort: string | undefined;
  readonly loading: boolean;
  readonly onSort: (sort: NonNullable<RecordFilter['sort']>) => void;
}

const pathOf = ({ kind, id }: RecordRow) => `/records/${kind}/${encodeURIComponent(id)}`;

const useColumns = (kind: string, sort: string | undefined): TableColumnsType<RecordRow> => {
  const { t } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const { search } = useLocation();
  const sortable = (field: string) => ({ sorter: true, sortOrder: orderOf(sort, field) });
  const none = t('value.none');
  const ofUniversity: TableColumnsType<RecordRow> = [
    { dataIndex: 'universityId', title: t('records.university'), render: (id: string) => (id ? nameOf(id) : none) },
  ];
  const ofDeal: TableColumnsType<RecordRow> = [
    { dataIndex: 'counterparty', title: t('records.counterparty'), render: (name: string | null) => name ?? none },
    {
      dataIndex: 'ipType',
      title: t('records.ipType'),
      render: (code: string | null) => (code ? label.ipType(code) : none),
    },
  ];
  return [
    {
      dataIndex: 'number',
      title: t('records.number'),
      className: 'number',
      ...sortable('number'),
      render: (number: string, row) => (
        <Link to={pathOf(row)} state={{ list: search }} onClick={(event) => event.stopPropagation()}>
          {number || row.id}
        </Link>
      ),
    },
    { dataIndex: 'title', title: t('records.name'), className: 'wide-text' },
    ...(kind === 'university' ? [] : ofUniversity),
    ...ofDeal,
    {
      dataIndex: 'status',
      title: t('records.status'),
      render: (code: string) => <Tag>{label.status(code, kind)}</Tag>,
    },
    { dataIndex: 'date', title: t('records.date'), className: 'number', ...sortable('date') },
    {
      key: 'amount',
      dataIndex: 'amountFen',
      title: t('records.amount'),
      align: 'right',
      className: 'number',
      ...sortable('amount'),
      render: (fen: string | null) => <Amount fen={fen} />,
    },
  ];
};

/** The rows found so far; sorting is the server's. */
export const RecordTable = ({ rows, kind, sort, loading, onSort }: Props) => {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { search } = useLocation();
  return (
    <Table
      size="small"
      rowKey="key"
      pagination={false}
      loading={loading}
      scroll={{ x: true }}
      dataSource={rows}
      columns={useColumns(kind, sort)}
      locale={{ emptyText: <Empty description={t('records.empty')} /> }}
      onChange={(_pages, _filters, sorter) => onSort(sortOf(sorter))}
      onRow={(row) =>
        ({
          'data-testid': `record-row-${row.id}`,
          className: 'row-link',
          onClick: () => void navigate(pathOf(row), { state: { list: search } }),
        }) as object
      }
    />
  );
};
