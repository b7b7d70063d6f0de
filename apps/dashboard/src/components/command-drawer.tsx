import { useQuery } from '@tanstack/react-query';
import { Drawer, Modal } from 'antd';
import { useState } from 'react';
import { Problem } from '../http.js';
import type { RecordDetail } from '../api-types.js';
import type { Outcome } from '../command-types.js';
import { type RecordCommand, parametersOf } from '../commands.js';
import { useI18n } from '../i18n.js';
import { openApiQuery } from '../queries.js';
import { commandFields } from '../schema-form.js';
import { CommandForm } from './command-form.js';
import { ErrorAlert } from './error-alert.js';
import { Loaded } from './loaded.js';

interface Props {
  readonly command: RecordCommand;
  /** The record it is done to; none for one that makes a record from nothing. */
  readonly record?: RecordDetail | undefined;
  readonly onClose: () => void;
  readonly onWritten: (outcome: Outcome) => void;
  readonly onReload: () => void;
}

/** The form of a command beside the page. Closing asks first when something was typed. */
export const CommandDrawer = ({ command, record, onClose, onWritten, onReload }: Props) => {
  const { t, pick } = useI18n();
  const [dirty, setDirty] = useState(false);
  const [modal, holder] = Modal.useModal();
  const api = useQuery(openApiQuery);
  const known = Object.keys(parametersOf(command, record));
  const leave = () => {
    if (!dirty) onClose();
    else
      void modal.confirm({
        title: t('act.leave'),
        okText: t('act.leaveYes'),
        cancelText: t('act.leaveNo'),
        onOk: onClose,
      });
  };
  const missing = () => new Problem(404, { zh: t('act.noRoute'), en: t('act.noRoute') });
  return (
    <Drawer
      open
      size="min(760px, 100vw)"
      title={record ? `${pick(command)} · ${record.number}` : pick(command)}
      mask={{ closable: false }}
      onClose={leave}
      data-testid="command-drawer"
    >
      {holder}
      <Loaded query={api}>
        {(offered) => {
          const fields = commandFields(offered, `/api/v1${command.path}`, known);
          if (!fields) return <ErrorAlert error={missing()} />;
          return (
            <CommandForm
              command={command}
              record={record}
              fields={fields}
              onDirty={() => setDirty(true)}
              onWritten={onWritten}
              onReload={onReload}
            />
          );
        }}
      </Loaded>
    </Drawer>
  );
};
