import type { PlanTarget } from '@app/growth';
import { useI18n } from '../i18n.js';
import { VerdictTag } from './verdict-tag.js';

const TargetCard = ({ target }: { readonly target: PlanTarget }) => {
  const { t, pick, count } = useI18n();
  const { actual, required, path } = target;
  return (
    <article className="card" data-testid={`plan-target-${target.id}`}>
      <div className="section-head">
        <h3>
          {target.id} · {pick(target.title)}
        </h3>
        <VerdictTag verdict={target.verdict} reason={null} />
      </div>
      {target.reason && <div className="quiet">{pick(target.reason)}</div>}
      <div>
        <span className="figure-value">{actual === null ? t('value.none') : count(actual)}</span>{' '}
        {required !== null && <span className="quiet">{t('target.ofRequired', { required: count(required) })}</span>}
      </div>
      <blockquote className="quotation" lang="zh-CN">
        {target.quotation}
        <div className="quiet">{target.place}</div>
      </blockquote>
      {path.length > 0 && (
        <div className="quiet path">
          <span>{t('target.byYear')}</span>
          {path.map(({ year, value }) => (
            <span key={year} className="number">{`${year}: ${count(value)}`}</span>
          ))}
        </div>
      )}
    </article>
  );
};

/** The other targets of the plan, each with the words it stands on. */
export const TargetCards = ({ targets }: { readonly targets: readonly PlanTarget[] }) => (
  <div className="cards">
    {targets.map((target) => (
      <TargetCard key={target.id} target={target} />
    ))}
  </div>
);
