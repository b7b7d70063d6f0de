import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { api } from '../api.js';
import { ImportHistory } from '../components/import-history.js';
import { ImportJobSection } from '../components/import-job.js';
import { ImportUpload } from '../components/import-upload.js';
import { Loaded } from '../components/loaded.js';
import { Section } from '../components/section.js';
import { useI18n } from '../i18n.js';

export const ImportsPage = () => {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { jobId } = useParams();
  const kinds = useQuery({ queryKey: ['import-kinds'], queryFn: api.importKinds });
  const jobs = useQuery({ queryKey: ['import-jobs'], queryFn: api.importJobs });
  const follow = (started: string) => {
    void jobs.refetch();
    void navigate(`/imports/${started}`);
  };
  return (
    <>
      <h1>{t('imports.title')}</h1>
      <Section title={t('imports.kind')}>
        <Loaded query={kinds}>{(offered) => <ImportUpload kinds={offered} onStarted={follow} />}</Loaded>
      </Section>
      {jobId && <ImportJobSection key={jobId} jobId={jobId} />}
      <Section title={t('imports.history')}>
        <Loaded query={jobs}>{(past) => <ImportHistory jobs={past} kinds={kinds.data ?? []} />}</Loaded>
      </Section>
    </>
  );
};
