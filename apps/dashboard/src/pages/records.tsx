import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useSearchParams } from 'react-router';
import { type FileFormat, api } from '../api.js';
import type { RecordFilter } from '../api-types.js';
import { ErrorAlert } from '../components/error-alert.js';
import { NewRecordButtons } from '../components/record-actions.js';
import { RecordFilters } from '../components/record-filters.js';
import { RecordTable } from '../components/record-table.js';
import { useI18n } from '../i18n.js';

const FILTERS = ['universityId', 'status', 'year', 'ipType', 'q', 'sort'] as const;

/** The filters live in the address, so that going back from a record finds the same list. */
const useFilter = () => {
  const [parameters, setParameters] = useSearchParams();
  const set = FILTERS.map((name) => [name, parameters.get(name)] as const).filter(([, value]) => value);
  const filter: RecordFilter = { kind: parameters.get('kind') ?? 'contract', ...Object.fromEntries(set) };
  const change = (changed: Partial<RecordFilter>) =>
    setParameters(
      Object.entries({ ...filter, ...changed }).filter((entry): entry is [string, string] => Boolean(entry[1])),
      { replace: true },
    );
  return { filter, change };
};

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
  const { filter, change } = useFilter();
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
        <div className="section-head">
          <span className="quiet" data-testid="record-total">
            {list.data && t('records.total', { total: count(total), shown: count(rows.length) })}
          </span>
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('records.more')}
            </Button>
          )}
        </div>
      </section>
    </>
  );
};
