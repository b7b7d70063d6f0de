import { assetFor } from './assets.mjs';
import { addDays, addYears } from './dates.mjs';
import { addDeal } from './deals.mjs';
import { companyInChangsha } from './names.mjs';

/* Contracts as the awkward cases want them: whatever is not said is the most usual thing. */

/** The sheet imported after the voids. */
export const LATE = 'late-contracts';

export const invention = (university, signedOn) => assetFor(university, 'INVENTION', signedOn);

const usual = (university, signedOn) => ({
  university,
  signedOn,
  assets: [invention(university, signedOn)],
  receiver: companyInChangsha(),
  technologyContract: true,
});

/** An ordinary licence for three years; `recordedOn` undefined if it never was. */
export const licence = (university, signedOn, recordedOn, extra) =>
  addDeal({
    ...usual(university, signedOn),
    mode: 'LICENCE',
    licenceKind: 'ORDINARY',
    recordedOn,
    endsOn: addDays(addYears(signedOn, 3), -1),
    ...extra,
  });

/** A transfer; `registeredOn` undefined while it is not. */
export const sale = (university, signedOn, registeredOn, extra) =>
  addDeal({ ...usual(university, signedOn), mode: 'TRANSFER', registeredOn, ...extra });

/** A title that leaves for nothing. */
export const handover = (university, signedOn, registeredOn, extra) =>
  sale(university, signedOn, registeredOn, { feeType: 'FREE', fee: undefined, technologyContract: false, ...extra });
