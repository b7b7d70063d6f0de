import { Alert, Button } from 'antd';
import { Problem } from '../api.js';
import { useI18n } from '../i18n.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, in the reader's language, with the rule that refused it and the clause the rule stands on. */
export const ErrorAlert = ({ error, onRetry }: Props) => {
  const { t, pick } = useI18n();
  const problem = error instanceof Problem ? error : undefined;
  const grounds = [
    problem?.rule && t('error.rule', { rule: problem.rule }),
    problem?.clause && t('error.clause', { clause: problem.clause }),
  ].filter(Boolean);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="error"
      title={problem ? pick(problem.text) : t('error.unknown')}
      description={grounds.length > 0 ? grounds.join(' · ') : undefined}
      action={onRetry ? <Button onClick={onRetry}>{t('app.retry')}</Button> : undefined}
    />
  );
};
