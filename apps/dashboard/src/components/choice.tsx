import { Select } from 'antd';

interface Props {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>;
  readonly width: number;
  /** Given the empty text when the choice is cleared. */
  readonly onChange: (value: string) => void;
}

/** One choice among the filters of a list; none is chosen until one is. */
export const Choice = ({ label, value, options, width, onChange }: Props) => (
  <Select
    allowClear
    showSearch={{ optionFilterProp: 'label' }}
    style={{ width }}
    aria-label={label}
    placeholder={label}
    value={value || undefined}
    options={[...options]}
    onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
  />
);
