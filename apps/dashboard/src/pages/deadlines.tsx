import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { api } from '../api.js';
import { CalendarDialog } from '../components/calendar-dialog.js';
import { DeadlineCounts, DeadlineFilters } from '../components/deadline-filters.js';
import { DeadlineTable } from '../components/deadline-table.js';
import { ErrorAlert } from '../components/error-alert.js';
import { ListFoot } from '../components/list-foot.js';
import { todayInChina } from '../dates.js';
import { type DeadlineChoice, askedOf, useDeadlineChoice } from '../deadline-filter.js';
import { useI18n } from '../i18n.js';

const useDeadlines = (choice: DeadlineChoice) => {
  const asked = askedOf(choice);
  const list = useInfiniteQuery({
    queryKey: ['deadlines', asked],
    queryFn: ({ pageParam }) => api.deadlines(asked, { cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const [first] = pages;
  const found = pages.flatMap(({ items }) => items);
  return { list, first, found };
};

const shownOf = ({ first, found }: ReturnType<typeof useDeadlines>) => ({
  asOf: first?.asOf ?? todayInChina(),
  items: found,
  total: first?.total,
});

const NothingDue = ({ choice }: { readonly choice: DeadlineChoice }) => {
  const { t } = useI18n();
  const narrowed = Object.entries(choice).some(([name]) => name !== 'sort' && name !== 'asOf');
  return <Empty description={t(narrowed ? 'deadlines.none' : 'deadlines.clear')} />;
};

/** The work list: what is overdue and what is due next. */
export const DeadlinesPage = () => {
  const { t, count } = useI18n();
  const { choice, choose } = useDeadlineChoice();
  const deadlines = useDeadlines(choice);
  const { list, first } = deadlines;
  const { asOf, items, total } = shownOf(deadlines);
  const file = useMutation({ mutationFn: () => api.exportDeadlines(askedOf(choice)) });
  return (
    <>
      <div className="page-head">
        <h1>{t('deadlines.title')}</h1>
        <div className="controls">
          <CalendarDialog />
          <Button data-testid="deadlines-csv" loading={file.isPending} onClick={() => file.mutate()}>
            {t('records.export', { format: 'CSV' })}
          </Button>
        </div>
      </div>
      {file.error && <ErrorAlert error={file.error} />}
      <DeadlineCounts choice={choice} onChange={choose} page={first} />
      <section className="section" aria-label={t('deadlines.title')}>
        <DeadlineFilters choice={choice} onChange={choose} />
        {list.error && <ErrorAlert error={list.error} onRetry={() => void list.refetch()} />}
        <DeadlineTable
          items={items}
          asOf={asOf}
          sort={choice.sort}
          loading={list.isPending}
          empty={<NothingDue choice={choice} />}
          onSort={(sort) => choose({ sort })}
        />
        <ListFoot list={list} testId="deadline-total">
          {total !== undefined && t('deadlines.total', { total: count(total), shown: count(items.length) })}
        </ListFoot>
      </section>
    </>
  );
};
