import ExcelJS from 'exceljs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Headers of each kind of sheet, as the importer declares them: field by Chinese header. */
export const HEADERS = {
  'dedicated-offices': {
    university: '高校',
    name: '机构名称',
    legalForm: '机构形式',
    documentNo: '成立文号',
    establishedOn: '成立日期',
    staff: '专职人数',
    evidence: '佐证',
  },
  designations: {
    university: '高校',
    designation: '称号',
    documentNo: '文号',
    designatedOn: '认定日期',
    validTo: '有效期至',
    authority: '认定机关',
    evidence: '佐证',
  },
  certifications: {
    university: '高校',
    certNo: '证书编号',
    standard: '标准',
    body: '认证机构',
    validFrom: '有效期起',
    validTo: '有效期止',
    scope: '范围',
    evidence: '佐证',
  },
  commendations: {
    university: '高校',
    award: '奖项',
    year: '年度',
    documentNo: '文号',
    grantedOn: '授予日期',
    evidence: '佐证',
  },
  'trading-platforms': {
    university: '申报高校',
    name: '平台名称',
    url: '网址',
    launchedOn: '上线日期',
    documentNo: '文号',
    evidence: '佐证',
  },
  disclosures: {
    university: '高校',
    number: '披露编号',
    title: '成果名称',
    completedOn: '完成日期',
    disclosedOn: '披露日期',
    inventors: '发明人',
    funding: '经费来源',
    projectNo: '项目编号',
    confidentiality: '密级',
    publishedOn: '公开发表日期',
    protection: '拟保护方式',
  },
  evaluations: {
    university: '高校',
    number: '评估编号',
    disclosureNumber: '披露编号',
    evaluatorKind: '评估方式',
    evaluator: '评估机构',
    evaluatedOn: '评估日期',
    patentability: '可专利性',
    technology: '技术',
    market: '市场',
    legal: '法律',
    industrialisation: '产业化前景',
    conclusion: '评估结论',
    decision: '申请决定',
    decidedOn: '决定日期',
    decidedBy: '决定人职务',
  },
  'university-policies': {
    university: '高校',
    policy: '制度',
    documentNo: '文号',
    adoptedOn: '施行日期',
    evidence: '佐证',
  },
  'enterprise-sizes': {
    enterpriseName: '企业名称',
    creditCode: '统一社会信用代码',
    industry: '行业代码',
    employees: '从业人员',
    revenue: '营业收入(万元)',
    assets: '资产总额(万元)',
    dataYear: '数据年度',
    determinedOn: '认定日期',
    evidence: '佐证',
  },
  'asset-entries': {
    university: '高校',
    asset: '知识产权号',
    entry: '事项',
    on: '日期',
    documentNo: '文号',
    party: '当事人',
    amount: '金额(元)',
    year: '年度',
    cause: '原因',
    note: '备注',
  },
  assets: {
    university: '高校',
    ipType: '知识产权类型',
    number: '专利号/登记号',
    title: '名称',
    filedOn: '申请日',
    grantedOn: '授权/登记日',
    coOwners: '共有人',
    disclosureNumber: '披露编号',
    evaluationExemption: '免予评估理由',
  },
  portfolios: {
    university: '高校',
    number: '组合编号',
    title: '名称',
    chain: '产业链',
    startedOn: '立项日期',
    acceptedOn: '验收日期',
    partners: '合作企业',
    assets: '核心专利',
    evidence: '佐证',
  },
  'price-notices': {
    university: '高校',
    number: '公示编号',
    title: '成果名称',
    assets: '知识产权号',
    proposedPrice: '拟交易价格(元)',
    method: '定价依据',
    startsOn: '公示起',
    endsOn: '公示止',
    procedure: '异议处理程序',
  },
  contracts: {
    university: '高校',
    number: '合同编号',
    mode: '转化方式',
    licenceKind: '许可种类',
    assets: '知识产权号',
    counterparty: '受让方/被许可方',
    counterpartyCode: '统一社会信用代码',
    counterpartyDivision: '对方住所区划',
    implementationDivision: '实施地区划',
    signedOn: '签订日',
    effectiveOn: '生效日',
    endsOn: '许可期限止',
    feeType: '计费方式',
    fee: '合同金额(元)',
    pricingMethod: '定价方式',
    priceNotice: '公示编号',
    priceNoticeExemption: '公示豁免理由',
    platform: '交易平台',
    listingNo: '挂牌/拍卖编号',
    listedFrom: '挂牌起',
    listedTo: '挂牌止',
    ground: '依据',
    coOwnerConsents: '共有人同意',
    relatedParty: '关联方',
    ownAssetCompany: '本校资产公司',
    returnOf: '回转原合同编号',
    foreignParty: '境外方',
    exportLicenceNo: '技术出口许可/登记号',
    recordNo: '备案号',
    recordedOn: '备案日',
    registeredOn: '转让登记日',
    technologyContractNo: '技术合同认定登记编号',
    inventorShare: '发明人返还学校比例%',
  },
  'contract-corrections': {
    university: '高校',
    contractNumber: '合同编号',
    number: '更正编号',
    field: '更正项',
    value: '更正后',
    reason: '理由',
    evidence: '佐证',
    approver: '批准人',
  },
  'contract-voids': {
    university: '高校',
    contractNumber: '合同编号',
    voidedOn: '作废日期',
    reason: '理由',
    evidence: '佐证',
    approver: '批准人',
  },
  'open-licences': {
    university: '高校',
    number: '声明编号',
    asset: '专利号',
    declarants: '共同声明人',
    declaredOn: '声明日',
    announcedOn: '公告日',
    endsOn: '许可期限止',
    feeType: '计费方式',
    fee: '许可费(元)',
    royaltyPermyriad: '提成率(万分之)',
    evaluationReportNo: '评价报告号',
    evaluationReportOn: '评价报告日',
    withdrawnOn: '撤回公告日',
  },
  'open-licence-grants': {
    university: '高校',
    declarationNumber: '声明编号',
    number: '许可编号',
    licensee: '被许可方',
    licenseeCode: '统一社会信用代码',
    licenseeDivision: '住所区划',
    noticeOn: '通知日',
    paidOn: '付费日',
    paid: '已付(元)',
    recordNo: '备案号',
    recordedOn: '备案日',
  },
  baselines: {
    scope: '范围',
    basis: '口径',
    ipScope: '知识产权范围',
    baseYear: '基年',
    value: '数值',
    source: '来源',
    evidence: '佐证',
    approver: '批准人',
  },
  'fund-years': { year: '年度', budget: '预算(万元)', legalBasis: '依据', document: '文号', openedOn: '开启日期' },
  'fund-categories': {
    year: '年度',
    category: '类别',
    method: '分配方式',
    ceiling: '类别上限(万元)',
    legalBasis: '依据',
  },
  'fund-standards': {
    year: '年度',
    number: '标准编号',
    category: '类别',
    title: '名称',
    unit: '计量单位',
    amount: '单位金额(元)',
    cap: '单项上限(元)',
    objectKind: '资助对象类型',
    legalBasis: '依据',
  },
  'fund-claims': {
    year: '年度',
    number: '申报编号',
    university: '高校',
    category: '类别',
    standardNumber: '标准编号',
    objectNumber: '对象编号',
    units: '数量',
    rank: '排序',
    claimedOn: '申报日期',
    performanceTarget: '绩效目标',
    otherFunding: '其他资金申报',
  },
};

