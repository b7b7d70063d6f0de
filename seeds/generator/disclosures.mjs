import { IP_TYPES, allAssets } from './assets.mjs';
import { addDays, dateBetween, yearOf } from './dates.mjs';
import { personOf, resultTitle } from './names.mjs';
import { randomOf } from './random.mjs';
import { sharesOf } from './universities.mjs';

const random = randomOf('disclosures');

const SPLITS = [
  ['100%'],
  ['60%', '40%'],
  ['50%', '30%', '20%'],
  ['33.33%', '33.33%', '33.34%'],
  ['40%', '30%', '20%', '10%'],
];

const inventorsOf = (university) => {
  const shares = random.pick(SPLITS);
  const people = new Set();
  while (people.size < shares.length) people.add(random.int(0, 59));
  return [...people]
    .map((index, place) => {
      const { name, staffNumber } = personOf(university, index);
      return `${name}/${staffNumber}/${shares[place]}${place === 0 ? '/第一发明人' : ''}`;
    })
    .join('；');
};

/** A disclosure; `age` is how many days before `date` it was made. */
const disclosureOf = (university, date, ipType) => {
  const disclosedOn = addDays(date, -random.int(70, 150));
  const isFunded = random.chance(0.7);
  return {
    university,
    title: resultTitle(),
    completedOn: addDays(disclosedOn, -random.int(5, 120)),
    disclosedOn,
    inventors: inventorsOf(university),
    funding: isFunded ? random.pick(['纵向', '横向']) : '自筹',
    projectNo: isFunded ? `示例项目-${yearOf(disclosedOn) - 1}-${random.int(100, 999)}` : undefined,
    confidentiality: random.chance(0.85) ? '公开' : '内部',
    publishedOn: random.chance(0.03) ? addDays(disclosedOn, -random.int(1, 100)) : undefined,
    protection: IP_TYPES[ipType],
  };
};

/** Only results of 2023-10-17 and later must state their prospect; others may. */
const INDUSTRIALISATION_FROM = '2023-10-17';

const FINDINGS = [
  ['A', 'A', 'B', 'A'],
  ['A', 'B', 'B', 'A'],
  ['B', 'B', 'C', 'B'],
  ['C', 'C', 'D', 'B'],
];

const evaluationOf = (disclosure, evaluatedOn, conclusion, decision) => {
  const [patentability, technology, market, legal] =
    FINDINGS[{ 建议申请: random.int(0, 1), 完善后申请: 2 }[conclusion] ?? 3];
  const isInternal = random.chance(0.6);
  return {
    disclosure,
    evaluatorKind: isInternal ? '校内' : '委托',
    evaluator: isInternal ? `示例（${disclosure.university.name}）知识产权中心` : '示例知识产权评估有限公司',
    evaluatedOn,
    patentability,
    technology,
    market,
    legal,
    industrialisation:
      evaluatedOn >= INDUSTRIALISATION_FROM || random.chance(0.2) ? '示例：可用于省内产线，已有意向企业' : undefined,
    conclusion,
    ...(decision
      ? {
          decision,
          decidedOn: addDays(evaluatedOn, random.int(3, 25)),
          decidedBy: random.pick(['科研院院长', '分管副校长', '技术转移中心主任']),
        }
      : {}),
  };
};

const ENDINGS = {
  DO_NOT_FILE: ['不适宜申请', '不申请'],
  KEEP_SECRET: ['作为技术秘密', '不申请'],
  PUBLISH: ['公开', '不申请'],
  IMPROVE_NOT: ['完善后申请', '不申请'],
  WAITING: ['建议申请', undefined],
  NONE: undefined,
};
const ENDING_WEIGHTS = { DO_NOT_FILE: 30, KEEP_SECRET: 12, PUBLISH: 6, IMPROVE_NOT: 8, WAITING: 20, NONE: 24 };

/** Disclosures that led to patents of the register, and others that did not. Answers `{ disclosures, evaluations }`. */
export const makeDisclosures = (universities) => {
  const disclosures = [];
  const evaluations = [];
  const filed = allAssets().filter(
    ({ ipType, filedOn }) => filedOn >= '2020-06-01' && ['INVENTION', 'UTILITY_MODEL'].includes(ipType),
  );
  for (const asset of filed.filter((_, index) => index % Math.ceil(filed.length / 330) === 0)) {
    const disclosure = disclosureOf(asset.university, asset.filedOn, asset.ipType);
    asset.disclosure = disclosure;
    disclosures.push(disclosure);
    const conclusion = random.chance(0.85) ? '建议申请' : '完善后申请';
    evaluations.push(evaluationOf(disclosure, addDays(asset.filedOn, -random.int(30, 60)), conclusion, '申请'));
  }
  while (disclosures.length < 596) {
    const university = universities[random.weighted(sharesOf(2022))];
    const date = dateBetween(random, '2020-05-01', '2025-11-15');
    const disclosure = disclosureOf(university, date, 'INVENTION');
    disclosures.push(disclosure);
    const ending = ENDINGS[random.weighted(ENDING_WEIGHTS)];
    if (ending) evaluations.push(evaluationOf(disclosure, addDays(date, -random.int(10, 60)), ...ending));
  }
  addAwkward(universities, disclosures, evaluations);
  number(disclosures, ({ disclosedOn }) => disclosedOn ?? '2022-06-30', 'PL');
  number(evaluations, ({ evaluatedOn }) => evaluatedOn, 'PG');
  return { disclosures, evaluations };
};

const addAwkward = ({ csu, hnu }, disclosures, evaluations) => {
  for (const university of [csu, hnu]) {
    disclosures.push({ university, confidentiality: '涉密', note: 'secret result: only its number enters the ledger' });
  }
  const improved = {
    ...disclosureOf(hnu, '2023-09-01', 'INVENTION'),
    note: 'evaluated twice: improved after the first time',
  };
  const published = {
    ...disclosureOf(csu, '2024-05-06', 'INVENTION'),
    publishedOn: '2024-02-01',
    note: 'published before filing: warned of, not refused',
  };
  disclosures.push(improved, published);
  evaluations.push(
    {
      ...evaluationOf(improved, '2023-09-10', '完善后申请'),
      note: 'first evaluation, before 2023-10-17 and without a decision',
    },
    {
      ...evaluationOf(improved, '2024-01-15', '建议申请', '申请'),
      note: 'second evaluation of the same disclosure, with its prospect of industrialisation and the decision',
    },
    { ...evaluationOf(published, '2024-04-10', '不适宜申请', '不申请'), note: 'not fit to file, for want of novelty' },
  );
};

const number = (items, dateOf, series) => {
  items.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : Number(dateOf(a) > dateOf(b))));
  for (const [index, item] of items.entries())
    item.number = `示例-${series}-${yearOf(dateOf(item))}-${String(index + 1).padStart(4, '0')}`;
};

export const disclosureRows = ({ disclosures }) =>
  disclosures.map((row) => ({ ...row, university: row.university.code }));

export const evaluationRows = ({ evaluations }) =>
  evaluations.map(({ disclosure, ...row }) => ({
    ...row,
    university: disclosure.university.code,
    disclosureNumber: disclosure.number,
  }));
