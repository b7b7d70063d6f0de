import type { GrowthFigure, UniversityLine } from '@app/growth';
import { Button, Empty, Input, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { type I18n, useI18n } from '../i18n.js';
import type { MessageKey } from '../messages.js';
import { useUniversities } from '../queries.js';
import { type UniversityFigure, byGrowth, percent, signed } from '../target.js';
import { VerdictTag } from './verdict-tag.js';

interface Props {
  readonly figures: readonly UniversityFigure[];
  readonly onOpen: (universityId: string) => void;
}

/** Universities without a figure come last whichever way the table is sorted. */
const sorterOf =
  (pick: (row: UniversityFigure) => GrowthFigure | undefined, compare: (a: GrowthFigure, b: GrowthFigure) => number) =>
  (a: UniversityFigure, b: UniversityFigure, order?: 'ascend' | 'descend' | null): number => {
    const [left, right] = [pick(a), pick(b)];
    if (left && right) return compare(left, right);
    const last = order === 'descend' ? -1 : 1;
    return (Number(!left) - Number(!right)) * last;
  };

const withFigure = ({ figure }: UniversityFigure) => figure;
const withBase = ({ figure }: UniversityFigure) => (figure?.base ? figure : undefined);

const figureColumns = ({ t, count }: I18n): TableColumnsType<UniversityFigure> => {
  const none = t('value.none');
  const shown = (value: number | null) => (value === null ? undefined : count(value));
  const column = (
    title: MessageKey,
    text: (figure: GrowthFigure) => string | undefined,
    sorter: ReturnType<typeof sorterOf>,
  ) => ({
    key: title,
    title: t(title),
    align: 'right' as const,
    className: 'number',
    render: (_: unknown, { figure }: UniversityFigure) => (figure && text(figure)) ?? none,
    sorter,
  });
  const byGap = (a: GrowthFigure, b: GrowthFigure) => (a.gap ?? 0) - (b.gap ?? 0);
  return [
    column(
      'target.basePoint',
      ({ base }) => shown(base),
      sorterOf(withBase, (a, b) => (a.base ?? 0) - (b.base ?? 0)),
    ),
    {
      ...column(
        'target.actual',
        ({ actual }) => count(actual),
        sorterOf(withFigure, (a, b) => a.actual - b.actual),
      ),
      defaultSortOrder: 'descend',
    },
    column(
      'target.required',
      ({ required }) => shown(required),
      sorterOf(withBase, (a, b) => (a.required ?? 0) - (b.required ?? 0)),
    ),
    column('target.gap', ({ gap }) => signed(gap), sorterOf(withBase, byGap)),
    column('target.average', ({ averagePercent }) => percent(averagePercent), sorterOf(withBase, byGrowth)),
  ];
};

const lineColumns = ({ t, count }: I18n): TableColumnsType<UniversityFigure> =>
  (['unrecorded', 'flagged', 'inChangsha'] as const).map((name) => ({
    key: name,
    title: t(`target.${name}`),
    align: 'right' as const,
    className: 'number',
    render: (_: unknown, { line }: UniversityFigure) => (line ? count(line[name]) : t('value.none')),
    sorter: (a: UniversityFigure, b: UniversityFigure) => (a.line?.[name] ?? 0) - (b.line?.[name] ?? 0),
  }));

const NameCell = ({
  university,
  onOpen,
}: {
  readonly university: UniversityLine;
  readonly onOpen: Props['onOpen'];
}) => {
  const { t } = useI18n();
  const { universityId, inPanel } = university;
  const name = useUniversities().nameOf(universityId);
  return (
    <>
      <Button
        type="link"
        className="name-button"
        aria-label={t('target.open', { name })}
        onClick={() => onOpen(universityId)}
      >
        {name}
      </Button>{' '}
      {!inPanel && <Tag>{t('target.outsidePanel')}</Tag>}
    </>
  );
};

/** Every university's figure of the headline year. */
export const UniversityTable = ({ figures, onOpen }: Props) => {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const { nameOf } = useUniversities();
  const [sought, setSought] = useState('');
  const found = figures.filter(({ university: { name, universityId } }) =>
    `${name} ${nameOf(universityId)} ${universityId}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const columns: TableColumnsType<UniversityFigure> = [
    {
      key: 'name',
      title: t('target.university'),
      render: (_, { university }) => <NameCell university={university} onOpen={onOpen} />,
      sorter: (a, b) => nameOf(a.university.universityId).localeCompare(nameOf(b.university.universityId), locale),
    },
    ...figureColumns(i18n),
    { key: 'verdict', title: t('target.verdict'), render: (_, { figure }) => figure && <VerdictTag {...figure} /> },
    ...lineColumns(i18n),
  ];
  return (
    <>
      <Input.Search
        allowClear
        style={{ maxWidth: 320 }}
        placeholder={t('target.searchUniversity')}
        aria-label={t('target.searchUniversity')}
        onChange={({ target }) => setSought(target.value)}
      />
      <Table
        size="small"
        rowKey={({ university }) => university.universityId}
        scroll={{ x: true }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={found}
        columns={columns}
        locale={{ emptyText: <Empty description={t('target.noUniversities')} /> }}
        onRow={({ university: { universityId } }) =>
          ({
            'data-testid': `university-row-${universityId}`,
            className: 'row-link',
            onClick: () => onOpen(universityId),
          }) as object
        }
      />
    </>
  );
};
