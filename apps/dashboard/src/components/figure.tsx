import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly testId?: string;
}

/** One number of a headline. */
export const Figure = ({ label, value, note, testId }: Props) => (
  <div>
    <div className="figure-label">{label}</div>
    <div className="figure-value" data-testid={testId}>
      {value}
    </div>
    {note && <div className="figure-note">{note}</div>}
  </div>
);
