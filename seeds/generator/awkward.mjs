import { assetFor, oldPatent, patentFiled, pctPatent, respelt } from './assets.mjs';
import { addDeal } from './deals.mjs';
import { assetCompanyOf, companyElsewhere, companyInChangsha, personOf } from './names.mjs';
import { addToPool } from './ordinary.mjs';

/* Cases an office meets and a naive ledger gets wrong; every row carries a note that the README lists. */

const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const LATE = 'late-contracts';

/** Adds all of them. `u` are the universities by code. */
export const addAwkward = (u) => {
  packagesAndParallels(u);
  datesAtTheEdge(u);
  neverCounted(u);
  voidsAndReturns(u);
  corrections(u);
  parties(u);
  otherRights(u);
  numbersAndForms(u);
  lateEntries(u);
};

const invention = (university, signedOn) => assetFor(university, 'INVENTION', signedOn);
const local = (extra) => ({ receiver: companyInChangsha(), technologyContract: true, ...extra });
const licence = (university, extra) => addDeal(local({ university, mode: 'LICENCE', licenceKind: 'ORDINARY', ...extra }));
const sale = (university, extra) => addDeal(local({ university, mode: 'TRANSFER', ...extra }));

const packagesAndParallels = ({ csu, hnu }) => {
  const ten = Array.from({ length: 10 }, () => invention(csu, '2022-05-10'));
  licence(csu, { assets: ten, signedOn: '2022-05-10', recordedOn: '2022-06-20', endsOn: '2024-05-09', fee: '1200000.00',
    note: 'package of ten patents in one contract: 1 项, 10 件次, 10 件' });
  const shared = patentFiled(hnu, 'INVENTION', '2018-03-15');
  for (const [i, recordedOn] of ['2023-04-11', '2023-06-19', '2023-09-05'].entries()) {
    licence(hnu, { assets: [shared], signedOn: recordedOn.replace(/\d\d$/, '01'), recordedOn, endsOn: `2027-0${i + 3}-28`,
      note: `ordinary licences of one patent side by side (${i + 1} of 3 in 2023): 3 件次, 3 项, 1 件` });
  }
  const both = patentFiled(hnu, 'INVENTION', '2017-05-08');
  licence(hnu, { assets: [both], signedOn: '2024-02-20', recordedOn: '2024-03-18', endsOn: '2027-02-19',
    note: 'licensed and, later in the same year, sold: 2 件次 but 1 件 of 2024' });
  sale(hnu, { assets: [both], signedOn: '2024-08-12', registeredOn: '2024-10-09', fee: '380000.00',
    note: 'sold while its ordinary licence runs; the licence goes with the patent' });
  const renewed = patentFiled(csu, 'INVENTION', '2014-09-02');
  licence(csu, { licenceKind: 'EXCLUSIVE', assets: [renewed], signedOn: '2020-03-01', recordedOn: '2020-04-15', endsOn: '2022-02-28',
    note: 'exclusive licence, over before the next one begins' });
  licence(csu, { licenceKind: 'EXCLUSIVE', assets: [renewed], signedOn: '2022-03-01', recordedOn: '2022-04-12', endsOn: '2026-02-28',
    note: 'exclusive licence of the same patent from the day after the first one ended' });
};

const datesAtTheEdge = ({ hnu, csu, csust, hunau }) => {
  licence(hnu, { assets: [invention(hnu, '2024-12-31')], signedOn: '2024-12-31', recordedOn: '2025-01-02', endsOn: '2027-12-30',
    note: 'signed on 2024-12-31, recorded on 2025-01-02: counts in 2025' });
  sale(csu, { assets: [invention(csu, '2020-12-31')], signedOn: '2020-12-31', registeredOn: '2021-01-04',
    note: 'signed on 2020-12-31, registered on 2021-01-04: counts in 2021' });
  licence(csust, { assets: [invention(csust, '2023-11-30')], signedOn: '2023-11-30', recordedOn: '2024-02-29', endsOn: '2026-11-29',
    note: 'effective 2023-11-30, recorded on the last day of the three months, 2024-02-29: in time, counts in 2024' });
  licence(hunau, { assets: [invention(hunau, '2023-02-01')], signedOn: '2023-02-01', recordedOn: '2023-07-10', endsOn: '2026-01-31',
    note: 'recorded more than three months after it took effect: late, yet it counts' });
  licence(hnu, { assets: [invention(hnu, '2024-02-29')], signedOn: '2024-02-29', recordedOn: '2024-04-01', endsOn: '2028-02-29',
    note: 'from one leap day to another' });
  licence(csu, { assets: [patentFiled(csu, 'UTILITY_MODEL', '2016-06-30', { grantedAfter: 210 })], signedOn: '2021-07-01', recordedOn: '2021-08-16',
    endsOn: '2026-06-30', note: 'the licence ends on the very day the utility model expires' });
  licence(hnu, { assets: [invention(hnu, '2023-03-06')], signedOn: '2023-03-06', endsOn: '2026-03-05',
    note: 'signed, never recorded: unrecorded column of 2023, not in the target' });
  sale(csu, { assets: [invention(csu, '2025-11-20')], signedOn: '2025-11-20',
    note: 'sold, not yet registered: unrecorded column of 2025' });
};

