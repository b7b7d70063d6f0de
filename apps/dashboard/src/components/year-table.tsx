import type { Basis, Counts, GrowthFigure, YearLine } from '@app/growth';
import { Table, type TableColumnsType, Tooltip } from 'antd';
import { type I18n, useI18n } from '../i18n.js';
import type { MessageKey } from '../messages.js';
import { percent, signed } from '../target.js';
import { VerdictTag } from './verdict-tag.js';

interface Props {
  readonly years: readonly YearLine[];
  readonly basis: Basis;
  readonly testId?: string;
}

const PARTS = ['transfers', 'licences', 'openGrants', 'total'] as const;

const headed = ({ t }: I18n, title: MessageKey, hint: MessageKey) => (
  <Tooltip title={t(hint)}>
    <span className="hinted">{t(title)}</span>
  </Tooltip>
);

const columnsOf = (i18n: I18n, basis: Basis): TableColumnsType<YearLine> => {
  const { t, count } = i18n;
  const none = t('value.none');
  const numeric = { align: 'right', className: 'number' } as const;
  const part = (name: keyof Counts) => ({
    ...numeric,
    key: name,
    title: t(`target.${name}`),
    render: (_: unknown, { counts }: YearLine) => count(counts[basis][name]),
  });
  const figure = (title: MessageKey, shown: (figure: GrowthFigure) => string | undefined) => ({
    ...numeric,
    key: title,
    title: t(title),
    render: (_: unknown, { growth }: YearLine) => shown(growth[basis]) ?? none,
  });
  return [
    { dataIndex: 'year', title: t('target.year'), className: 'number', rowScope: 'row' },
    ...PARTS.map(part),
    figure('target.required', ({ required }) => (required === null ? undefined : count(required))),
    figure('target.gap', ({ gap }) => signed(gap)),
    figure('target.average', ({ averagePercent }) => percent(averagePercent)),
    figure('target.yearOnYear', ({ yearOnYearPercent }) => percent(yearOnYearPercent)),
    { key: 'verdict', title: t('target.verdict'), render: (_, { growth }) => <VerdictTag {...growth[basis]} /> },
    { ...numeric, dataIndex: 'unrecorded', title: headed(i18n, 'target.unrecorded', 'target.unrecordedHint') },
    { ...numeric, dataIndex: 'flagged', title: headed(i18n, 'target.flagged', 'target.flaggedHint') },
    { ...numeric, dataIndex: 'inChangsha', title: headed(i18n, 'target.inChangsha', 'target.inChangshaHint') },
  ];
};

/** The judgement of each year on one basis. */
export const YearTable = ({ years, basis, testId = 'year-row' }: Props) => {
  const i18n = useI18n();
  return (
    <Table
      size="small"
      rowKey="year"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={years}
      columns={columnsOf(i18n, basis)}
      onRow={({ year }) => ({ 'data-testid': `${testId}-${year}` }) as object}
    />
  );
};
