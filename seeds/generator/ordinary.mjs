import { assetFor, expiryOf } from './assets.mjs';
import { addDays, addYears, dateBetween, earlier, later, onWeekday, yearOf } from './dates.mjs';
import { addDeal } from './deals.mjs';
import { anyCompany } from './names.mjs';
import { randomOf } from './random.mjs';
import { sharesOf } from './universities.mjs';

/* The everyday business of the offices, year by year, until the year has as many conversions as it should. */

const random = randomOf('ordinary');

const TYPES = {
  INVENTION: 55,
  UTILITY_MODEL: 24,
  DESIGN: 4,
  SOFTWARE: 12,
  TECH_SECRET: 1.6,
  LAYOUT: 0.8,
  PLANT_VARIETY: 1,
  TRADEMARK: 0.8,
};
const FIELD_TYPES = { hunau: { PLANT_VARIETY: 14 }, csuft: { PLANT_VARIETY: 6 } };

/** Packages grow over the years, so that 件次 grows faster than 项. */
const PACKAGES = {
  2020: { 1: 82, 2: 11, 3: 4, 4: 2, 5: 1 },
  2021: { 1: 84, 2: 10, 3: 4, 4: 1, 6: 1 },
  2022: { 1: 80, 2: 10, 3: 5, 4: 3, 6: 2 },
  2023: { 1: 76, 2: 11, 3: 6, 4: 3, 5: 2, 8: 2 },
  2024: { 1: 75, 2: 11, 3: 6, 4: 4, 5: 2, 8: 2 },
  2025: { 1: 66, 2: 14, 3: 8, 4: 5, 6: 4, 10: 3 },
};
/** How often a licence is one more of an asset that is under ordinary licences already. */
const AGAIN = { 2020: 0.04, 2021: 0.1, 2022: 0.22, 2023: 0.2, 2024: 0.22, 2025: 0.3 };

/** Assets under ordinary licences, which take more of them at any time, by university. */
const open = new Map();
const poolOf = ({ code }) => open.get(code) ?? [];

/** Lets others license the asset too; `isKept` bars its sale. */
export const addToPool = (asset, isKept = false) => {
  if (isKept) asset.isKept = true;
  open.set(asset.university.code, [...poolOf(asset.university), asset]);
};

const fromPool = (university, signedOn, isFit = () => true) => {
  const pool = poolOf(university);
  for (let tries = 0; tries < 6 && pool.length > 0; tries += 1) {
    const asset = random.pick(pool);
    const expiry = expiryOf(asset) ?? '9999-12-31';
    if ((asset.grantedOn ?? asset.filedOn) < signedOn && expiry > addYears(signedOn, 1) && isFit(asset)) return asset;
  }
  return undefined;
};

const severalFromPool = (count, university, signedOn) => {
  const found = new Set();
  for (let tries = 0; found.size < count && tries < count * 4; tries += 1) {
    const asset = fromPool(university, signedOn);
    if (asset) found.add(asset);
  }
  return [...found];
};

const typeFor = (university) => random.weighted({ ...TYPES, ...FIELD_TYPES[university.code] });
const newAssets = (university, count, signedOn) => {
  const ipType = typeFor(university);
  return Array.from({ length: count }, () => assetFor(university, ipType, signedOn));
};

const money = (count) => {
  const yuan = random.int(3, 60) * 5000 * count;
  return random.chance(0.06)
    ? `${yuan + random.int(1, 99)}.${String(random.int(1, 99)).padStart(2, '0')}`
    : `${yuan}.00`;
};
const FEES = { LUMP_SUM: 74, INSTALMENTS: 12, ENTRY_FEE_PLUS_ROYALTY: 7, RUNNING_ROYALTY: 4, FREE: 3 };
const price = (count) => {
  const feeType = random.weighted(FEES);
  return { feeType, fee: feeType === 'FREE' || feeType === 'RUNNING_ROYALTY' ? undefined : money(count) };
};

const common = (count) => ({
  ...price(count),
  receiver: anyCompany(random),
  pricingMethod: random.weighted({ NEGOTIATED: 86, LISTING: 11, AUCTION: 3 }),
  technologyContract: random.chance(0.6),
  ...(random.chance(0.3)
    ? { implementationDivision: random.pick(['430104', '430121', '430111', '430211', '440305']) }
    : {}),
  ...(random.chance(0.015) ? { relatedParty: true } : {}),
});

const dayOf = (year) => {
  const day = onWeekday(dateBetween(random, `${year}-01-04`, `${year}-12-29`));
  return yearOf(day) === year ? day : `${year}-12-30`;
};

const termEnd = (effectiveOn, assets) => {
  const wanted = addDays(addYears(effectiveOn, random.int(2, 6)), -1);
  return assets.map(expiryOf).reduce((end, expiry) => (expiry ? earlier(end, expiry) : end), wanted);
};

