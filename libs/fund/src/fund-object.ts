import type { FoundContract } from '@app/contracts';
import { fundRule } from './fund-rules.js';

/** Measure words (量词) that count the object itself; other units, such as 培育月 or 万元合同额, measure what was done with it. */
const OBJECT_UNIT =
  /^(家|所|个|项|证|张|份|本|座|处|套|institution|certificate|portfolio|award|platform|contract|item)s?$/i;

/** Whether a standard pays for the object as a whole, so that an object is one unit. */
export const countsObjects = (unit: string): boolean => OBJECT_UNIT.test(unit.trim());

/** An object of the registry by the days it is one. */
export interface FundedObject {
  readonly startedOn: string;
  /** First day it is no more. */
  readonly endedOn?: string;
}

/** @throws Refusal F-61 for an object that is not one on the day of the claim */
export const assertInForce = ({ startedOn, endedOn }: FundedObject, objectNumber: string, claimedOn: string): void => {
  const place = { field: 'objectNumber' };
  if (claimedOn < startedOn)
    throw fundRule('F-61', { object: objectNumber, claimedOn, from: startedOn, to: '…' }, place);
  if (endedOn !== undefined && endedOn <= claimedOn) {
    throw fundRule('F-61', { object: objectNumber, claimedOn, from: startedOn, to: endedOn }, place);
  }
};

/** @throws Refusal F-62 for a contract that is not lodged, or whose licence ended early before the day of the claim */
export const assertStanding = (
  { status, terminatedOn }: Pick<FoundContract, 'status' | 'terminatedOn'>,
  objectNumber: string,
  claimedOn: string,
): void => {
  if (status === 'LODGED' && (terminatedOn === undefined || terminatedOn >= claimedOn)) return;
  const state = terminatedOn === undefined ? status : `TERMINATED ${terminatedOn}`;
  throw fundRule('F-62', { contract: objectNumber, state }, { field: 'objectNumber' });
};
