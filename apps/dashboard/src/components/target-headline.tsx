import type { GrowthFigure, Verdict, YearLine } from '@app/growth';
import { useI18n } from '../i18n.js';
import type { MessageKey } from '../messages.js';
import { type TargetChoice, percent, signed } from '../target.js';
import { useLabels } from '../use-labels.js';
import { Figure } from './figure.js';

const VERDICTS: Readonly<Record<Verdict, MessageKey>> = {
  MET: 'target.met',
  MISSED: 'target.missed',
  OPEN: 'target.ongoing',
  BASE: 'target.base',
  NOT_COMPUTABLE: 'target.notComputable',
};

interface Props {
  readonly line: YearLine;
  readonly choice: TargetChoice;
}

const Figures = ({ figure, year }: { readonly figure: GrowthFigure; readonly year: number }) => {
  const { t, count } = useI18n();
  const { baseYear: base, intervals } = figure;
  const none = t('value.none');
  const shown = (value: number | null) => (value === null ? none : count(value));
  return (
    <div className="figures">
      <Figure
        label={t('target.average')}
        value={percent(figure.averagePercent) ?? none}
        note={t('target.averageFrom', { base, year, intervals })}
        testId="target-average"
      />
      <Figure label={t('target.actual')} value={count(figure.actual)} testId="target-actual" />
      <Figure label={t('target.required')} value={shown(figure.required)} testId="target-required" />
      <Figure label={t('target.gap')} value={signed(figure.gap) ?? none} testId="target-gap" />
      <Figure label={t('target.basePoint')} value={shown(figure.base)} note={String(base)} testId="target-base" />
    </div>
  );
};

/** The answer the page is opened for: is the 20% met, by how much, and on what count. */
export const TargetHeadline = ({ line, choice }: Props) => {
  const { t, pick } = useI18n();
  const label = useLabels();
  const figure = line.growth[choice.basis];
  return (
    <section className={`section verdict verdict-${figure.verdict}`} style={{ flexDirection: 'row' }}>
      <div>
        <div className="verdict-text" data-testid="target-verdict" data-verdict={figure.verdict}>
          {t(VERDICTS[figure.verdict], { year: line.year })}
        </div>
        <div className="quiet">
          {label.basis(choice.basis)} · {label.ipScope(choice.ipScope)}
        </div>
        {figure.reason && <div data-testid="target-reason">{pick(figure.reason)}</div>}
      </div>
      <Figures figure={figure} year={line.year} />
    </section>
  );
};
