import { Empty, Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import type { ImportJob, ImportKind } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';

interface Props {
  readonly jobs: readonly ImportJob[];
  readonly kinds: readonly ImportKind[];
}

/** The files imported so far, newest first. */
export const ImportHistory = ({ jobs, kinds }: Props) => {
  const { t, pick, instant, count } = useI18n();
  const label = useLabels();
  const titles = new Map(kinds.map(({ kind, title }) => [kind, pick(title)]));
  const outcome = (name: 'written' | 'unchanged' | 'refused' | 'different'): TableColumnsType<ImportJob>[number] => ({
    dataIndex: name,
    title: t(`imports.${name}`),
    align: 'right',
    className: 'number',
    render: count,
  });
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      dataSource={jobs}
      locale={{ emptyText: <Empty description={t('imports.noHistory')} /> }}
      columns={[
        {
          dataIndex: 'fileName',
          title: t('imports.file'),
          render: (name: string, { id }) => <Link to={`/imports/${id}`}>{name}</Link>,
        },
        { dataIndex: 'kind', title: t('imports.kind'), render: (kind: string) => titles.get(kind) ?? kind },
        { dataIndex: 'createdAt', title: t('imports.started'), className: 'number', render: instant },
        {
          dataIndex: 'status',
          title: t('imports.status'),
          render: (status: string) => <Tag>{label.status(status)}</Tag>,
        },
        {
          dataIndex: 'total',
          title: t('imports.rows'),
          align: 'right',
          className: 'number',
          render: (total: number | null) => (total === null ? t('value.none') : count(total)),
        },
        outcome('written'),
        outcome('unchanged'),
        outcome('refused'),
        outcome('different'),
      ]}
    />
  );
};