const neverCounted = ({ csu, hnu, hnucm, csuft, hunnu }) => {
  addDeal({ university: csu, mode: 'EQUITY', assets: [invention(csu, '2021-06-01'), invention(csu, '2021-06-01')], receiver: companyInChangsha(),
    signedOn: '2021-06-01', registeredOn: '2021-08-30', fee: '6000000.00', note: 'equity contribution, registered: never counted' });
  addDeal({ university: hnu, mode: 'RELEASE', assets: [invention(hnu, '2022-09-01')], inventor: personOf(hnu, 4), signedOn: '2022-09-01',
    registeredOn: '2022-10-28', feeType: 'FREE', fee: undefined, inventorShare: '12.5', note: 'release to the inventor with 12.5% owed to the university: never counted' });
  addDeal({ university: hnucm, mode: 'RELEASE', assets: [invention(hnucm, '2024-03-11')], inventor: personOf(hnucm, 2), signedOn: '2024-03-11',
    registeredOn: '2024-05-06', feeType: 'FREE', fee: undefined, inventorShare: '0', note: 'release to the inventor, share 0 stated in writing' });
  addDeal({ university: csuft, mode: 'SUCCESSION', assets: [invention(csuft, '2021-03-01'), invention(csuft, '2021-03-01')],
    receiver: { name: '示例附属研究院（合并设立）', division: '430111' }, signedOn: '2021-03-01', registeredOn: '2021-04-19', feeType: 'FREE', fee: undefined,
    note: 'succession by merger, registered: never counted' });
  addDeal({ university: hunnu, mode: 'SUCCESSION', assets: [invention(hunnu, '2023-10-09')], receiver: { name: '示例更名后附属医院', division: '430103' },
    signedOn: '2023-10-09', registeredOn: '2023-11-13', feeType: 'FREE', fee: undefined, note: 'succession by change of name, registered: never counted' });
};

const voidsAndReturns = ({ hnu, csu, csust, hunau }) => {
  licence(csu, { assets: [invention(csu, '2022-03-14')], signedOn: '2022-03-14', recordedOn: '2022-05-09', endsOn: '2025-03-13',
    isVoid: { on: '2023-02-20', reason: '双方解除合同', note: 'voids a licence recorded in 2022: it leaves the count of 2022' },
    note: 'recorded licence, voided later' });
  const twice = patentFiled(hnu, 'INVENTION', '2016-10-20');
  sale(hnu, { assets: [twice], signedOn: '2022-06-06', registeredOn: '2022-08-15', fee: '260000.00',
    isVoid: { on: '2023-04-10', reason: '转让登记被撤销', note: 'voids a registered transfer: the patent is the university’s again' },
    note: 'registered transfer, voided later' });
  sale(hnu, { file: LATE, assets: [twice], signedOn: '2023-06-05', registeredOn: '2023-08-21', fee: '300000.00',
    note: 'the patent of the voided transfer, sold to another' });
  sale(csust, { assets: [invention(csust, '2024-04-08')], signedOn: '2024-04-08',
    isVoid: { on: '2024-07-01', reason: '受让方未付款', note: 'voids a transfer that was never registered' }, note: 'unregistered transfer, voided' });
  const back = patentFiled(csust, 'INVENTION', '2015-04-16');
  const first = companyInChangsha();
  const sold = sale(csust, { receiver: first, assets: [back], signedOn: '2021-02-22', registeredOn: '2021-05-10', fee: '150000.00',
    note: 'transfer that is returned later' });
  sale(csust, { receiver: first, assets: [back], signedOn: '2022-03-07', registeredOn: '2022-06-13', fee: '150000.00', returnOf: sold,
    note: 'return (回转) of that transfer: counted in 2022 and flagged' });
  sale(csust, { assets: [back], signedOn: '2023-02-13', registeredOn: '2023-04-24', fee: '180000.00', note: 'sold again after its return' });
  licence(hunau, { assets: [invention(hunau, '2021-10-11')], signedOn: '2021-10-11', endsOn: '2024-10-10',
    isVoid: { on: '2021-12-20', reason: '未履行', note: 'voids a licence that was never recorded' }, note: 'unrecorded licence, voided: in no column' });
};