const cellOf = (value) => (value === undefined || value === null ? '' : String(value));
const quotedCell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Writes rows as CSV, UTF-8 with byte order mark; the headers are those of a kind, or given. */
export const writeCsv = (folder, name, kind, rows) => {
  const fields = Object.entries(HEADERS[kind] ?? kind);
  const lines = [fields.map(([, header]) => header), ...rows.map((row) => fields.map(([field]) => cellOf(row[field])))];
  const text = lines.map((cells) => cells.map(quotedCell).join(',')).join('\n');
  writeFileSync(join(folder, `${name}.csv`), `\ufeff${text}\n`);
};

/** An instant for everything in a workbook that wants one, so that the same rows make the same bytes. */
const FIXED = new Date('2026-01-05T00:00:00Z');

/** Writes rows of a kind as a workbook; dates become date cells and whole numbers number cells, as a spreadsheet program keeps them. */
export const writeXlsx = async (folder, name, kind, rows) => {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, { created: FIXED, modified: FIXED });
  const sheet = workbook.addWorksheet('示例');
  const fields = Object.entries(HEADERS[kind]);
  sheet.addRow(fields.map(([, header]) => header));
  for (const row of rows) sheet.addRow(fields.map(([field]) => workbookCell(row[field])));
  sheet.eachRow((row) =>
    row.eachCell((cell) => cell.value instanceof Date && Object.assign(cell, { numFmt: 'yyyy-mm-dd' })),
  );
  writeFileSync(join(folder, `${name}.xlsx`), withFixedTimes(Buffer.from(await workbook.xlsx.writeBuffer())));
};

const workbookCell = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : (value ?? null);

/** A zip archive notes when each entry was written, in its central directory and before the entry itself. */
const withFixedTimes = (zip) => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const local = zip.readUInt32LE(entry + 42);
    for (const at of [entry + 12, local + 10]) zip.writeUInt32LE(0x5a250000, at);
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return zip;
};