const isUnregistered = ({ ipType }) => ipType === 'SOFTWARE' || ipType === 'TECH_SECRET';

/** What no office records counts on the day it takes effect, everything else on the day of its recording. */
const licenceDates = (countsOn, signedOn, [asset]) => {
  if (isUnregistered(asset)) return { signedOn: addDays(countsOn, -random.int(0, 4)), effectiveOn: countsOn };
  return { signedOn, recordedOn: countsOn, effectiveOn: earlier(addDays(signedOn, random.int(0, 5)), countsOn) };
};

/** Assets for one more ordinary licence beside those they carry, if there are as many. */
const parallelAssets = (university, year, { count, signedOn }) => {
  const found = random.chance(AGAIN[year]) ? severalFromPool(count, university, signedOn) : [];
  return found.length === count ? found : undefined;
};

const KINDS = { ORDINARY: 72, EXCLUSIVE: 16, SOLE: 8, CROSS: 4 };

/** Remembers the licence for those who would sell the asset, or license it too. */
const noteLicence = (asset, effectiveOn, isOpen) => {
  asset.licensedOn = later(asset.licensedOn ?? '', effectiveOn);
  if (isOpen && !isUnregistered(asset)) addToPool(asset);
};

const licence = (university, year, count) => {
  const countsOn = dayOf(year);
  const wanted = addDays(countsOn, -random.int(...(random.chance(0.04) ? [110, 200] : [6, 85])));
  const parallel = parallelAssets(university, year, { count, signedOn: wanted });
  const assets = parallel ?? newAssets(university, count, wanted);
  const licenceKind = parallel ? 'ORDINARY' : random.weighted(KINDS);
  const dates = licenceDates(countsOn, wanted, assets);
  for (const asset of assets) noteLicence(asset, dates.effectiveOn, !parallel && licenceKind === 'ORDINARY');
  const endsOn = random.chance(0.05) && licenceKind === 'ORDINARY' ? undefined : termEnd(dates.effectiveOn, assets);
  return { ...common(count), university, mode: 'LICENCE', licenceKind, assets, ...dates, endsOn };
};

const transfer = (university, year, count) => {
  const registeredOn = dayOf(year);
  const signedOn = addDays(registeredOn, -random.int(10, 110));
  const licensed =
    random.chance(0.06) &&
    count === 1 &&
    fromPool(university, signedOn, ({ isKept, licensedOn }) => !isKept && licensedOn < signedOn);
  if (licensed)
    open.set(
      university.code,
      poolOf(university).filter((asset) => asset !== licensed),
    );
  const assets = licensed ? [licensed] : newAssets(university, count, signedOn);
  const dates = isUnregistered(assets[0])
    ? { signedOn: addDays(registeredOn, -3), effectiveOn: registeredOn }
    : { signedOn, registeredOn };
  return { ...common(count), university, mode: 'TRANSFER', assets, ...dates };
};

/** Adds `total` conversions (件次) to a year, spread over the universities. */
export const fillYear = (universities, year, total) => {
  for (let left = total; left > 0; ) {
    const university = universities[random.weighted(sharesOf(year))];
    const count = Math.min(left, Number(random.weighted(PACKAGES[year])));
    addDeal(random.chance(0.57) ? licence(university, year, count) : transfer(university, year, count));
    left -= count;
  }
};

const WAYS_OUT = {
  unrecorded: (university, year) => ({ ...licence(university, year, 1), recordedOn: undefined }),
  pending: (university, year) => ({ ...transfer(university, year, 1), registeredOn: undefined }),
  equity: (university, year) => ({
    ...transfer(university, year, random.int(1, 4)),
    mode: 'EQUITY',
    feeType: 'LUMP_SUM',
    fee: money(6),
  }),
  voided: (university, year) => ({
    ...licence(university, year, 1),
    isVoid: { on: `${year + 1}-0${random.int(2, 6)}-1${random.int(0, 9)}`, reason: '合同解除' },
  }),
};

/** What never reaches the count: unrecorded, unregistered, equity, voided. */
export const addUncounted = (universities, year) => {
  for (const [way, times] of Object.entries({
    unrecorded: 14 + (year - 2020) * 3,
    pending: 6,
    equity: 5,
    voided: year < 2025 ? 4 : 0,
  })) {
    for (let i = 0; i < times; i += 1) {
      const university = universities[random.weighted(sharesOf(year))];
      const deal = WAYS_OUT[way](university, year);
      // Software needs no recording, so it would count.
      if ((way === 'unrecorded' || way === 'pending') && isUnregistered(deal.assets[0])) continue;
      addDeal(deal);
    }
  }
};
