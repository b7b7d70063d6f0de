import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  /** Given by the form it stands in. */
  readonly id?: string;
  /** `YYYY-MM-DD`, or nothing. */
  readonly value?: string | undefined;
  readonly onChange?: (date: string | undefined) => void;
  readonly label?: string;
  readonly placeholder?: string;
  readonly allowClear?: boolean;
  readonly testId?: string;
}

/** A legal date, chosen or typed. */
export const DateField = ({ id, value, onChange, label, placeholder, allowClear = true, testId }: Props) => (
  <DatePicker
    {...(id !== undefined && { id })}
    {...(label !== undefined && { 'aria-label': label })}
    {...(testId !== undefined && { 'data-testid': testId })}
    placeholder={placeholder ?? 'YYYY-MM-DD'}
    format="YYYY-MM-DD"
    allowClear={allowClear}
    value={value ? dayjs(value) : null}
    onChange={(date) => onChange?.(date ? date.format('YYYY-MM-DD') : undefined)}
  />
);
