import { useSyncExternalStore } from 'react';

export interface Stored<Value> {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** The value as a component follows it. */
  readonly use: () => Value;
}

/** A value kept in the browser's local storage and shared by its tabs. `parse` gets null when nothing is kept. */
export const stored = <Value>(key: string, parse: (text: string | null) => Value): Stored<Value> => {
  let value = parse(localStorage.getItem(key));
  const listeners = new Set<() => void>();
  const take = (next: Value) => {
    value = next;
    for (const listener of listeners) listener();
  };
  window.addEventListener('storage', (event) => {
    if (event.key === key) take(parse(event.newValue));
  });
  const get = () => value;
  const set = (next: Value) => {
    if (next === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(next));
    take(next);
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { get, set, subscribe, use: () => useSyncExternalStore(subscribe, get) };
};
