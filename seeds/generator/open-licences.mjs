import { coOwnersOf, expiryOf, patentFiled } from './assets.mjs';
import { addDays, addYears, dateBetween, earlier, later, onWeekday, yearOf } from './dates.mjs';
import { LATE, licence } from './deal-makers.mjs';
import { anyCompany } from './names.mjs';
import { recordNumber } from './numbers.mjs';
import { addToPool } from './ordinary.mjs';
import { randomOf } from './random.mjs';
import { sharesOf } from './universities.mjs';

const random = randomOf('open licences');
const LAST_DAY = '2025-12-31';

const FEES = {
  FREE: () => ({ feeType: '免费' }),
  LUMP_SUM: () => ({ feeType: '一次总付', fee: `${random.int(2, 40) * 2500}.00` }),
  INSTALMENTS: () => ({ feeType: '分期', fee: `${random.int(4, 40) * 2500}.00` }),
  RUNNING_ROYALTY: () => ({ feeType: '提成', royaltyPermyriad: random.int(2, 20) * 50 }),
  ENTRY_FEE_PLUS_ROYALTY: () => ({
    feeType: '入门费+提成',
    fee: `${random.int(1, 10) * 2000}.00`,
    royaltyPermyriad: random.int(1, 10) * 50,
  }),
};
const FEE_WEIGHTS = { FREE: 35, LUMP_SUM: 40, INSTALMENTS: 8, RUNNING_ROYALTY: 9, ENTRY_FEE_PLUS_ROYALTY: 8 };

const patentGrantedBefore = (university, ipType, declaredOn) => {
  const pendency = ipType === 'INVENTION' ? random.int(450, 1200) : random.int(150, 320);
  return patentFiled(university, ipType, addDays(declaredOn, -pendency - random.int(60, 1200)), {
    grantedAfter: pendency,
  });
};

const reportFor = (ipType, declaredOn, index) =>
  ipType === 'INVENTION'
    ? {}
    : {
        evaluationReportNo: `示例评价-${String(index).padStart(3, '0')}`,
        evaluationReportOn: addDays(declaredOn, -random.int(20, 200)),
      };

const declarationOf = (universities, index) => {
  const university = universities[random.weighted(sharesOf(2022))];
  const ipType = random.weighted({ INVENTION: 74, UTILITY_MODEL: 21, DESIGN: 5 });
  const declaredOn = onWeekday(dateBetween(random, '2022-02-14', '2025-05-30'));
  const asset = patentGrantedBefore(university, ipType, declaredOn);
  // The last few wait for their announcement.
  const announcedOn = index < 77 ? onWeekday(addDays(declaredOn, random.int(35, 95))) : undefined;
  const endsOn = earlier(addYears(announcedOn ?? declaredOn, random.int(3, 6)), expiryOf(asset));
  return {
    university,
    asset,
    declaredOn,
    announcedOn,
    endsOn,
    ...FEES[random.weighted(FEE_WEIGHTS)](),
    ...reportFor(ipType, declaredOn, index),
  };
};

const withdraw = (declaration) => {
  const withdrawnOn = onWeekday(addDays(declaration.announcedOn, random.int(150, 420)));
  return withdrawnOn > '2025-12-20' ? declaration : { ...declaration, withdrawnOn };
};

const dueFor = ({ feeType, fee }) => {
  if (feeType === '免费') return '0';
  if (feeType === '提成') return random.chance(0.5) ? '0' : `${random.int(1, 20) * 500}.00`;
  return feeType === '分期' ? `${Math.round(Number(fee) / 2)}.00` : fee;
};

const grantOf = (declaration) => {
  const until = [
    declaration.withdrawnOn && addDays(declaration.withdrawnOn, -1),
    addDays(declaration.endsOn, -60),
    '2025-12-01',
  ].reduce((soonest, date) => (date ? earlier(soonest, date) : soonest), '9999-12-31');
  const noticeOn = dateBetween(random, declaration.announcedOn, until);
  const paidOn = addDays(noticeOn, random.int(0, 20));
  const recordedOn = onWeekday(addDays(later(noticeOn, paidOn), random.int(8, 80)));
  return {
    declaration,
    licensee: anyCompany(random),
    noticeOn,
    paidOn,
    paid: dueFor(declaration),
    ...(recordedOn <= LAST_DAY && random.chance(0.92) ? { recordedOn } : {}),
  };
};

