import { useSearchParams } from 'react-router';
import { plusDays, todayInChina } from './dates.js';
import type { DeadlineFilter } from './work-types.js';

const SOON_DAYS = 30;

const FILTERS = ['state', 'kind', 'universityId', 'q', 'asOf', 'sort'] as const;

export type DeadlineChoice = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

/** What was asked for lives in the address, so that a list can be passed on. */
export const useDeadlineChoice = () => {
  const [parameters, setParameters] = useSearchParams();
  const set = FILTERS.map((name) => [name, parameters.get(name)] as const).filter(([, value]) => value);
  const choice = Object.fromEntries(set) as DeadlineChoice;
  const choose = (change: DeadlineChoice) =>
    setParameters(
      Object.entries({ ...choice, ...change }).filter((entry): entry is [string, string] => Boolean(entry[1])),
      { replace: true },
    );
  return { choice, choose };
};

/** As the server is asked: what is due soon is open, and due within thirty days of the day looked at. */
export const askedOf = ({ state, ...rest }: DeadlineChoice): DeadlineFilter =>
  state === 'SOON'
    ? { ...rest, state: 'OPEN', dueBy: plusDays(rest.asOf ?? todayInChina(), SOON_DAYS) }
    : { ...rest, ...(state && { state }) };
