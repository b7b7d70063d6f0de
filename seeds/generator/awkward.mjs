import {
  correctedParties,
  corrections,
  numbersAndForms,
  otherRights,
  parties,
  unusualPatents,
} from './awkward-facts.mjs';
import { datesAtTheEdge, lateEntries, neverCounted, packagesAndParallels, voidsAndReturns } from './awkward-times.mjs';

const CASES = [
  packagesAndParallels,
  datesAtTheEdge,
  neverCounted,
  voidsAndReturns,
  corrections,
  correctedParties,
  parties,
  otherRights,
  unusualPatents,
  numbersAndForms,
  lateEntries,
];

/** Adds what an office meets and a naive ledger gets wrong; every such row carries a note that the README lists. */
export const addAwkward = (universities) => {
  for (const add of CASES) add(universities);
};
