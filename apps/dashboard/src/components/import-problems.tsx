import { Alert, Table, Tag } from 'antd';
import type { ImportProblem } from '../api-types.js';
import { useI18n } from '../i18n.js';

const ProblemReason = ({ problem }: { readonly problem: ImportProblem }) => {
  const { t, pick } = useI18n();
  return (
    <>
      <div>{pick(problem)}</div>
      <div className="quiet">{t('error.clause', { clause: problem.clause })}</div>
    </>
  );
};

/** The rows that were not written, each with the rule that refused it. */
export const ImportProblems = ({ problems }: { readonly problems: readonly ImportProblem[] }) => {
  const { t, pick } = useI18n();
  if (problems.length === 0) return <Alert type="success" showIcon title={t('imports.noProblems')} />;
  const rules = [...new Set(problems.map(({ rule }) => rule))].sort();
  return (
    <Table
      size="small"
      rowKey={(problem) => `${problem.row} ${problem.rule} ${problem.column?.en ?? ''}`}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      dataSource={problems}
      columns={[
        {
          dataIndex: 'row',
          title: t('imports.row'),
          width: 80,
          align: 'right',
          className: 'number',
          sorter: (a, b) => a.row - b.row,
        },
        {
          key: 'column',
          title: t('imports.column'),
          width: 180,
          render: (_, { column }) => (column ? pick(column) : t('value.none')),
        },
        {
          dataIndex: 'value',
          title: t('imports.value'),
          width: 200,
          render: (value?: string | null) => value ?? t('value.none'),
        },
        { key: 'why', title: t('imports.why'), render: (_, problem) => <ProblemReason problem={problem} /> },
        {
          dataIndex: 'rule',
          title: t('imports.rule'),
          width: 130,
          render: (rule: string) => <Tag>{rule}</Tag>,
          filters: rules.map((rule) => ({ text: rule, value: rule })),
          onFilter: (rule, problem) => problem.rule === rule,
        },
      ]}
      onRow={({ row }) => ({ 'data-testid': `import-problem-${row}` }) as object}
    />
  );
};
