import { Segmented, Select } from 'antd';
import { useI18n } from '../i18n.js';
import { basisLabels, ipScopeLabels } from '../labels.js';
import type { TargetChoice } from '../target.js';
import { useLabels } from '../use-labels.js';

interface Props {
  readonly choice: TargetChoice;
  readonly years: readonly number[];
  readonly onChange: (change: Partial<TargetChoice>) => void;
}

const keysOf = <Key extends string>(labels: Readonly<Record<Key, unknown>>) => Object.keys(labels) as Key[];

/** How conversions are counted, of which IP, and against which year. */
export const TargetControls = ({ choice, years, onChange }: Props) => {
  const { t } = useI18n();
  const label = useLabels();
  return (
    <div className="controls">
      <span className="quiet">{t('basis.label')}</span>
      <Segmented
        aria-label={t('basis.label')}
        data-testid="basis"
        value={choice.basis}
        options={keysOf(basisLabels).map((value) => ({ value, label: label.basis(value) }))}
        onChange={(basis) => onChange({ basis })}
      />
      <Segmented
        aria-label={t('ipScope.label')}
        data-testid="ip-scope"
        value={choice.ipScope}
        options={keysOf(ipScopeLabels).map((value) => ({ value, label: label.ipScope(value) }))}
        onChange={(ipScope) => onChange({ ipScope })}
      />
      <label>
        <span className="quiet">{t('baseYear.label')}</span>{' '}
        <Select
          data-testid="base-year"
          aria-label={t('baseYear.label')}
          value={choice.baseYear}
          options={years.map((value) => ({ value, label: String(value) }))}
          onChange={(baseYear) => onChange({ baseYear })}
        />
      </label>
    </div>
  );
};
