import PrinterOutlined from '@ant-design/icons/PrinterOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { api } from '../api.js';
import { todayInChina } from '../dates.js';
import { useI18n } from '../i18n.js';
import { CopyButton } from './copy-button.js';
import { DateField } from './date-field.js';
import { Loaded } from './loaded.js';
import { Section } from './section.js';
import { TitleRegisterView } from './title-register.js';

interface Props {
  readonly assetId: string;
  /** On a page of its own it can be printed and passed on. */
  readonly alone?: boolean;
}

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);

/** The title register with the date it is read as of, which lives in the address. */
export const TitleSection = ({ assetId, alone = false }: Props) => {
  const { t } = useI18n();
  const [parameters, setParameters] = useSearchParams();
  const given = parameters.get('asOf');
  const asOf = isDate(given) ? given : todayInChina();
  const query = useQuery({
    queryKey: ['title-register', assetId, asOf],
    queryFn: () => api.titleRegister(assetId, asOf),
    placeholderData: keepPreviousData,
  });
  const path = `/records/asset/${encodeURIComponent(assetId)}/register?asOf=${asOf}`;
  const controls = (
    <div className="controls no-print">
      <span className="quiet">{t('title.asOf')}</span>
      <DateField
        label={t('title.asOf')}
        testId="title-as-of"
        allowClear={false}
        value={asOf}
        onChange={(date) => setParameters(date ? { asOf: date } : {}, { replace: true })}
      />
      {alone ? (
        <>
          <CopyButton text={location.origin + path}>{t('title.copy')}</CopyButton>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('title.print')}
          </Button>
        </>
      ) : (
        <Link to={path}>{t('title.own')}</Link>
      )}
    </div>
  );
  return (
    <Section title={t('title.title')} extra={controls}>
      <Loaded query={query}>{(register) => <TitleRegisterView register={register} />}</Loaded>
    </Section>
  );
};
