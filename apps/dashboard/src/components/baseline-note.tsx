import type { TargetBoard } from '@app/growth';
import { Descriptions } from 'antd';
import { useI18n } from '../i18n.js';
import { type TargetChoice, baselineOf, newestLine } from '../target.js';

interface Props {
  readonly board: TargetBoard;
  readonly choice: TargetChoice;
  /** `city` or a university's id. */
  readonly scope: string;
}

/** What the figures stand on: formula, rule, base year, and who approved the baseline on what evidence. */
export const BaselineNote = ({ board, choice, scope }: Props) => {
  const { t, pick, count } = useI18n();
  const baseline = baselineOf(board, scope, choice);
  const figure = newestLine(board.city.years)?.growth[choice.basis];
  const items = [
    { key: 'formula', label: t('target.formulaId'), children: figure?.formula },
    { key: 'rule', label: t('target.rule'), children: `${board.rule.id} · ${pick(board.rule)}` },
    { key: 'baseYear', label: t('baseYear.label'), children: board.baseYear },
    { key: 'intervals', label: t('target.intervals'), children: figure?.intervals },
    ...(baseline
      ? [
          { key: 'value', label: t('target.basePoint'), children: count(baseline.value) },
          { key: 'source', label: t('target.baselineSource'), children: baseline.source },
          { key: 'evidence', label: t('target.baselineEvidence'), children: baseline.evidence },
          {
            key: 'approver',
            label: t('target.baselineApprover'),
            children: `${baseline.proposedBy} / ${baseline.approvedBy}`,
          },
        ]
      : [{ key: 'value', label: t('target.basePoint'), children: t('target.noBaseline') }]),
  ];
  return <Descriptions size="small" column={{ xs: 1, lg: 2 }} items={items} data-testid="formula-note" />;
};
