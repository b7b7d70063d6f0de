import type { FundBoard } from '@app/fund';
import { useQuery } from '@tanstack/react-query';
import { Empty, Select } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { api } from '../api.js';
import { FundCategoryTable } from '../components/fund-category-table.js';
import { FundClaimsTable } from '../components/fund-claims-table.js';
import { FundSummary } from '../components/fund-summary.js';
import { FundUniversityTable } from '../components/fund-university-table.js';
import { Loaded } from '../components/loaded.js';
import { Section } from '../components/section.js';
import { useI18n } from '../i18n.js';

const Board = ({ board }: { readonly board: FundBoard }) => {
  const { t } = useI18n();
  return (
    <>
      <FundSummary board={board} />
      <Section title={t('fund.categories')}>
        <FundCategoryTable lines={board.categories} />
      </Section>
      <Section title={t('fund.claims')}>
        <FundClaimsTable board={board} />
      </Section>
      <Section title={t('fund.universities')}>
        <FundUniversityTable lines={board.universities} />
      </Section>
      <div className="quiet">
        {t('target.position')} <code>{board.position}</code>
      </div>
    </>
  );
};

const FundYear = ({ year }: { readonly year: number }) => {
  const query = useQuery({ queryKey: ['fund-board', year], queryFn: () => api.fundBoard(year) });
  return <Loaded query={query}>{(board) => <Board board={board} />}</Loaded>;
};

export const FundBoardPage = () => {
  const { t } = useI18n();
  const navigate = useNavigate();
  const parameters = useParams();
  const query = useQuery({ queryKey: ['fund-years'], queryFn: api.fundYears });
  const years = (query.data ?? []).map(({ year }) => year).sort((a, b) => b - a);
  const year = parameters['year'] ? Number(parameters['year']) : years[0];
  return (
    <>
      <div className="page-head">
        <h1>{t('fund.title')}</h1>
        {years.length > 0 && (
          <label>
            {t('fund.year')}{' '}
            <Select
              data-testid="fund-year"
              aria-label={t('fund.year')}
              value={year}
              options={years.map((value) => ({ value, label: String(value) }))}
              onChange={(chosen) => void navigate(`/fund/${chosen}`)}
            />
          </label>
        )}
      </div>
      <Loaded query={query}>
        {() => (year === undefined ? <Empty description={t('fund.none')} /> : <FundYear key={year} year={year} />)}
      </Loaded>
    </>
  );
};
