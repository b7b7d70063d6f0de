import { addDays, addYears, dateBetween, earlier, yearOf } from './dates.mjs';
import { titleOf } from './names.mjs';
import {
  layoutNumber,
  oldPatentNumber,
  patentCheck,
  patentNumber,
  secretNumber,
  softwareNumber,
  trademarkNumber,
  varietyNumber,
} from './numbers.mjs';
import { randomOf } from './random.mjs';

export const IP_TYPES = {
  INVENTION: '发明专利',
  UTILITY_MODEL: '实用新型专利',
  DESIGN: '外观设计专利',
  SOFTWARE: '软件著作权',
  LAYOUT: '集成电路布图设计',
  PLANT_VARIETY: '植物新品种',
  TRADEMARK: '商标',
  TECH_SECRET: '技术秘密',
};
export const isPatent = ({ ipType }) => ['INVENTION', 'UTILITY_MODEL', 'DESIGN'].includes(ipType);

/** Days from filing to grant. */
const PENDENCY = {
  INVENTION: [420, 1300],
  UTILITY_MODEL: [150, 360],
  DESIGN: [120, 240],
  SOFTWARE: [20, 70],
  LAYOUT: [60, 150],
  PLANT_VARIETY: [500, 1200],
  TRADEMARK: [240, 420],
  TECH_SECRET: [0, 0],
};
/** Oldest age of a grant that still sells, in days: a utility model lives ten years only. */
const OLDEST_GRANT = { UTILITY_MODEL: 1500, DESIGN: 1500, SOFTWARE: 2400, TECH_SECRET: 900 };
const FIRST_FILING = '2005-01-04';
const LAST_FILING = '2024-12-30';

const random = randomOf('assets');
const assets = [];

/** All assets made so far. */
export const allAssets = () => assets;

const NUMBERS = {
  SOFTWARE: (_university, { grantedOn }) => softwareNumber(yearOf(grantedOn)),
  LAYOUT: (_university, { filedOn }) => layoutNumber(yearOf(filedOn)),
  PLANT_VARIETY: (_university, { filedOn }) => varietyNumber(yearOf(filedOn)),
  TRADEMARK: () => trademarkNumber(),
  TECH_SECRET: (university) => secretNumber(university.code),
};

const register = (university, ipType, { filedOn, grantedOn }, number) => {
  const asset = {
    university,
    ipType,
    filedOn,
    grantedOn,
    title: titleOf(ipType),
    number: number ?? numberOf(university, ipType, { filedOn, grantedOn }),
  };
  assets.push(asset);
  return asset;
};

const numberOf = (university, ipType, dates) =>
  NUMBERS[ipType]?.(university, dates) ?? patentNumber(ipType, yearOf(dates.filedOn));

/** An asset granted long enough before a date to be converted on it. */
export const assetFor = (university, ipType, signedOn) => {
  const [least, most] = PENDENCY[ipType];
  const grantedOn = addDays(signedOn, -random.int(30, OLDEST_GRANT[ipType] ?? 2200));
  const wanted = addDays(grantedOn, -random.int(least, most));
  const filedOn =
    wanted < FIRST_FILING ? dateBetween(random, FIRST_FILING, '2005-12-28') : earlier(wanted, LAST_FILING);
  if (ipType === 'TECH_SECRET') return register(university, ipType, { filedOn: grantedOn });
  return register(university, ipType, {
    filedOn,
    grantedOn: grantedOn < addDays(filedOn, least) ? addDays(filedOn, least) : grantedOn,
  });
};

/** A patent filed on a day. */
export const patentFiled = (university, ipType, filedOn, { grantedAfter = 500, number } = {}) =>
  register(
    university,
    ipType,
    { filedOn, grantedOn: grantedAfter === null ? undefined : addDays(filedOn, grantedAfter) },
    number,
  );

/** Filed before 2003-10-01, with a number of 8 digits, quoted with its check digit or without. */
export const oldPatent = (university, filedOn, withCheck) => {
  const digits = oldPatentNumber('INVENTION', yearOf(filedOn));
  return patentFiled(university, 'INVENTION', filedOn, {
    grantedAfter: 900,
    number: withCheck ? `${digits}.${patentCheck(digits)}` : digits,
  });
};