const corrections = ({ hnu, csu, hunau, csuft, hnucm }) => {
  licence(hnu, { assets: [invention(hnu, '2023-11-13')], signedOn: '2023-11-13', recordedOn: '2023-12-28', endsOn: '2026-11-12',
    corrections: [{ field: 'recordedOn', value: '2024-01-04', reason: '备案通知书日期录错', note: 'moves a licence from 2023 to 2024' }],
    note: 'recorded on 2023-12-28, corrected to 2024-01-04' });
  licence(csu, { assets: [invention(csu, '2021-11-22'), invention(csu, '2021-11-22')], signedOn: '2021-11-22', recordedOn: '2022-01-05', endsOn: '2024-11-21',
    corrections: [{ field: 'recordedOn', value: '2021-12-30', reason: '以备案证明为准', note: 'moves two 件次 from 2022 back to 2021' }],
    note: 'recorded on 2022-01-05, corrected to 2021-12-30' });
  sale(hunau, { assets: [invention(hunau, '2024-10-14')], signedOn: '2024-10-14', registeredOn: '2024-12-30',
    corrections: [{ field: 'registeredOn', value: '2025-01-06', reason: '手续合格通知书日期录错', note: 'moves a transfer from 2024 to 2025' }],
    note: 'registered on 2024-12-30, corrected to 2025-01-06' });
  licence(csuft, { assets: [invention(csuft, '2022-07-04')], signedOn: '2022-07-04', recordedOn: '2022-08-22', endsOn: '2025-07-03', fee: '98000.00',
    corrections: [{ field: 'fee', value: '98765.43', reason: '金额录错', note: 'corrects a fee, to odd cents' }], note: 'its fee is corrected' });
  licence(csu, { receiver: companyElsewhere(), assets: [invention(csu, '2023-05-15')], signedOn: '2023-05-15', recordedOn: '2023-07-03', endsOn: '2026-05-14',
    corrections: [
      { field: 'counterpartyDivision', value: '430104', reason: '对方登记住所在岳麓区', note: 'a receiver’s division corrected into Changsha: counts as 在长转化 from then on' },
      { field: 'fee', value: '52,000.50', reason: '含税金额', note: 'second correction of one contract, with a thousands comma' },
    ],
    note: 'receiver outside Changsha, corrected to Changsha' });
  licence(hnucm, { receiver: companyInChangsha(), assets: [invention(hnucm, '2024-06-03')], signedOn: '2024-06-03', recordedOn: '2024-07-29', endsOn: '2027-06-02',
    corrections: [{ field: 'counterpartyDivision', value: '430304', reason: '对方登记住所在湘潭', note: 'a receiver’s division corrected out of Changsha' }],
    note: 'receiver in Changsha, corrected to outside' });
  sale(hnu, { assets: [invention(hnu, '2022-01-17')], signedOn: '2022-01-17', registeredOn: '2022-04-11',
    corrections: [{ field: 'counterparty', value: '示例长沙更名科技有限公司', reason: '对方名称录错', note: 'corrects the name of the new owner' }],
    note: 'its receiver’s name is corrected' });
  licence(hunau, { assets: [invention(hunau, '2025-02-10')], signedOn: '2025-02-10', recordedOn: '2025-04-07', endsOn: '2028-02-09',
    corrections: [{ field: 'relatedParty', value: '是', reason: '股权关系核实', note: 'marks a licence as one to a related party: counted, now flagged' }],
    note: 'found to be a related party later' });
};

