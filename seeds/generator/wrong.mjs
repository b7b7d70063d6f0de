import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allAssets, expiryOf } from './assets.mjs';
import { patentNumber } from './numbers.mjs';
import { HEADERS, writeCsv } from './sheets.mjs';

/* A sheet of contracts with about every mistake an office makes, beside good rows. It is imported after the sample. */

/** Patents of a university that the sample never converts, with years to live. */
const unconverted = (code) =>
  allAssets()
    .filter(
      ({ university, ipType, grantedOn, isStock, ...asset }) =>
        isStock &&
        university.code === code &&
        ipType === 'INVENTION' &&
        grantedOn < '2024-06-01' &&
        expiryOf({ ipType, ...asset }) > '2032-01-01',
    )
    .map(({ number }) => number);

const GOOD = {
  university: 'hnu',
  mode: '许可',
  licenceKind: '普通',
  counterparty: '示例长沙测试科技有限公司',
  counterpartyDivision: '430104',
  signedOn: '2025-06-10',
  effectiveOn: '2025-06-10',
  endsOn: '2027-06-09',
  feeType: '一次总付',
  fee: '10000.00',
  pricingMethod: '协议',
  priceNoticeExemption: '示例：公示材料在纸质档案',
};
const SALE = { mode: '转让', licenceKind: undefined, endsOn: undefined };
const RELEASE = {
  ...SALE,
  ground: '示例：材料在纸质档案',
  mode: '转给发明人',
  counterparty: '示例张三/示例-HNU-0001',
  feeType: '免费',
  fee: undefined,
};

/* Cases are `[cells, column, rule]`; good rows have neither column nor rule. */

/** What the cell alone tells. */
const CELLS = [
  [{ university: '示例不存在大学' }, '高校', 'C-5'],
  [{ fee: '-5000' }, '合同金额(元)', 'V-FEE-NEGATIVE'],
  [{ fee: '100.005' }, '合同金额(元)', 'V-FEE-PRECISION'],
  [{ fee: '五万元' }, '合同金额(元)', 'V-FEE-FORM'],
  [{ counterparty: '=HYPERLINK("http://example.org")' }, '受让方/被许可方', 'V-5'],
  [{ counterparty: undefined }, '受让方/被许可方', 'V-1'],
  [{ counterparty: `示例${'长'.repeat(500)}有限公司` }, '受让方/被许可方', 'V-4'],
  [{ mode: '出租' }, '转化方式', 'V-2'],
  [{ relatedParty: '也许' }, '关联方', 'V-8'],
  [{ signedOn: '2025-02-30' }, '签订日', 'V-DATE'],
  [{ counterpartyCode: '91430104MA4L00000A' }, '统一社会信用代码', 'I-6'],
  [{ counterpartyCode: '示例代码' }, '统一社会信用代码', 'I-5'],
  [{ counterpartyDivision: '岳麓区' }, '对方住所区划', 'C-43'],
  [{ ...RELEASE, inventorShare: '120' }, '发明人返还学校比例%', 'C-40'],
];

/** What the cells of a row tell together. */
const ROWS = [
  [{ signedOn: '2099-01-01', effectiveOn: '2099-01-01', endsOn: undefined }, '签订日', 'C-30'],
  [{ endsOn: '2025-06-01' }, '许可期限止', 'C-31'],
  [{ endsOn: '2060-01-01' }, '许可期限止', 'OL-8'],
  [{ ...SALE, licenceKind: '独占' }, '许可种类', 'C-33'],
  [{ feeType: '免费' }, '合同金额(元)', 'C-34'],
  [{ ...SALE, foreignParty: '是' }, '技术出口许可/登记号', 'C-35'],
  [{ ...SALE, recordNo: '示例备案号-4', recordedOn: '2025-07-01' }, '备案日', 'C-38'],
  [{ recordNo: '示例备案号-3', recordedOn: '2025-06-01' }, '备案日', 'C-39'],
  [{ recordNo: '示例备案号-1' }, '备案日', 'C-42'],
  [{ priceNoticeExemption: undefined }, '公示编号', 'P-1'],
  [{ pricingMethod: '挂牌' }, '交易平台', 'P-4'],
  [{ ...RELEASE, inventorShare: undefined }, '发明人返还学校比例%', 'E-1'],
  [{ ...RELEASE, counterparty: '示例张三', inventorShare: '10' }, '受让方/被许可方', 'C-41'],
];

