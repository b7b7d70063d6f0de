import { patentFiled } from './assets.mjs';
import { LATE, handover, invention, licence, sale } from './deal-makers.mjs';
import { companyInChangsha, personOf } from './names.mjs';

/* What counts how often, when, and what never does. */

export const packagesAndParallels = ({ csu, hnu }) => {
  licence(csu, '2022-05-10', '2022-06-20', {
    assets: Array.from({ length: 10 }, () => invention(csu, '2022-05-10')),
    fee: '1200000.00',
    note: 'package of ten patents in one contract: 1 项, 10 件次, 10 件',
  });
  const shared = patentFiled(hnu, 'INVENTION', '2018-03-15');
  const note = 'ordinary licences of one patent side by side, three of them in 2023: 3 件次, 3 项, 1 件';
  licence(hnu, '2023-04-03', '2023-04-11', { assets: [shared], note });
  licence(hnu, '2023-06-01', '2023-06-19', { assets: [shared], note });
  licence(hnu, '2023-08-21', '2023-09-05', { assets: [shared], note });
  const both = patentFiled(hnu, 'INVENTION', '2017-05-08');
  licence(hnu, '2024-02-20', '2024-03-18', {
    assets: [both],
    note: 'licensed and, later in the same year, sold: 2 件次 but 1 件 of 2024',
  });
  sale(hnu, '2024-08-12', '2024-10-09', {
    assets: [both],
    note: 'sold while its ordinary licence runs; the licence goes with the patent',
  });
  exclusiveAfterExclusive(csu);
};

const exclusiveAfterExclusive = (university) => {
  const common = { licenceKind: 'EXCLUSIVE', assets: [patentFiled(university, 'INVENTION', '2014-09-02')] };
  licence(university, '2020-03-01', '2020-04-15', {
    ...common,
    endsOn: '2022-02-28',
    note: 'exclusive licence, over before the next one begins',
  });
  licence(university, '2022-03-01', '2022-04-12', {
    ...common,
    endsOn: '2026-02-28',
    note: 'exclusive licence of the same patent from the day after the first one ended',
  });
};

export const datesAtTheEdge = ({ hnu, csu, csust, hunau }) => {
  licence(hnu, '2024-12-31', '2025-01-02', { note: 'signed on 2024-12-31, recorded on 2025-01-02: counts in 2025' });
  sale(csu, '2020-12-31', '2021-01-04', { note: 'signed on 2020-12-31, registered on 2021-01-04: counts in 2021' });
  licence(csust, '2023-11-30', '2024-02-29', {
    note: 'effective 2023-11-30, recorded on the last day of the three months, 2024-02-29: in time, counts in 2024',
  });
  licence(hunau, '2023-02-01', '2023-07-10', {
    note: 'recorded more than three months after it took effect: late, yet it counts',
  });
  licence(hnu, '2024-02-29', '2024-04-01', { endsOn: '2028-02-29', note: 'from one leap day to another' });
  licence(csu, '2021-07-01', '2021-08-16', {
    assets: [patentFiled(csu, 'UTILITY_MODEL', '2016-06-30', { grantedAfter: 210 })],
    endsOn: '2026-06-30',
    note: 'the licence ends on the very day the utility model expires',
  });
  licence(hnu, '2023-03-06', undefined, {
    note: 'signed, never recorded: unrecorded column of 2023, not in the target',
  });
  sale(csu, '2025-11-20', undefined, { note: 'sold, not yet registered: unrecorded column of 2025' });
};

export const neverCounted = ({ csu, hnu, hnucm, csuft, hunnu }) => {
  sale(csu, '2021-06-01', '2021-08-30', {
    mode: 'EQUITY',
    assets: [invention(csu, '2021-06-01'), invention(csu, '2021-06-01')],
    fee: '6000000.00',
    note: 'equity contribution, registered: never counted',
  });
  handover(hnu, '2022-09-01', '2022-10-28', {
    mode: 'RELEASE',
    receiver: undefined,
    inventor: personOf(hnu, 4),
    inventorShare: '12.5',
    note: 'release to the inventor with 12.5% owed to the university: never counted',
  });
  handover(hnucm, '2024-03-11', '2024-05-06', {
    mode: 'RELEASE',
    receiver: undefined,
    inventor: personOf(hnucm, 2),
    inventorShare: '0',
    note: 'release to the inventor, share 0 stated in writing',
  });
  handover(csuft, '2021-03-01', '2021-04-19', {
    mode: 'SUCCESSION',
    assets: [invention(csuft, '2021-03-01'), invention(csuft, '2021-03-01')],
    receiver: { name: '示例附属研究院（合并设立）', division: '430111' },
    note: 'succession by merger, registered: never counted',
  });
  handover(hunnu, '2023-10-09', '2023-11-13', {
    mode: 'SUCCESSION',
    receiver: { name: '示例更名后附属医院', division: '430103' },
    note: 'succession by change of name, registered: never counted',
  });
};

export const voidsAndReturns = ({ hnu, csu, csust, hunau }) => {
  licence(csu, '2022-03-14', '2022-05-09', {
    isVoid: {
      on: '2023-02-20',
      reason: '双方解除合同',
      note: 'voids a licence recorded in 2022: it leaves the count of 2022',
    },
    note: 'recorded licence, voided later',
  });
  const twice = [patentFiled(hnu, 'INVENTION', '2016-10-20')];
  sale(hnu, '2022-06-06', '2022-08-15', {
    assets: twice,
    isVoid: {
      on: '2023-04-10',
      reason: '转让登记被撤销',
      note: 'voids a registered transfer: the patent is the university’s again',
    },
    note: 'registered transfer, voided later',
  });
  sale(hnu, '2023-06-05', '2023-08-21', {
    file: LATE,
    assets: twice,
    note: 'the patent of the voided transfer, sold to another',
  });
  sale(csust, '2024-04-08', undefined, {
    isVoid: { on: '2024-07-01', reason: '受让方未付款', note: 'voids a transfer that was never registered' },
    note: 'unregistered transfer, voided',
  });
  licence(hunau, '2021-10-11', undefined, {
    isVoid: { on: '2021-12-20', reason: '未履行', note: 'voids a licence that was never recorded' },
    note: 'unrecorded licence, voided: in no column',
  });
  returned(csust);
};

const returned = (university) => {
  const common = { assets: [patentFiled(university, 'INVENTION', '2015-04-16')], receiver: companyInChangsha() };
  const returnOf = sale(university, '2021-02-22', '2021-05-10', { ...common, note: 'transfer that is returned later' });
  sale(university, '2022-03-07', '2022-06-13', {
    ...common,
    returnOf,
    note: 'return (回转) of that transfer: counted in 2022 and flagged',
  });
  sale(university, '2023-02-13', '2023-04-24', {
    ...common,
    receiver: companyInChangsha(),
    note: 'sold again after its return',
  });
};

export const lateEntries = ({ hnu, csu, csust, hnucm, ccsu }) => {
  const common = { file: LATE, note: 'event of 2021, entered last of all' };
  licence(hnu, '2021-03-15', '2021-04-20', common);
  sale(csu, '2021-04-15', '2021-06-08', common);
  licence(csust, '2021-05-17', '2021-06-21', common);
  sale(hnucm, '2021-06-15', '2021-08-09', common);
  licence(ccsu, '2021-07-15', '2021-08-20', common);
};
