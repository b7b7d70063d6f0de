import { Button } from 'antd';
import { useI18n } from '../i18n.js';

/** Turns to the other language; the button is written in it. */
export const LanguageSwitch = () => {
  const { language, setLanguage, t } = useI18n();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other} data-testid="language" onClick={() => setLanguage(other)}>
      {t('app.language')}
    </Button>
  );
};
