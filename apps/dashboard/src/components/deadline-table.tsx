import { Table, type TableColumnsType, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { daysFrom } from '../dates.js';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import type { Deadline, DeadlineState } from '../work-types.js';
import { orderOf, sortOf } from './table-sort.js';

const COLOURS: Readonly<Partial<Record<DeadlineState, string>>> = {
  OVERDUE: 'red',
  OPEN: 'blue',
  MET: 'green',
  MET_LATE: 'gold',
};

/** The day something is due and how far off it is. */
const DueCell = ({ deadline, asOf }: { readonly deadline: Deadline; readonly asOf: string }) => {
  const { t } = useI18n();
  const { dueOn, state, certain, graceTo, closedOn } = deadline;
  if (dueOn === null) return <span className="quiet">{t('deadlines.noDay')}</span>;
  const days = daysFrom(asOf, dueOn);
  const left = days === 0 ? t('deadlines.today') : t('deadlines.leftDays', { days });
  return (
    <>
      <div className={state === 'OVERDUE' ? 'overdue' : undefined}>{dueOn}</div>
      {state === 'OVERDUE' && <div className="overdue">{t('deadlines.overdueDays', { days: -days })}</div>}
      {state === 'OPEN' && <div className="figure-note">{left}</div>}
      {closedOn && <div className="figure-note">{t('deadlines.closed', { date: closedOn })}</div>}
      {graceTo && state !== 'MET' && <div className="figure-note">{t('deadlines.grace', { date: graceTo })}</div>}
      {!certain && <div className="figure-note">{t('deadlines.uncertain')}</div>}
    </>
  );
};

const What = ({ deadline }: { readonly deadline: Deadline }) => {
  const { t, pick } = useI18n();
  const { kindTitle, textZh, textEn, clause } = deadline;
  return (
    <>
      <strong>{pick(kindTitle)}</strong>
      <div>{pick({ zh: textZh, en: textEn })}</div>
      <div className="quiet">{t('deadlines.clause', { clause })}</div>
    </>
  );
};

const RecordLink = ({ deadline }: { readonly deadline: Deadline }) => {
  const { recordKind, recordId, recordNumber, title } = deadline;
  const number: ReactNode = recordNumber || recordId;
  // What a department owes is on no record.
  const hasPage = recordId !== '' && recordKind !== 'department';
  const path =
    recordKind === 'fund-year' ? `/fund/${recordNumber}` : `/records/${recordKind}/${encodeURIComponent(recordId)}`;
  return (
    <>
      {hasPage ? <Link to={path}>{number}</Link> : number}
      <div className="quiet clip">{title}</div>
    </>
  );
};

const useColumns = (asOf: string, sort: string): TableColumnsType<Deadline> => {
  const { t } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  return [
    {
      dataIndex: 'dueOn',
      title: t('deadlines.due'),
      className: 'number',
      sorter: true,
      sortOrder: orderOf(sort, 'dueOn'),
      render: (_, deadline) => <DueCell deadline={deadline} asOf={asOf} />,
    },
    {
      dataIndex: 'state',
      title: t('deadlines.state'),
      render: (state: DeadlineState) => <Tag color={COLOURS[state] ?? 'default'}>{label.deadline(state)}</Tag>,
    },
    {
      key: 'what',
      title: t('deadlines.what'),
      className: 'wide-text',
      render: (_, deadline) => <What deadline={deadline} />,
    },
    {
      dataIndex: 'number',
      title: t('deadlines.record'),
      className: 'wide-text',
      sorter: true,
      sortOrder: orderOf(sort, 'number'),
      render: (_, deadline) => <RecordLink deadline={deadline} />,
    },
    {
      dataIndex: 'universityId',
      title: t('records.university'),
      render: (id: string | null) => (id ? nameOf(id) : t('value.none')),
    },
    { dataIndex: 'who', title: t('deadlines.who'), render: (who: string) => label.value('who', who) },
  ];
};

interface Props {
  readonly items: readonly Deadline[];
  readonly asOf: string;
  readonly sort: string | undefined;
  readonly loading: boolean;
  readonly empty: ReactNode;
  readonly onSort: (sort: string) => void;
}

/** What is due; the order is the server's. */
export const DeadlineTable = ({ items, asOf, sort = 'dueOn', loading, empty, onSort }: Props) => (
  <Table
    size="small"
    rowKey="key"
    pagination={false}
    loading={loading}
    scroll={{ x: true }}
    dataSource={items}
    columns={useColumns(asOf, sort)}
    locale={{ emptyText: empty }}
    onChange={(_pages, _filters, sorter) => onSort(sortOf(sorter))}
    onRow={({ key }) => ({ 'data-testid': `deadline-row-${key}` }) as object}
  />
);
