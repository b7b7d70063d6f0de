import { isChangshaDivision } from './division.js';

/** 在长转化: decided once by a named rule from what was known, never recomputed (D§1.3). */
export interface InChangsha {
  readonly rule: 'in-changsha/1';
  /** Null where neither place was known. */
  readonly value: boolean | null;
}

/** in-changsha/1: the receiver's registered address or the declared place of implementation lies in Changsha. */
export const determineInChangsha = (...divisions: ReadonlyArray<string | undefined>): InChangsha => {
  const known = divisions.filter((code) => code !== undefined);
  return { rule: 'in-changsha/1', value: known.length === 0 ? null : known.some(isChangshaDivision) };
};
