import type { Basis, Counts, GrowthFigure, YearLine } from '@app/growth';
import { Button, Table, type TableColumnsType, Tooltip } from 'antd';
import { useState } from 'react';
import type { FactCell } from '../api-types.js';
import { type I18n, useI18n } from '../i18n.js';
import type { MessageKey } from '../messages.js';
import { type TargetChoice, percent, signed } from '../target.js';
import { FactsDrawer } from './facts-drawer.js';
import { VerdictTag } from './verdict-tag.js';

type Opened = Pick<FactCell, 'year' | 'column'>;

interface Props {
  readonly years: readonly YearLine[];
  readonly choice: TargetChoice;
  /** `city` or a university's id. */
  readonly scope: string;
  readonly testId?: string;
}

interface Cells {
  readonly i18n: I18n;
  readonly basis: Basis;
  readonly onOpen: (opened: Opened) => void;
}

const PARTS = ['transfers', 'licences', 'openGrants', 'total'] as const;
const SIDES = ['unrecorded', 'flagged', 'inChangsha'] as const;

const headed = ({ t }: I18n, title: MessageKey, hint: MessageKey) => (
  <Tooltip title={t(hint)}>
    <span className="hinted">{t(title)}</span>
  </Tooltip>
);

/** A number that opens to the transactions it counts. */
const FigureButton = ({ value, year, column, onOpen }: Opened & Pick<Cells, 'onOpen'> & { readonly value: number }) => {
  const { t, count } = useI18n();
  if (value === 0) return count(value);
  return (
    <Button
      type="link"
      className="figure-button"
      aria-label={`${count(value)} ${t('facts.open', { year, column: t(`target.${column}`) })}`}
      onClick={() => onOpen({ year, column })}
    >
      {count(value)}
    </Button>
  );
};

const columnsOf = ({ i18n, basis, onOpen }: Cells): TableColumnsType<YearLine> => {
  const { t, count } = i18n;
  const none = t('value.none');
  const numeric = { align: 'right', className: 'number' } as const;
  const part = (name: keyof Counts) => ({
    ...numeric,
    key: name,
    title: t(`target.${name}`),
    render: (_: unknown, { year, counts }: YearLine) => (
      <FigureButton value={counts[basis][name]} year={year} column={name} onOpen={onOpen} />
    ),
  });
  const figure = (title: MessageKey, shown: (figure: GrowthFigure) => string | undefined) => ({
    ...numeric,
    key: title,
    title: t(title),
    render: (_: unknown, { growth }: YearLine) => shown(growth[basis]) ?? none,
  });
  const side = (name: (typeof SIDES)[number]) => ({
    ...numeric,
    dataIndex: name,
    title: headed(i18n, `target.${name}`, `target.${name}Hint`),
    render: (value: number, { year }: YearLine) => (
      <FigureButton value={value} year={year} column={name} onOpen={onOpen} />
    ),
  });
  return [
    { dataIndex: 'year', title: t('target.year'), className: 'number', rowScope: 'row' },
    ...PARTS.map(part),
    figure('target.required', ({ required }) => (required === null ? undefined : count(required))),
    figure('target.gap', ({ gap }) => signed(gap)),
    figure('target.average', ({ averagePercent }) => percent(averagePercent)),
    figure('target.yearOnYear', ({ yearOnYearPercent }) => percent(yearOnYearPercent)),
    {
      key: 'verdict',
      title: t('target.verdict'),
      render: (_, { growth }) => <VerdictTag verdict={growth[basis].verdict} reason={null} />,
    },
    ...SIDES.map(side),
  ];
};

/** Why years cannot be judged; mostly one reason for all of them, so it is said once. */
const Reasons = ({ years, basis }: Pick<Props, 'years'> & Pick<Cells, 'basis'>) => {
  const { pick } = useI18n();
  const reasons = new Set(years.flatMap(({ growth }) => growth[basis].reason ?? []).map(pick));
  return [...reasons].map((reason) => (
    <div key={reason} className="quiet">
      {reason}
    </div>
  ));
};

/** The judgement of each year on one basis. */
export const YearTable = ({ years, choice, scope, testId = 'year-row' }: Props) => {
  const i18n = useI18n();
  const [opened, onOpen] = useState<Opened>();
  const { basis, ipScope } = choice;
  return (
    <>
      <Table
        size="small"
        rowKey="year"
        pagination={false}
        scroll={{ x: true }}
        dataSource={years}
        columns={columnsOf({ i18n, basis, onOpen })}
        onRow={({ year }) => ({ 'data-testid': `${testId}-${year}` }) as object}
      />
      <Reasons years={years} basis={basis} />
      <FactsDrawer cell={opened && { ...opened, scope, basis, ipScope }} onClose={() => onOpen(undefined)} />
    </>
  );
};
