import type { TargetBoard } from '@app/growth';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Skeleton } from 'antd';
import { Suspense, lazy, useMemo, useState } from 'react';
import { api } from '../api.js';
import { BaselineNote } from '../components/baseline-note.js';
import { BasesTable } from '../components/bases-table.js';
import { Loaded } from '../components/loaded.js';
import { Section } from '../components/section.js';
import { TargetCards } from '../components/target-cards.js';
import { TargetControls } from '../components/target-controls.js';
import { TargetHeadline } from '../components/target-headline.js';
import { UniversityDrawer } from '../components/university-drawer.js';
import { UniversityTable } from '../components/university-table.js';
import { YearTable } from '../components/year-table.js';
import { useI18n } from '../i18n.js';
import { type TargetChoice, baseYears, newestLine, universityFigures, useTargetChoice } from '../target.js';

const GrowthChart = lazy(async () => ({ default: (await import('../components/growth-chart.js')).GrowthChart }));

interface Props {
  readonly board: TargetBoard;
  readonly choice: TargetChoice;
}

const CityYears = ({ board, choice }: Props) => {
  const { t } = useI18n();
  const { years } = board.city;
  const { basis } = choice;
  const points = useMemo(
    () => years.map(({ year, growth }) => ({ year, actual: growth[basis].actual, required: growth[basis].required })),
    [years, basis],
  );
  return (
    <>
      <Section title={t('target.chart')}>
        <Suspense fallback={<Skeleton.Node active className="chart" />}>
          <GrowthChart points={points} />
        </Suspense>
      </Section>
      <Section title={t('target.years')}>
        <YearTable years={years} choice={choice} scope="city" />
      </Section>
      <Section title={t('target.bases')}>
        <BasesTable years={years} />
      </Section>
    </>
  );
};

const Board = ({ board, choice }: Props) => {
  const { t } = useI18n();
  const [opened, setOpened] = useState<string>();
  const newest = newestLine(board.city.years);
  const title = newest ? `${t('target.universities')} · ${newest.year}` : t('target.universities');
  return (
    <>
      {newest ? <TargetHeadline line={newest} choice={choice} /> : <Empty description={t('target.none')} />}
      <CityYears board={board} choice={choice} />
      <Section title={title}>
        <UniversityTable figures={universityFigures(board, newest?.year, choice.basis)} onOpen={setOpened} />
      </Section>
      <Section title={t('target.others')}>
        <TargetCards targets={board.targets} />
      </Section>
      <Section title={t('target.formula')}>
        <div>{t('target.formulaText')}</div>
        <BaselineNote board={board} choice={choice} scope="city" />
        <div className="quiet">
          {t('target.position')} <code>{board.position}</code>
        </div>
      </Section>
      <UniversityDrawer board={board} choice={choice} universityId={opened} onClose={() => setOpened(undefined)} />
    </>
  );
};

export const TargetBoardPage = () => {
  const { t } = useI18n();
  const { choice, choose } = useTargetChoice();
  const { baseYear, ipScope } = choice;
  const query = useQuery({
    queryKey: ['target-board', baseYear, ipScope],
    queryFn: () => api.targetBoard({ baseYear, ipScope }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="page-head">
        <h1>{t('target.title')}</h1>
        <TargetControls choice={choice} years={baseYears(query.data)} onChange={choose} />
      </div>
      <Loaded query={query}>
        {/* The last board stays until the next arrives, under its own name. */}
        {(board) => <Board board={board} choice={{ ...choice, baseYear: board.baseYear, ipScope: board.ipScope }} />}
      </Loaded>
    </>
  );
};