const wrongDigit = (number) => number.slice(0, -1) + (number.endsWith('1') ? '2' : '1');
const other = (name) => ({ counterparty: `示例${name}有限公司` });

/** What other rows and the titles of the assets tell. */
const titleCases = ([first, sold, exclusive, unused], { foreign, openLicensed, soldAlready }) => [
  [{ assets: first, number: '示例错行-A' }],
  [{ assets: first, number: '示例错行-A', fee: '20000.00' }, null, 'V-7'],
  [{ assets: wrongDigit(unused) }, '知识产权号', 'I-1'],
  [{ assets: patentNumber('INVENTION', 2020) }, '知识产权号', 'C-5'],
  [{ assets: `${unused}；${unused}` }, '知识产权号', 'C-32'],
  [{ assets: foreign }, '知识产权号', 'L-1'],
  [{ assets: sold, ...SALE, registeredOn: '2025-08-04' }],
  [{ assets: sold, ...SALE, ...other('另一受让方') }, '知识产权号', 'L-4'],
  [{ assets: soldAlready, ...SALE }, '知识产权号', 'L-4'],
  [{ assets: exclusive, licenceKind: '独占' }],
  [
    { assets: exclusive, licenceKind: '独占', ...other('另一被许可方'), effectiveOn: '2026-01-01' },
    '知识产权号',
    'L-2',
  ],
  [{ assets: exclusive, ...other('再一被许可方') }, '知识产权号', 'L-2'],
  [{ assets: openLicensed, licenceKind: '独占' }, '许可种类', 'OL-4'],
];

const GOOD_AT_LAST = { number: ' 示例错行 - Z ', recordNo: '示例备案号-2', recordedOn: '2025-06-30' };

const casesOf = (own, others) => {
  const faults = [...CELLS, ...ROWS, [GOOD_AT_LAST]];
  const withAsset = faults.map(([cells, ...place], index) => [{ assets: own[index + 4], ...cells }, ...place]);
  return [...titleCases(own, others), ...withAsset];
};

const rowOf = ([cells], index) => ({ ...GOOD, number: `示例错行-${String(index + 1).padStart(3, '0')}`, ...cells });

/** Writes the sheets and `expected.json`: by the row number the rule that refuses it and the column it names. */
export const writeWrong = (folder, { declarations, deals }) => {
  mkdirSync(folder, { recursive: true });
  const isOpen = ({ announcedOn, withdrawnOn, endsOn, university }) =>
    announcedOn && !withdrawnOn && endsOn > '2028-01-01' && university.code === 'hnu';
  const isSold = ({ university, mode, registeredOn, isVoid }) =>
    university.code === 'hnu' && mode === 'TRANSFER' && registeredOn && !isVoid;
  const cases = casesOf(unconverted('hnu'), {
    foreign: unconverted('csu')[0],
    openLicensed: declarations.find(isOpen).asset.number,
    soldAlready: deals.find(isSold).assets[0].number,
  });
  writeCsv(folder, 'contracts-wrong', 'contracts', cases.map(rowOf));
  const expected = cases.flatMap(([, column, rule], index) => (rule ? [[index + 2, { column, rule }]] : []));
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(Object.fromEntries(expected), null, 2)}\n`);
  const { signedOn: _missing, ...headers } = HEADERS.contracts;
  writeCsv(folder, 'contracts-missing-column', headers, [rowOf(cases[0], 0)]);
  writeFileSync(join(folder, 'README.md'), README);
};

const README = `# 示例错误表 Wrong sheets

Invented (示例), for tests and for trying the importer out after the sample is loaded. \`node seeds/generate.mjs\` writes them.

- \`contracts-wrong.csv\`: good rows and wrong ones side by side. The good ones are taken; \`expected.json\` names, by row number, the column
  and the rule of every other one. Row 1 holds the headers.
- \`contracts-missing-column.csv\`: without the required column 签订日; the whole file is refused (V-6).
`;
