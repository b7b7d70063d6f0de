import { useSearchParams } from 'react-router';

/** A list's filters live in the address, so that going back from a record finds the same list. */
export const useAddressFilter = <Filter extends object>(
  names: ReadonlyArray<keyof Filter & string>,
  defaults: Filter,
) => {
  const [parameters, setParameters] = useSearchParams();
  const set = names.map((name) => [name, parameters.get(name)] as const).filter(([, value]) => value);
  const filter: Filter = { ...defaults, ...Object.fromEntries(set) };
  const change = (changed: Partial<Filter>) =>
    setParameters(
      Object.entries({ ...filter, ...changed }).filter((entry): entry is [string, string] => Boolean(entry[1])),
      { replace: true },
    );
  return { filter, change };
};