/** An international application that entered China two years after it was filed. */
export const pctPatent = (university, filedOn) =>
  patentFiled(university, 'INVENTION', filedOn, {
    grantedAfter: 1400,
    number: patentNumber('INVENTION', yearOf(filedOn) + 2, true),
  });

/** When a right lapses by law; undefined where it does not. */
export const expiryOf = ({ ipType, filedOn }) => {
  if (ipType === 'INVENTION') return addYears(filedOn, 20);
  if (ipType === 'UTILITY_MODEL') return addYears(filedOn, 10);
  if (ipType === 'DESIGN') return addYears(filedOn, filedOn >= '2021-06-01' ? 15 : 10);
  if (ipType === 'LAYOUT') return addYears(filedOn, 10);
  return undefined;
};

const STOCK = {
  INVENTION: 56,
  UTILITY_MODEL: 26,
  DESIGN: 5,
  SOFTWARE: 11,
  LAYOUT: 0.6,
  PLANT_VARIETY: 0.6,
  TRADEMARK: 0.8,
};

/** What the universities own besides: never converted. */
export const addUnconverted = (universities, shares, total) => {
  while (assets.length < total) {
    const university = universities[random.weighted(shares)];
    const ipType = random.weighted(STOCK);
    const [least, most] = PENDENCY[ipType];
    const filedOn = dateBetween(random, FIRST_FILING, LAST_FILING);
    const grantedOn = addDays(filedOn, random.int(least, most));
    // Some applications are still pending.
    const isPending = grantedOn > '2025-12-20' && ipType !== 'SOFTWARE';
    Object.assign(register(university, ipType, { filedOn, grantedOn: isPending ? undefined : grantedOn }), {
      isStock: true,
    });
  }
};

const fullWidth = (text) => [...text].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('');

/** The same number in another of the ways offices write it. */
export const respelt = (asset, style) => {
  const { number } = asset;
  if (!isPatent(asset) || !number.includes('.')) return number;
  const styles = {
    plain: number,
    prefixed: `ZL${number}`,
    undotted: `ZL${number.replace('.', '')}`,
    country: `CN${number}`,
    spaced: `ZL ${number.slice(0, 4)} ${number.slice(4, 5)} ${number.slice(5).toLowerCase()}`,
    wide: fullWidth(number),
  };
  return styles[style];
};

const SPELLINGS = { prefixed: 60, plain: 20, undotted: 14, country: 2, spaced: 2, wide: 2 };
const CO_OWNERS = [
  '示例共有企业甲有限公司/30%',
  '示例共有研究院',
  '示例共有企业乙有限公司/12.5%；示例共有企业丙有限公司/12.5%',
];

/** Rows of the register, oldest filing first. */
export const assetRows = (exemptionOf) =>
  [...assets]
    .sort((a, b) => (a.filedOn < b.filedOn ? -1 : a.filedOn > b.filedOn ? 1 : a.number < b.number ? -1 : 1))
    .map((asset) => {
      const number = respelt(asset, asset.spelling ?? random.weighted(SPELLINGS));
      // Contracts over it name them too.
      asset.coOwners ??= isPatent(asset) && random.chance(0.04) ? random.pick(CO_OWNERS) : undefined;
      return {
        university: asset.university.code,
        ipType: IP_TYPES[asset.ipType],
        number,
        title: asset.title,
        filedOn: asset.filedOn,
        grantedOn: asset.grantedOn,
        coOwners: asset.coOwners,
        disclosureNumber: asset.disclosure?.number,
        evaluationExemption: exemptionOf(asset),
        note: asset.note,
      };
    });

/** Names of the co-owners of some assets, as consents are written. */
export const coOwnersOf = (owned) => {
  const names = owned.flatMap(({ coOwners = '' }) => coOwners.split('；').map((cell) => cell.split('/')[0]));
  return [...new Set(names.filter((name) => name !== ''))];
};
