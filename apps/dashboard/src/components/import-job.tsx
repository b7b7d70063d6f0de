import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Progress, Tag } from 'antd';
import { useEffect } from 'react';
import { api } from '../api.js';
import type { ImportJob } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';
import { Figure } from './figure.js';
import { ImportProblems } from './import-problems.js';
import { Loaded } from './loaded.js';
import { Section } from './section.js';

const POLL_EVERY = 700;

const OUTCOMES = ['written', 'unchanged', 'refused', 'different'] as const;

const JobProgress = ({ job }: { readonly job: ImportJob }) => {
  const { t, count } = useI18n();
  const { done, total, finishedAt } = job;
  const percent = finishedAt ? 100 : total ? Math.floor((done * 100) / total) : 0;
  return (
    <div aria-live="polite">
      <Progress percent={percent} status={finishedAt ? 'normal' : 'active'} aria-label={t('imports.title')} />
      <div className="quiet">
        {total
          ? t('imports.progress', { done: count(done), total: count(total) })
          : !finishedAt && t('imports.counting')}
      </div>
    </div>
  );
};

const JobView = ({ job }: { readonly job: ImportJob }) => {
  const { t, count } = useI18n();
  const label = useLabels();
  return (
    <>
      <div className="section-head">
        <span>
          {job.fileName} <Tag data-testid="import-status">{label.status(job.status)}</Tag>
        </span>
      </div>
      <JobProgress job={job} />
      <div className="figures">
        {OUTCOMES.map((outcome) => (
          <Figure
            key={outcome}
            label={t(`imports.${outcome}`)}
            value={count(job[outcome])}
            testId={`import-${outcome}`}
          />
        ))}
      </div>
      {job.finishedAt && (
        <>
          <h3>{t('imports.problems')}</h3>
          <ImportProblems problems={job.problems ?? []} />
        </>
      )}
    </>
  );
};

/** One import, followed until it ends. */
export const ImportJobSection = ({ jobId }: { readonly jobId: string }) => {
  const { t } = useI18n();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['import-job', jobId],
    queryFn: () => api.importJob(jobId),
    refetchInterval: ({ state }) => (state.data?.finishedAt || state.error ? false : POLL_EVERY),
  });
  const finished = Boolean(query.data?.finishedAt);
  // New records change every list and board; the query that tells so stays.
  useEffect(() => {
    if (finished) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import-job' });
  }, [finished, client]);
  return (
    <Section title={t('imports.result')}>
      <Loaded query={query}>{(job) => <JobView job={job} />}</Loaded>
    </Section>
  );
};
