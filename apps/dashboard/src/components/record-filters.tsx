import { Button, Input, Select } from 'antd';
import type { RecordFilter } from '../api-types.js';
import { useI18n } from '../i18n.js';
import { ipTypeLabels, kindGroups, kindLabels } from '../labels.js';
import { useMe, useUniversities } from '../queries.js';
import { statusesOf } from '../status-labels.js';
import { useLabels } from '../use-labels.js';
import { Choice } from './choice.js';

interface Props {
  readonly filter: RecordFilter;
  readonly onChange: (change: Partial<RecordFilter>) => void;
}

const FIRST_YEAR = 2015;

const years = (): string[] => {
  const last = new Date().getFullYear();
  return Array.from({ length: last - FIRST_YEAR + 1 }, (_, back) => String(last - back));
};

const titled = (value: string, label: string) => ({ value, label });

const KindSelect = ({ filter, onChange }: Props) => {
  const { t, pick } = useI18n();
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: 190 }}
      aria-label={t('records.kind')}
      data-testid="record-kind"
      value={filter.kind}
      options={kindGroups.map(({ title, kinds }) => ({
        label: pick(title),
        options: kinds.map((kind) => titled(kind, pick(kindLabels[kind]))),
      }))}
      // Statuses and IP types belong to the kind they were chosen for.
      onChange={(kind) => onChange({ kind, status: '', ipType: '', sort: '' })}
    />
  );
};

const UniversityChoice = ({ filter, onChange }: Props) => {
  const { t } = useI18n();
  const { universities, nameOf } = useUniversities();
  const onlyOwn = useMe().data?.actions['record.read'] === 'own';
  if (onlyOwn || filter.kind === 'university') return null;
  return (
    <Choice
      label={t('records.university')}
      width={180}
      value={filter.universityId}
      options={universities.map(({ universityId }) => titled(universityId, nameOf(universityId)))}
      onChange={(universityId) => onChange({ universityId })}
    />
  );
};

/** What narrows the list of records. */
export const RecordFilters = ({ filter, onChange }: Props) => {
  const { t } = useI18n();
  const label = useLabels();
  const { kind, status, year, ipType, q } = filter;
  const statuses = statusesOf[kind] ?? [];
  return (
    <search className="controls">
      <KindSelect filter={filter} onChange={onChange} />
      <Input.Search
        key={q}
        allowClear
        style={{ width: 230 }}
        defaultValue={q}
        placeholder={t('records.search')}
        aria-label={t('records.search')}
        onSearch={(text) => onChange({ q: text.trim() })}
      />
      <UniversityChoice filter={filter} onChange={onChange} />
      {statuses.length > 0 && (
        <Choice
          label={t('records.status')}
          width={110}
          value={status}
          options={statuses.map((code) => titled(code, label.status(code, kind)))}
          onChange={(chosen) => onChange({ status: chosen })}
        />
      )}
      <Choice
        label={t('records.year')}
        width={100}
        value={year}
        options={years().map((one) => titled(one, one))}
        onChange={(chosen) => onChange({ year: chosen })}
      />
      {(kind === 'asset' || kind === 'contract') && (
        <Choice
          label={t('records.ipType')}
          width={150}
          value={ipType}
          options={Object.keys(ipTypeLabels).map((code) => titled(code, label.ipType(code)))}
          onChange={(chosen) => onChange({ ipType: chosen })}
        />
      )}
      <Button type="text" onClick={() => onChange({ universityId: '', status: '', year: '', ipType: '', q: '' })}>
        {t('records.clear')}
      </Button>
    </search>
  );
};
