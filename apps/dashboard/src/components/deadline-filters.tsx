import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { api } from '../api.js';
import { type DeadlineChoice, askedOf } from '../deadline-filter.js';
import { useI18n } from '../i18n.js';
import { useMe, useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import type { DeadlinePage } from '../work-types.js';
import { Choice } from './choice.js';
import { DateField } from './date-field.js';

interface Props {
  readonly choice: DeadlineChoice;
  readonly onChange: (change: DeadlineChoice) => void;
}

/** How many of what is open is due soon. */
const useSoon = (choice: DeadlineChoice): number | undefined => {
  const asked = askedOf({ ...choice, state: 'SOON' });
  const queryFn = () => api.deadlines(asked, { limit: 1 });
  return useQuery({ queryKey: ['deadlines', 'soon', asked], queryFn }).data?.total;
};

/** The counts by state, each a button that narrows the list to it. */
export const DeadlineCounts = ({ choice, onChange, page }: Props & { readonly page: DeadlinePage | undefined }) => {
  const { count } = useI18n();
  const label = useLabels();
  const soon = useSoon(choice);
  const counts = page?.counts;
  const shown = (value: number | undefined) => (value === undefined ? '…' : count(value));
  const buttons = [
    ['OVERDUE', shown(counts?.OVERDUE)],
    ['SOON', shown(soon)],
    ['OPEN', shown(counts?.OPEN)],
    ['MET', shown(counts?.MET)],
    ['MET_LATE', shown(counts?.MET_LATE)],
  ] as const;
  return (
    <div className="count-filters">
      {buttons.map(([state, value]) => (
        <Button
          key={state}
          className="count-filter"
          type={choice.state === state ? 'primary' : 'default'}
          ghost={choice.state === state}
          aria-pressed={choice.state === state}
          data-testid={`deadline-count-${state}`}
          onClick={() => onChange({ state: choice.state === state ? '' : state })}
        >
          <span className="figure-label">{label.deadline(state)}</span>
          <span className={`figure-value ${state === 'OVERDUE' && value !== '0' ? 'overdue' : ''}`}>{value}</span>
        </Button>
      ))}
    </div>
  );
};

const STATES = ['OVERDUE', 'SOON', 'OPEN', 'NOT_YET', 'MET', 'MET_LATE', 'LAPSED', 'CANCELLED', 'ALL'];

/** What narrows the list of deadlines. */
export const DeadlineFilters = ({ choice, onChange }: Props) => {
  const { t, pick } = useI18n();
  const label = useLabels();
  const { universities, nameOf } = useUniversities();
  const onlyOwn = useMe().data?.actions['record.read'] === 'own';
  const kinds = useQuery({
    queryKey: ['deadline-kinds'],
    queryFn: api.deadlineKinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { q, asOf, state, kind, universityId } = choice;
  return (
    <search className="controls">
      <Choice
        label={t('deadlines.state')}
        width={150}
        value={state}
        options={STATES.map((code) => ({ value: code, label: label.deadline(code) }))}
        onChange={(chosen) => onChange({ state: chosen })}
      />
      <Choice
        label={t('deadlines.kind')}
        width={190}
        value={kind}
        options={Object.entries(kinds.data ?? {}).map(([value, { title }]) => ({ value, label: pick(title) }))}
        onChange={(chosen) => onChange({ kind: chosen })}
      />
      {!onlyOwn && (
        <Choice
          label={t('records.university')}
          width={180}
          value={universityId}
          options={universities.map(({ universityId: value }) => ({ value, label: nameOf(value) }))}
          onChange={(chosen) => onChange({ universityId: chosen })}
        />
      )}
      <Input.Search
        key={q}
        allowClear
        style={{ width: 210 }}
        defaultValue={q}
        placeholder={t('deadlines.search')}
        aria-label={t('deadlines.search')}
        onSearch={(text) => onChange({ q: text.trim() })}
      />
      <DateField
        label={t('deadlines.asOf')}
        placeholder={t('deadlines.asOf')}
        value={asOf}
        onChange={(date) => onChange({ asOf: date ?? '' })}
      />
      <Button type="text" onClick={() => onChange({ q: '', asOf: '', state: '', kind: '', universityId: '' })}>
        {t('records.clear')}
      </Button>
    </search>
  );
};
