import CopyOutlined from '@ant-design/icons/CopyOutlined';
import { Button, message } from 'antd';
import { copyText } from '../clipboard.js';
import { useI18n } from '../i18n.js';

/** Copies a text and says so. */
export const CopyButton = ({ text, children }: { readonly text: string; readonly children: string }) => {
  const { t } = useI18n();
  return (
    <Button icon={<CopyOutlined />} onClick={() => void copyText(text).then(() => message.success(t('title.copied')))}>
      {children}
    </Button>
  );
};
