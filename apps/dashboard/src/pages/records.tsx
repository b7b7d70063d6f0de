import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useAddressFilter } from '../address-filter.js';
import { type FileFormat, api } from '../api.js';
import type { RecordFilter } from '../api-types.js';
import { ErrorAlert } from '../components/error-alert.js';
import { NewRecordButtons } from '../components/record-actions.js';
import { RecordFilters } from '../components/record-filters.js';
import { ListFoot } from '../components/list-foot.js';
import { RecordTable } from '../components/record-table.js';
import { useI18n } from '../i18n.js';

const FILTERS = ['kind', 'universityId', 'status', 'year', 'ipType', 'q', 'sort'] as const;

const ExportButtons = ({ filter }: { readonly filter: RecordFilter }) => {
  const { t } = useI18n();
  const file = useMutation({ mutationFn: (format: FileFormat) => api.exportRecords(filter, format) });
  return (
    <Space>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          loading={file.isPending && file.variables === format}
          data-testid={`export-${format}`}
          onClick={() => file.mutate(format)}
        >
          {t('records.export', { format: format.toUpperCase() })}
        </Button>
      ))}
      {file.error && <ErrorAlert error={file.error} />}
    </Space>
  );
};

export const RecordsPage = () => {
  const { t, count } = useI18n();
  const { filter, change } = useAddressFilter<RecordFilter>(FILTERS, { kind: 'contract' });
  const list = useInfiniteQuery({
    queryKey: ['records', filter],
    queryFn: ({ pageParam }) => api.records(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = list.data?.pages.at(-1)?.total ?? 0;
  return (
    <>
      <div className="page-head">
        <h1>{t('records.title')}</h1>
        <div className="controls">
          <NewRecordButtons kind={filter.kind} />
          <ExportButtons filter={filter} />
        </div>
      </div>
      <section className="section" aria-label={t('records.title')}>
        <RecordFilters filter={filter} onChange={change} />
        {list.error && <ErrorAlert error={list.error} onRetry={() => void list.refetch()} />}
        <RecordTable
          rows={rows}
          kind={filter.kind}
          sort={filter.sort}
          loading={list.isPending}
          onSort={(sort) => change({ sort })}
        />
        <ListFoot list={list} testId="record-total">
          {list.data && t('records.total', { total: count(total), shown: count(rows.length) })}
        </ListFoot>
      </section>
    </>
  );
};
