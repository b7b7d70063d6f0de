import DownOutlined from '@ant-design/icons/DownOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, message } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../api.js';
import type { RecordDetail } from '../api-types.js';
import type { Outcome } from '../command-types.js';
import { type RecordCommand, commandsFor, commandsMaking } from '../commands.js';
import { useI18n } from '../i18n.js';
import { STEADY, useMe } from '../queries.js';

const CommandDrawer = lazy(async () => ({ default: (await import('./command-drawer.js')).CommandDrawer }));

/** Everything shown may have changed; the record itself is read with the position of what was written. */
const useReread = () => {
  const queries = useQueryClient();
  return async (kind: string, id: string, position?: string): Promise<void> => {
    const record = await api.record(kind, id, position);
    queries.setQueryData(['record', kind, id], record);
    await queries.invalidateQueries({
      predicate: ({ queryKey: [name, ...path] }) =>
        !STEADY.has(String(name)) && !(name === 'record' && path.join() === `${kind},${id}`),
    });
  };
};

/** The commands as buttons, those beyond the first few in a menu. */
const CommandButtons = ({
  commands,
  onChoose,
}: {
  readonly commands: readonly RecordCommand[];
  readonly onChoose: (command: RecordCommand) => void;
}) => {
  const { t, pick } = useI18n();
  const SHOWN = 4;
  const [shown, more] = [commands.slice(0, SHOWN), commands.slice(SHOWN)];
  return (
    <>
      {shown.map((command) => (
        <Button
          key={command.id}
          danger={command.danger === true}
          data-testid={`command-${command.id}`}
          onClick={() => onChoose(command)}
        >
          {pick(command)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((command) => ({ key: command.id, label: pick(command), danger: command.danger === true })),
            onClick: ({ key }) => {
              const chosen = more.find(({ id }) => id === key);
              if (chosen) onChoose(chosen);
            },
          }}
        >
          <Button data-testid="command-more" icon={<DownOutlined />} iconPlacement="end">
            {t('act.more')}
          </Button>
        </Dropdown>
      )}
    </>
  );
};

/** What the viewer may do to this record as it stands. */
export const RecordActions = ({ record }: { readonly record: RecordDetail }) => {
  const { t, pick } = useI18n();
  const navigate = useNavigate();
  const reread = useReread();
  const [opened, open] = useState<RecordCommand>();
  const commands = commandsFor(record, useMe().data);
  const { kind, id } = record;
  const written = async (command: RecordCommand, { id: made, position, written: isNew }: Outcome) => {
    open(undefined);
    void message.success(isNew ? t('act.done', { title: pick(command) }) : t('act.unchanged'));
    await reread(kind, id, position);
    if (command.makes) void navigate(`/records/${command.makes}/${encodeURIComponent(made)}`);
  };
  if (commands.length === 0) return null;
  return (
    <div className="controls no-print" role="group" aria-label={t('act.actions')}>
      <CommandButtons commands={commands} onChoose={open} />
      {opened && (
        <Suspense>
          <CommandDrawer
            command={opened}
            record={record}
            onClose={() => open(undefined)}
            onWritten={(outcome) => void written(opened, outcome)}
            onReload={() => void reread(kind, id)}
          />
        </Suspense>
      )}
    </div>
  );
};

/** Makes a record of the kind the list shows. */
export const NewRecordButtons = ({ kind }: { readonly kind: string }) => {
  const { t, pick } = useI18n();
  const navigate = useNavigate();
  const reread = useReread();
  const [opened, open] = useState<RecordCommand>();
  const commands = commandsMaking(kind, useMe().data);
  const written = async (command: RecordCommand, { id, position, written: isNew }: Outcome) => {
    open(undefined);
    void message.success(isNew ? t('act.done', { title: pick(command) }) : t('act.unchanged'));
    await reread(kind, id, position);
    void navigate(`/records/${kind}/${encodeURIComponent(id)}`);
  };
  return (
    <>
      {commands.map((command) => (
        <Button
          key={command.id}
          type="primary"
          icon={<PlusOutlined />}
          data-testid={`new-${command.id}`}
          onClick={() => open(command)}
        >
          {t('act.new')} · {pick(command)}
        </Button>
      ))}
      {opened && (
        <Suspense>
          <CommandDrawer
            key={opened.id}
            command={opened}
            onClose={() => open(undefined)}
            onWritten={(outcome) => void written(opened, outcome)}
            onReload={() => undefined}
          />
        </Suspense>
      )}
    </>
  );
};
