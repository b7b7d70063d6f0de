import { assetFor, oldPatent, patentFiled, pctPatent, respelt } from './assets.mjs';
import { invention, licence, sale } from './deal-makers.mjs';
import { assetCompanyOf, companyElsewhere } from './names.mjs';

/* Corrections, parties, rights other than patents, and numbers as offices write them. */

const correctedDate = (field, value, reason, note) => [{ field, value, reason, note }];

export const corrections = ({ hnu, csu, hunau, csuft }) => {
  licence(hnu, '2023-11-13', '2023-12-28', {
    corrections: correctedDate('recordedOn', '2024-01-04', '备案通知书日期录错', 'moves a licence from 2023 to 2024'),
    note: 'recorded on 2023-12-28, corrected to 2024-01-04',
  });
  licence(csu, '2021-11-22', '2022-01-05', {
    assets: [invention(csu, '2021-11-22'), invention(csu, '2021-11-22')],
    corrections: correctedDate('recordedOn', '2021-12-30', '以备案证明为准', 'moves two 件次 from 2022 back to 2021'),
    note: 'recorded on 2022-01-05, corrected to 2021-12-30',
  });
  sale(hunau, '2024-10-14', '2024-12-30', {
    corrections: correctedDate('registeredOn', '2025-01-06', '登记日期录错', 'moves a transfer from 2024 to 2025'),
    note: 'registered on 2024-12-30, corrected to 2025-01-06',
  });
  licence(csuft, '2022-07-04', '2022-08-22', {
    fee: '98000.00',
    corrections: [{ field: 'fee', value: '98765.43', reason: '金额录错', note: 'corrects a fee, to odd cents' }],
    note: 'its fee is corrected',
  });
  sale(hnu, '2022-01-17', '2022-04-11', {
    corrections: [
      {
        field: 'counterparty',
        value: '示例长沙更名科技有限公司',
        reason: '对方名称录错',
        note: 'corrects the name of the new owner',
      },
    ],
    note: 'its receiver’s name is corrected',
  });
};

export const correctedParties = ({ csu, hunau, hnucm }) => {
  licence(csu, '2023-05-15', '2023-07-03', {
    receiver: companyElsewhere(),
    corrections: [
      {
        field: 'counterpartyDivision',
        value: '430104',
        reason: '对方登记住所在岳麓区',
        note: 'a receiver’s division corrected into Changsha: 在长转化 from then on',
      },
      {
        field: 'fee',
        value: '52,000.50',
        reason: '含税金额',
        note: 'second correction of one contract, with a thousands comma',
      },
    ],
    note: 'receiver outside Changsha, corrected to Changsha',
  });
  licence(hnucm, '2024-06-03', '2024-07-29', {
    corrections: [
      {
        field: 'counterpartyDivision',
        value: '430304',
        reason: '对方登记住所在湘潭',
        note: 'a receiver’s division corrected out of Changsha',
      },
    ],
    note: 'receiver in Changsha, corrected to outside',
  });
  licence(hunau, '2025-02-10', '2025-04-07', {
    corrections: [
      {
        field: 'relatedParty',
        value: '是',
        reason: '股权关系核实',
        note: 'marks a licence as one to a related party: counted, now flagged',
      },
    ],
    note: 'found to be a related party later',
  });
};

export const parties = ({ hnu, csu, csust, hunnu, hnucm, nudt }) => {
  licence(hnu, '2022-11-07', '2022-12-19', {
    receiver: companyElsewhere(),
    note: 'receiver outside Changsha: in the target, not 在长转化',
  });
  licence(csu, '2023-08-14', '2023-10-16', {
    receiver: companyElsewhere(),
    implementationDivision: '430121',
    note: 'receiver outside, implemented in Changsha County: 在长转化',
  });
  licence(csust, '2021-09-06', '2021-10-25', {
    receiver: { name: '示例住所不明企业有限公司' },
    note: 'no place known: in-Changsha undetermined, neither yes nor no',
  });
  sale(hunnu, '2022-02-21', '2022-05-23', {
    relatedParty: true,
    note: 'transfer to a related party: counted and flagged',
  });
  sale(csu, '2023-03-20', '2023-06-12', {
    ownAssetCompany: true,
    receiver: assetCompanyOf(csu),
    assets: [invention(csu, '2023-03-20'), invention(csu, '2023-03-20')],
    feeType: 'FREE',
    fee: undefined,
    note: 'transfer to the university’s own asset company: counted and flagged',
  });
  const abroad = { receiver: { name: '示例境外企业 (Sample Abroad Ltd.)' }, foreignParty: true };
  sale(hnu, '2023-01-09', '2023-05-29', {
    ...abroad,
    exportLicenceNo: '示例技术出口登记-2023-01',
    fee: '2100000.00',
    note: 'transfer abroad with its export registration',
  });
  licence(hnucm, '2024-09-09', '2024-11-04', {
    ...abroad,
    exportLicenceNo: '示例技术出口登记-2024-02',
    note: 'licence to a foreign party with its export registration',
  });
  for (const year of [2021, 2023, 2025]) {
    licence(nudt, `${year}-05-06`, `${year}-06-30`, {
      note: 'university outside the panel: in the ledger, not in the city’s count',
    });
  }
};

