import { Alert, Button } from 'antd';
import { conflictPath } from '../conflict.js';
import { Problem } from '../http.js';
import { type I18n, useI18n } from '../i18n.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** What the button says, in place of “try again”. */
  readonly retry?: string;
}

/** The rule that refused, the clause it stands on, and the record in the way. */
const Grounds = ({ problem, i18n: { t, pick } }: { readonly problem: Problem; readonly i18n: I18n }) => {
  const { rule, clause, place } = problem;
  const grounds = [rule && t('error.rule', { rule }), clause && t('error.clause', { clause })].filter(Boolean);
  const path = conflictPath(problem);
  return (
    <>
      {grounds.join(' · ')}
      {place.conflict && !path && <div>{t('error.conflict', { id: place.conflict })}</div>}
      {path && (
        // A page of its own: what was typed here stays.
        <div>
          <a href={path} target="_blank" rel="noreferrer">
            {t('error.seeRecord')}
          </a>
        </div>
      )}
      {place.errors && (
        <ul>
          {place.errors.map((one) => (
            <li key={`${one.field} ${one.en}`}>
              <code>{one.field}</code> {pick(one)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** What went wrong, in the reader's language, with the rule that refused it and the clause the rule stands on. */
export const ErrorAlert = ({ error, onRetry, retry }: Props) => {
  const i18n = useI18n();
  const { t, pick } = i18n;
  const problem = error instanceof Problem ? error : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="error"
      title={problem ? pick(problem.text) : t('error.unknown')}
      description={problem && (problem.rule || problem.clause) ? <Grounds problem={problem} i18n={i18n} /> : undefined}
      action={onRetry ? <Button onClick={onRetry}>{retry ?? t('app.retry')}</Button> : undefined}
    />
  );
};
