import { useI18n } from '../i18n.js';
import { wanYuan, yuan } from '../money.js';

interface Props {
  /** A text of integer fen, null where there is no amount. */
  readonly fen: string | null;
  /** What is shown where there is no amount. */
  readonly none?: string;
}

/** An amount exactly, in 万元 and below it in 元. */
export const Amount = ({ fen, none }: Props) => {
  const { t } = useI18n();
  if (fen === null) return <span className="quiet">{none ?? t('value.none')}</span>;
  return (
    <span className="amount number">
      <span>{t('value.wanYuan', { amount: wanYuan(fen) })}</span>
      <span className="figure-note">{t('value.yuan', { amount: yuan(fen) })}</span>
    </span>
  );
};