export const otherRights = ({ hnu, csu, csuft, hunau, hutb }) => {
  licence(hnu, '2021-12-20', undefined, {
    assets: [assetFor(hnu, 'SOFTWARE', '2021-12-20')],
    effectiveOn: '2021-12-24',
    note: 'software licence, nowhere recorded: counts on its effective date',
  });
  licence(hutb, '2022-12-12', '2023-02-06', {
    assets: [assetFor(hutb, 'SOFTWARE', '2022-12-12')],
    effectiveOn: '2022-12-15',
    note: 'software licence recorded the year after: still counts on its effective date, 2022',
  });
  licence(csu, '2022-12-05', '2023-01-16', {
    assets: [invention(csu, '2022-12-05'), assetFor(csu, 'SOFTWARE', '2022-12-05')],
    note: 'a patent and software in one contract: the software counts in 2022, the patent in 2023, the contract in both',
  });
  sale(csu, '2024-05-20', undefined, {
    assets: [assetFor(csu, 'TECH_SECRET', '2024-05-20')],
    note: 'technical secret sold: counts on its effective date',
  });
  sale(hunau, '2021-04-12', '2021-07-26', {
    assets: [assetFor(hunau, 'PLANT_VARIETY', '2021-04-12')],
    note: 'plant variety: counts on its registration',
  });
  licence(csuft, '2023-09-18', '2023-11-20', {
    assets: [assetFor(csuft, 'TRADEMARK', '2023-09-18')],
    note: 'trademark licence: counts when recorded',
  });
  sale(hnu, '2022-10-10', '2022-12-05', {
    assets: [assetFor(hnu, 'LAYOUT', '2022-10-10')],
    note: 'integrated circuit layout: counts on its registration',
  });
};

/** An asset with a note of its own. */
const noted = (asset, note, extra) => Object.assign(asset, { note }, extra);

export const unusualPatents = ({ hnu, csu, csuft }) => {
  const pending = patentFiled(hnu, 'INVENTION', '2023-02-14', { grantedAfter: null });
  licence(hnu, '2024-11-04', '2024-12-09', {
    assets: [noted(pending, 'application not granted yet')],
    note: 'licence of an application not granted yet',
  });
  const plain = oldPatent(csu, '2002-08-19', false);
  licence(csu, '2020-05-18', '2020-07-06', {
    assets: [noted(plain, 'patent number of 8 digits (filed before 2003-10-01), without a check digit')],
    endsOn: '2022-08-18',
    note: 'licence of a patent with an old 8-digit number',
  });
  const checked = oldPatent(hnu, '2001-11-05', true);
  licence(hnu, '2020-03-09', '2020-04-27', {
    assets: [
      noted(checked, 'old patent number with its check digit, quoted without it elsewhere', { spelling: 'prefixed' }),
    ],
    assetCell: checked.number.slice(0, 8),
    endsOn: '2021-11-04',
    note: 'quotes an old number without the check digit that the register shows',
  });
  const pct = pctPatent(csu, '2017-09-13');
  licence(csu, '2022-08-08', '2022-09-26', {
    assets: [noted(pct, 'international application: number of the year it entered China, two years after filing')],
    note: 'licence of a patent from an international application',
  });
  const coOwners = '示例共有企业甲有限公司/33.33%；示例共有研究院/33.33%';
  licence(csuft, '2022-06-20', '2022-08-08', {
    assets: [noted(invention(csuft, '2022-06-20'), 'co-owned with two others', { coOwners })],
    note: 'ordinary licence of a co-owned patent',
  });
};

const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

export const numbersAndForms = ({ hnu, csu, csust, csuft, hunnu, hunau }) => {
  const [one, two] = [invention(csust, '2023-06-12'), invention(csust, '2023-06-12')];
  licence(csust, '2023-06-12', '2023-08-07', {
    assets: [Object.assign(one, { spelling: 'undotted' }), two],
    assetCell: `${respelt(one, 'wide')};${respelt(two, 'spaced')}`,
    note: 'asset numbers in full-width and spaced spelling, parted by ";"',
  });
  const feeCorrected = (value, note) => [{ field: 'fee', value, reason: '金额录错', note }];
  licence(hnu, '2022-04-18', '2022-06-06', {
    spell: wide,
    quoted: (number) => number.normalize('NFKC'),
    corrections: feeCorrected('61000.00', 'quotes in plain letters a contract whose number is full-width'),
    note: 'contract number in full-width characters',
  });
  licence(csu, '2022-09-13', '2022-11-01', {
    spell: (number) => number.replaceAll('-', ' - '),
    quoted: (number) => number.replaceAll(' ', ''),
    corrections: feeCorrected('62000.00', 'quotes without spaces a contract whose number has them'),
    note: 'contract number with spaces',
  });
  for (const university of [hunau, hunnu]) {
    licence(university, '2021-05-17', '2021-07-05', {
      spell: () => '示例通用-2021-001',
      note: 'the same contract number at two universities',
    });
  }
  licence(csuft, '2024-01-15', '2024-03-04', { fee: '123456.79', note: 'fee in odd cents' });
  licence(hunnu, '2023-04-03', '2023-05-22', { feeType: 'FREE', fee: '0', note: 'free licence, fee written as 0' });
  licence(hunau, '2025-03-17', '2025-05-12', {
    feeType: 'RUNNING_ROYALTY',
    fee: undefined,
    note: 'running royalty, no fee stated',
  });
};
