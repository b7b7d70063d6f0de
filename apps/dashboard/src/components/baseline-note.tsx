import type { ApprovedBaseline, TargetBoard } from '@app/growth';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n.js';
import { type TargetChoice, baselineOf, newestLine } from '../target.js';

const Note = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

const Approved = ({ baseline }: { readonly baseline: ApprovedBaseline }) => {
  const { t, count } = useI18n();
  return (
    <>
      <Note label={t('target.basePoint')}>{count(baseline.value)}</Note>
      <Note label={t('target.baselineSource')}>{baseline.source}</Note>
      <Note label={t('target.baselineEvidence')}>{baseline.evidence}</Note>
      <Note label={t('target.baselineApprover')}>
        {baseline.proposedBy} / {baseline.approvedBy}
      </Note>
    </>
  );
};

interface Props {
  readonly board: TargetBoard;
  readonly choice: TargetChoice;
  /** `city` or a university's id. */
  readonly scope: string;
}

/** What the figures stand on: formula, rule, base year, and who approved the baseline on what evidence. */
export const BaselineNote = ({ board, choice, scope }: Props) => {
  const { t, pick } = useI18n();
  const baseline = baselineOf(board, scope, choice);
  const figure = newestLine(board.city.years)?.growth[choice.basis];
  return (
    <dl className="notes" data-testid="formula-note">
      <Note label={t('target.formulaId')}>{figure?.formula}</Note>
      <Note label={t('baseYear.label')}>{board.baseYear}</Note>
      <Note label={t('target.intervals')}>{figure?.intervals}</Note>
      {baseline ? (
        <Approved baseline={baseline} />
      ) : (
        <Note label={t('target.basePoint')}>{t('target.noBaseline')}</Note>
      )}
      <Note label={t('target.rule')}>
        {board.rule.id} · {pick(board.rule)}
      </Note>
    </dl>
  );
};