const parties = ({ hnu, csu, csust, hunnu, hnucm, nudt }) => {
  licence(hnu, { receiver: companyElsewhere(), assets: [invention(hnu, '2022-11-07')], signedOn: '2022-11-07', recordedOn: '2022-12-19', endsOn: '2025-11-06',
    note: 'receiver outside Changsha: in the target, not 在长转化' });
  licence(csu, { receiver: companyElsewhere(), implementationDivision: '430121', assets: [invention(csu, '2023-08-14')], signedOn: '2023-08-14',
    recordedOn: '2023-10-16', endsOn: '2026-08-13', note: 'receiver outside, implemented in Changsha County: 在长转化' });
  licence(csust, { receiver: { name: '示例住所不明企业有限公司' }, assets: [invention(csust, '2021-09-06')], signedOn: '2021-09-06', recordedOn: '2021-10-25',
    endsOn: '2024-09-05', note: 'no place known: in-Changsha undetermined, neither yes nor no' });
  sale(hunnu, { relatedParty: true, assets: [invention(hunnu, '2022-02-21')], signedOn: '2022-02-21', registeredOn: '2022-05-23',
    note: 'transfer to a related party: counted and flagged' });
  sale(csu, { ownAssetCompany: true, receiver: assetCompanyOf(csu), assets: [invention(csu, '2023-03-20'), invention(csu, '2023-03-20')],
    signedOn: '2023-03-20', registeredOn: '2023-06-12', feeType: 'FREE', fee: undefined, note: 'transfer to the university’s own asset company: counted and flagged' });
  const abroad = { receiver: { name: '示例境外企业 (Sample Abroad Ltd.)' }, foreignParty: true };
  sale(hnu, { ...abroad, exportLicenceNo: '示例技术出口登记-2023-01', assets: [invention(hnu, '2023-01-09')], signedOn: '2023-01-09', registeredOn: '2023-05-29',
    fee: '2100000.00', note: 'transfer abroad with its export registration' });
  licence(hnucm, { ...abroad, assets: [invention(hnucm, '2024-09-09')], signedOn: '2024-09-09', recordedOn: '2024-11-04', endsOn: '2029-09-08',
    note: 'licence to a foreign party' });
  for (const year of [2021, 2023, 2025]) {
    licence(nudt, { assets: [invention(nudt, `${year}-05-06`)], signedOn: `${year}-05-06`, recordedOn: `${year}-06-30`, endsOn: `${year + 3}-05-05`,
      note: 'university outside the panel: in the ledger, not in the city’s count' });
  }
};

const otherRights = ({ hnu, csu, csuft, hunau, hutb }) => {
  const software = (university, date) => assetFor(university, 'SOFTWARE', date);
  licence(hnu, { assets: [software(hnu, '2021-12-20')], signedOn: '2021-12-20', effectiveOn: '2021-12-24', endsOn: '2024-12-23',
    note: 'software licence, nowhere recorded: counts on its effective date' });
  licence(hutb, { assets: [software(hutb, '2022-12-12')], signedOn: '2022-12-12', effectiveOn: '2022-12-15', recordedOn: '2023-02-06', endsOn: '2025-12-14',
    note: 'software licence recorded the year after: still counts on its effective date, 2022' });
  licence(csu, { assets: [invention(csu, '2022-12-05'), software(csu, '2022-12-05')], signedOn: '2022-12-05', recordedOn: '2023-01-16', endsOn: '2025-12-04',
    note: 'a patent and software in one contract: the software counts in 2022, the patent in 2023, and the contract in both' });
  sale(csu, { assets: [assetFor(csu, 'TECH_SECRET', '2024-05-20')], signedOn: '2024-05-20', fee: '450000.00', note: 'technical secret sold: counts on its effective date' });
  sale(hunau, { assets: [assetFor(hunau, 'PLANT_VARIETY', '2021-04-12')], signedOn: '2021-04-12', registeredOn: '2021-07-26', note: 'plant variety: counts on its registration' });
  licence(csuft, { assets: [assetFor(csuft, 'TRADEMARK', '2023-09-18')], signedOn: '2023-09-18', recordedOn: '2023-11-20', endsOn: '2028-09-17', note: 'trademark licence: counts when recorded' });
  sale(hnu, { assets: [assetFor(hnu, 'LAYOUT', '2022-10-10')], signedOn: '2022-10-10', registeredOn: '2022-12-05', note: 'integrated circuit layout: counts on its registration' });
  const pending = patentFiled(hnu, 'INVENTION', '2023-02-14', { grantedAfter: null });
  pending.note = 'application not granted yet';
  licence(hnu, { assets: [pending], signedOn: '2024-11-04', recordedOn: '2024-12-09', endsOn: '2027-11-03', note: 'licence of an application not granted yet' });
};