const awkwardGrants = (declarations) => {
  const free = declarations.find(
    ({ feeType, announcedOn, withdrawnOn }) =>
      feeType === '免费' && announcedOn && announcedOn < '2023-12-01' && !withdrawnOn,
  );
  const paidFirst = declarations.find(
    ({ feeType, announcedOn }) => feeType === '一次总付' && announcedOn && announcedOn < '2023-06-01',
  );
  const withdrawn = declarations.find(({ withdrawnOn }) => withdrawnOn && withdrawnOn < '2025-06-01');
  const common = (declaration) => ({ declaration, licensee: anyCompany(random), paid: dueFor(declaration) });
  const [announced, lastDay] = [free.announcedOn, addDays(withdrawn.withdrawnOn, -1)];
  return [
    {
      ...common(free),
      noticeOn: announced,
      paidOn: announced,
      recordedOn: onWeekday(addDays(announced, 40)),
      note: 'notice on the very day of the announcement, nothing to pay',
    },
    {
      ...common(paidFirst),
      noticeOn: addDays(paidFirst.announcedOn, 30),
      paidOn: addDays(paidFirst.announcedOn, 12),
      recordedOn: onWeekday(addDays(paidFirst.announcedOn, 70)),
      note: 'paid before the notice: effective with the notice, the later of the two',
    },
    {
      ...common(withdrawn),
      noticeOn: lastDay,
      paidOn: lastDay,
      recordedOn: onWeekday(addDays(lastDay, 30)),
      note: 'notice on the day before the withdrawal: the licence stays',
    },
    {
      ...common(free),
      noticeOn: addDays(announced, 60),
      paidOn: addDays(announced, 60),
      licensee: { name: '示例住所不明被许可方有限公司' },
      note: 'effective but never recorded, and no place known: unrecorded column only',
    },
  ];
};

/** A patent whose open licence was withdrawn may be licensed exclusively afterwards. Answers its declaration. */
const withdrawnThenExclusive = (declarations) => {
  const found = declarations.find(
    ({ withdrawnOn, asset }) => withdrawnOn && withdrawnOn < '2025-01-01' && expiryOf(asset) > '2028-06-01',
  );
  const { university, asset, withdrawnOn } = found;
  const year = yearOf(withdrawnOn) + 1;
  found.note = 'withdrawn without a single grant; the patent is licensed exclusively afterwards';
  licence(university, `${year}-02-03`, `${year}-02-28`, {
    file: LATE,
    licenceKind: 'EXCLUSIVE',
    assets: [asset],
    endsOn: '2027-12-31',
    note: `exclusive licence after the open licence of the patent was withdrawn on ${withdrawnOn}`,
  });
  return found;
};

/** About 80 declarations and 150 grants. Answers `{ declarations, grants }`, numbered and ready to be made rows of. */
export const makeOpenLicences = (universities) => {
  let declarations = Array.from({ length: 80 }, (_, index) => declarationOf(universities, index));
  declarations = declarations.map((declaration, index) =>
    index % 7 === 3 && declaration.announcedOn ? withdraw(declaration) : declaration,
  );
  const exclusive = withdrawnThenExclusive(declarations);
  const open = declarations.filter((declaration) => declaration.announcedOn && declaration !== exclusive);
  // Beside an open licence others may be negotiated, but a sale would have to wait for the withdrawal.
  for (const [index, { asset }] of open.entries()) if (index % 2) addToPool(asset, true);
  const ordinary = Array.from({ length: 148 }, () => grantOf(random.pick(open)));
  const grants = [...ordinary, ...awkwardGrants(open)].sort((a, b) =>
    a.noticeOn < b.noticeOn ? -1 : Number(a.noticeOn > b.noticeOn),
  );
  declarations.sort((a, b) => (a.declaredOn < b.declaredOn ? -1 : Number(a.declaredOn > b.declaredOn)));
  for (const [index, declaration] of declarations.entries())
    declaration.number = `示例KF-${yearOf(declaration.declaredOn)}-${String(index + 1).padStart(3, '0')}`;
  for (const [index, grant] of grants.entries())
    grant.number = `示例KFSS-${yearOf(grant.noticeOn)}-${String(index + 1).padStart(3, '0')}`;
  return { declarations, grants };
};

export const declarationRows = ({ declarations }) =>
  declarations.map(({ university, asset, ...declaration }) => ({
    ...declaration,
    university: university.code,
    asset: asset.number,
    declarants: coOwnersOf([asset]).join('；') || undefined,
  }));

export const grantRows = ({ grants }) =>
  grants.map(({ declaration, licensee, recordedOn, ...grant }) => ({
    ...grant,
    university: declaration.university.code,
    declarationNumber: declaration.number,
    licensee: licensee.name,
    licenseeCode: licensee.code,
    licenseeDivision: licensee.division,
    ...(recordedOn ? { recordedOn, recordNo: recordNumber(yearOf(recordedOn)) } : {}),
  }));

/** The dates grants count on. */
export const countedGrants = ({ grants }) =>
  grants
    .filter(({ recordedOn }) => recordedOn)
    .map(({ declaration, recordedOn }) => ({ asset: declaration.asset, date: recordedOn }));
