import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty, Skeleton, Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { api } from '../api.js';
import type { Fact, FactCell } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { ErrorAlert } from './error-alert.js';

const dealPath = ({ mode, contractId }: Fact): string =>
  `/records/${mode === 'OPEN_GRANT' ? 'open-licence-grant' : 'contract'}/${encodeURIComponent(contractId)}`;

const useColumns = (): TableColumnsType<Fact> => {
  const { t } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const dates = (countedOn: string | null, { pendingOn }: Fact) => countedOn ?? pendingOn ?? t('value.none');
  return [
    { dataIndex: 'countedOn', title: t('facts.date'), className: 'number', render: dates },
    {
      dataIndex: 'contractNumber',
      title: t('facts.deal'),
      className: 'number',
      render: (number: string, fact) => <Link to={dealPath(fact)}>{number}</Link>,
    },
    { dataIndex: 'mode', title: t('facts.mode'), render: (mode: string) => label.value('mode', mode) },
    {
      dataIndex: 'number',
      title: t('facts.asset'),
      className: 'number',
      render: (number: string, { assetId }) => (
        <Link to={`/records/asset/${encodeURIComponent(assetId)}`}>{number}</Link>
      ),
    },
    { dataIndex: 'ipType', title: t('records.ipType'), render: label.ipType },
    { dataIndex: 'universityId', title: t('records.university'), render: nameOf },
    {
      dataIndex: 'flags',
      title: t('target.flagged'),
      render: (flags: readonly string[]) => flags.map((flag) => <Tag key={flag}>{label.value('flag', flag)}</Tag>),
    },
  ];
};

const Facts = ({ cell }: { readonly cell: FactCell }) => {
  const { t, count } = useI18n();
  const columns = useColumns();
  const list = useInfiniteQuery({
    queryKey: ['facts', cell],
    queryFn: ({ pageParam }) => api.facts(cell, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const [first] = list.data?.pages ?? [];
  if (list.error) return <ErrorAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (!first) return <Skeleton active />;
  const facts = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <div data-testid="facts-count">{t('facts.count', { count: count(first.count), shown: count(facts.length) })}</div>
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        scroll={{ x: true }}
        dataSource={facts}
        columns={columns}
        locale={{ emptyText: <Empty description={t('facts.none')} /> }}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('records.more')}
        </Button>
      )}
    </div>
  );
};

interface Props {
  /** Undefined while the drawer is shut. */
  readonly cell: FactCell | undefined;
  readonly onClose: () => void;
}

/** What a figure of the board is made of: one line per asset and transaction. */
export const FactsDrawer = ({ cell, onClose }: Props) => {
  const { t } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const title = cell && [
    nameOf(cell.scope),
    cell.year,
    t(`target.${cell.column}`),
    label.basis(cell.basis),
    label.ipScope(cell.ipScope),
  ];
  return (
    <Drawer
      size="min(1100px, 96vw)"
      open={cell !== undefined}
      title={title?.join(' · ')}
      onClose={onClose}
      data-testid="facts-drawer"
    >
      {cell && <Facts key={JSON.stringify(cell)} cell={cell} />}
    </Drawer>
  );
};
