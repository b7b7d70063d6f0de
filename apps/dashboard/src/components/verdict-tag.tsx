import type { GrowthFigure, Verdict } from '@app/growth';
import { Tag } from 'antd';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';

const COLOURS: Readonly<Record<Verdict, string>> = {
  MET: 'green',
  MISSED: 'red',
  OPEN: 'gold',
  BASE: 'blue',
  NOT_COMPUTABLE: 'default',
};

/** A verdict, and where there can be none, why. */
export const VerdictTag = ({ verdict, reason }: Pick<GrowthFigure, 'verdict' | 'reason'>) => {
  const { pick } = useI18n();
  const label = useLabels();
  return (
    <>
      <Tag color={COLOURS[verdict]}>{label.verdict(verdict)}</Tag>
      {verdict === 'NOT_COMPUTABLE' && reason && <span className="quiet reason">{pick(reason)}</span>}
    </>
  );
};
