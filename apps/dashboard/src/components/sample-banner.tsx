import { Alert } from 'antd';
import { useI18n } from '../i18n.js';
import { useAbout } from '../queries.js';

/** Says on every page of a sample ledger that nothing in it is real. */
export const SampleBanner = () => {
  const { t } = useI18n();
  return useAbout()?.sample ? (
    <Alert banner type="warning" title={t('app.sample')} data-testid="sample-banner" />
  ) : null;
};
