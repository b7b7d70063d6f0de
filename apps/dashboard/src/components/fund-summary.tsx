import type { FundBoard } from '@app/fund';
import { Tag } from 'antd';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';
import { Figure } from './figure.js';

/** Budget, what is allocated, and what is left of it. */
export const FundSummary = ({ board }: { readonly board: FundBoard }) => {
  const { t } = useI18n();
  const label = useLabels();
  return (
    <section className="section">
      <div className="figures">
        <Figure label={t('fund.budget')} value={<Amount fen={board.budgetFen} />} testId="fund-budget" />
        <Figure label={t('fund.allocated')} value={<Amount fen={board.allocatedFen} />} testId="fund-allocated" />
        <Figure label={t('fund.left')} value={<Amount fen={board.leftFen} />} testId="fund-left" />
        <Figure label={t('fund.claimCount')} value={board.claims.length} testId="fund-claims" />
        <Tag data-testid="fund-status" color={board.status === 'ALLOCATED' ? 'green' : 'blue'}>
          {label.status(board.status)}
        </Tag>
      </div>
      <div className="quiet">{t('fund.legalBasis', { basis: board.legalBasis, document: board.document })}</div>
    </section>
  );
};
