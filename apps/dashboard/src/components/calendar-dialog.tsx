import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { api } from '../api.js';
import { useI18n } from '../i18n.js';
import { CopyButton } from './copy-button.js';
import { ErrorAlert } from './error-alert.js';

/** Gives the personal address under which calendar programs read the viewer's deadlines. */
export const CalendarDialog = () => {
  const { t, instant } = useI18n();
  const [open, setOpen] = useState(false);
  const token = useMutation({ mutationFn: api.calendarToken });
  const show = () => {
    setOpen(true);
    if (!token.data) token.mutate();
  };
  const url = token.data && location.origin + token.data.url;
  return (
    <>
      <Button icon={<CalendarOutlined />} data-testid="calendar" onClick={show}>
        {t('deadlines.calendar')}
      </Button>
      <Modal open={open} title={t('deadlines.calendar')} footer={null} onCancel={() => setOpen(false)}>
        <div className="stack">
          <div>{t('deadlines.calendarText')}</div>
          {token.error && <ErrorAlert error={token.error} onRetry={() => token.mutate()} />}
          {token.isPending && <Skeleton active paragraph={{ rows: 1 }} />}
          {url && (
            <>
              <Input.TextArea
                readOnly
                autoSize
                data-testid="calendar-url"
                aria-label={t('deadlines.calendar')}
                value={url}
                onFocus={({ target }) => target.select()}
              />
              <div>
                <CopyButton text={url}>{t('deadlines.copy')}</CopyButton>
              </div>
              <Alert
                type="warning"
                showIcon
                title={t('deadlines.calendarPersonal', { instant: instant(token.data.expiresAt) })}
              />
            </>
          )}
        </div>
      </Modal>
    </>
  );
};
