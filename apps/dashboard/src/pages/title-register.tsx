import { Link, useParams } from 'react-router';
import { TitleSection } from '../components/title-section.js';
import { useI18n } from '../i18n.js';
import { useLabels } from '../use-labels.js';

/** The title register of one asset on a page of its own, to be printed or sent to a colleague. */
export const TitleRegisterPage = () => {
  const { t } = useI18n();
  const label = useLabels();
  const { id = '' } = useParams();
  return (
    <>
      <Link className="no-print" to={`/records/asset/${encodeURIComponent(id)}`}>
        ← {label.kind('asset')}
      </Link>
      <h1>{t('title.title')}</h1>
      <TitleSection assetId={id} alone />
    </>
  );
};