const numbersAndForms = ({ hnu, csu, csust, csuft, hunnu, hunau }) => {
  const old = oldPatent(csu, '2002-08-19', false);
  old.note = 'patent number of 8 digits (filed before 2003-10-01), without a check digit';
  licence(csu, { assets: [old], signedOn: '2020-05-18', recordedOn: '2020-07-06', endsOn: '2022-08-18', note: 'licence of a patent with an old 8-digit number' });
  const older = oldPatent(hnu, '2001-11-05', true);
  Object.assign(older, { spelling: 'prefixed', note: 'old patent number with its check digit, quoted without it elsewhere' });
  licence(hnu, { assets: [older], assetCell: older.number.slice(0, 8), signedOn: '2020-03-09', recordedOn: '2020-04-27', endsOn: '2021-11-04',
    note: 'quotes an old number without the check digit that the register shows' });
  const pct = pctPatent(csu, '2017-09-13');
  pct.note = 'international application: number of the year it entered China, two years after filing';
  licence(csu, { assets: [pct], signedOn: '2022-08-08', recordedOn: '2022-09-26', endsOn: '2026-08-07', note: 'licence of a patent from an international application' });
  const [one, two] = [invention(csust, '2023-06-12'), invention(csust, '2023-06-12')];
  Object.assign(one, { spelling: 'undotted' });
  licence(csust, { assets: [one, two], assetCell: `${respelt(one, 'wide')};${respelt(two, 'spaced')}`, signedOn: '2023-06-12', recordedOn: '2023-08-07', endsOn: '2026-06-11',
    note: 'asset numbers in full-width and spaced spelling, parted by ";"' });
  licence(hnu, { assets: [invention(hnu, '2022-04-18')], spell: wide, signedOn: '2022-04-18', recordedOn: '2022-06-06', endsOn: '2025-04-17',
    quoted: (number) => number.normalize('NFKC'), corrections: [{ field: 'fee', value: '61000.00', reason: '金额录错', note: 'quotes in plain letters a contract whose number is full-width' }],
    note: 'contract number in full-width characters' });
  licence(csu, { assets: [invention(csu, '2022-09-13')], spell: (text) => text.replaceAll('-', ' - '), signedOn: '2022-09-13', recordedOn: '2022-11-01', endsOn: '2025-09-12',
    quoted: (number) => number.replaceAll(' ', ''), corrections: [{ field: 'fee', value: '62000.00', reason: '金额录错', note: 'quotes without spaces a contract whose number has them' }],
    note: 'contract number with spaces' });
  for (const university of [hunau, hunnu]) {
    licence(university, { assets: [invention(university, '2021-05-17')], spell: () => '示例通用-2021-001', signedOn: '2021-05-17', recordedOn: '2021-07-05', endsOn: '2024-05-16',
      note: 'the same contract number at two universities' });
  }
  licence(csuft, { assets: [invention(csuft, '2024-01-15')], feeType: 'LUMP_SUM', fee: '123456.79', signedOn: '2024-01-15', recordedOn: '2024-03-04', endsOn: '2027-01-14', note: 'fee in odd cents' });
  licence(hunnu, { assets: [invention(hunnu, '2023-04-03')], feeType: 'FREE', fee: '0', signedOn: '2023-04-03', recordedOn: '2023-05-22', endsOn: '2026-04-02', note: 'free licence, fee written as 0' });
  licence(hunau, { assets: [invention(hunau, '2025-03-17')], feeType: 'RUNNING_ROYALTY', fee: undefined, signedOn: '2025-03-17', recordedOn: '2025-05-12', endsOn: '2030-03-16', note: 'running royalty, no fee stated' });
  const coOwned = invention(csuft, '2022-06-20');
  Object.assign(coOwned, { coOwners: '示例共有企业甲有限公司/33.33%；示例共有研究院/33.33%', note: 'co-owned with two others' });
  licence(csuft, { assets: [coOwned], signedOn: '2022-06-20', recordedOn: '2022-08-08', endsOn: '2025-06-19', note: 'ordinary licence of a co-owned patent' });
};

const lateEntries = ({ hnu, csu, csust, hnucm, ccsu }) => {
  for (const [i, university] of [hnu, csu, csust, hnucm, ccsu].entries()) {
    const signedOn = `2021-0${i + 3}-15`;
    const extra = { file: LATE, assets: [invention(university, signedOn)], signedOn, note: 'event of 2021, entered last of all' };
    if (i % 2) sale(university, { ...extra, registeredOn: `2021-0${i + 5}-08` });
    else licence(university, { ...extra, recordedOn: `2021-0${i + 4}-20`, endsOn: '2024-01-31' });
  }
};

/** A patent whose open licence was withdrawn may be licensed exclusively from the day after. */
export const addExclusiveAfterWithdrawal = ({ asset, university, withdrawnOn, from }) =>
  licence(university, { file: LATE, licenceKind: 'EXCLUSIVE', assets: [asset], signedOn: from, recordedOn: `${from.slice(0, 8)}28`, endsOn: '2027-12-31',
    note: `exclusive licence after the open licence of the patent was withdrawn on ${withdrawnOn}` });

export const keepOpen = (asset) => addToPool(asset, '0000-01-01', true);
