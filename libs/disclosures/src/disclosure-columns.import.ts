import { type Column, type Row, choice, date, filled, list, rowRule, text } from '@app/imports';
import { type BilingualText, ipTypeLabels, permyriadOf } from '@app/kernel';
import {
  type Funding,
  type ThirdPartyRight,
  confidentialities,
  fundingSources,
  graceGrounds,
  publications,
  thirdPartyRightKinds,
} from './disclosure-facts.js';
import type { DisclosureFollowUp, NamedInventor } from './disclosure-input.handler.js';
import { disclosureRule } from './disclosure-rules.js';
import { employments, inventorRoles } from './inventor.js';
import { serviceGrounds } from './service-invention.js';

/** The code of a label in either language, or of the code itself. */
const codeOf = <Code extends string>(labels: Readonly<Record<Code, BilingualText>>, label: string): Code | undefined =>
  (Object.entries(labels) as Array<[Code, BilingualText]>).find(([code, { zh, en }]) =>
    [code, zh, en].includes(label),
  )?.[0];

const partsOf = (entry: string): string[] => entry.split(/[/／]/).map((part) => part.trim());

/** `姓名/工号/份额%[/角色[/人员类型]]`; undefined when it does not read so. */
const readInventor = (entry: string): NamedInventor | undefined => {
  const [name, staffNumber, share = '', label = inventorRoles.INVENTOR.zh, ...more] = partsOf(entry);
  const sharePermyriad = permyriadOf(share);
  const role = codeOf(inventorRoles, label);
  const employment = readEmployment(more);
  if (!name || !staffNumber || sharePermyriad === undefined || !role || !employment) return undefined;
  return { name, staffNumber, sharePermyriad, role, ...employment };
};

/** The last part of an inventor, if there is one; undefined when it is none of the kinds. */
const readEmployment = ([label, ...more]: readonly string[]): Pick<NamedInventor, 'employment'> | undefined => {
  if (label === undefined) return {};
  const employment = codeOf(employments, label);
  return employment && more.length === 0 ? { employment } : undefined;
};

const people = list({
  zh: '发明人',
  en: 'Inventors',
  example: '示例甲/示例001/60%/第一发明人；示例乙/示例002/40%/发明人/学生',
});

/** A bad entry is named by its place: refusals are kept in reports, where no names belong. */
const inventors: Column<readonly NamedInventor[], false> = {
  ...people,
  personal: true,
  format: {
    zh: '姓名/工号/份额%[/角色[/人员类型]]，用“；”分隔，份额合计100%',
    en: 'name/staff number/share%[/role[/employment]]; shares total 100%',
  },
  parse: (cell, { column, field }) =>
    people.parse(cell, { column, field }).map((entry, index) => {
      const inventor = readInventor(entry);
      if (!inventor) throw disclosureRule('D-11', { column, position: index + 1 }, { field });
      return inventor;
    }),
};

/** A list whose items have parts. @throws Refusal D-28 */
export const listOf = <Item>(
  header: BilingualText & { readonly example: string },
  format: BilingualText,
  read: (parts: readonly string[]) => Item | undefined,
): Column<readonly Item[], false> => {
  const cells = list(header);
  return {
    ...cells,
    format,
    parse: (cell, { column, field }) =>
      cells.parse(cell, { column, field }).map((entry) => {
        const item = read(partsOf(entry));
        if (item === undefined) throw disclosureRule('D-28', { column, format: format.zh }, { field });
        return item;
      }),
  };
};

const readFunding = ([label = '', projectNo, ...more]: readonly string[]): Funding | undefined => {
  const source = codeOf(fundingSources, label);
  return source && more.length === 0 ? { source, ...(projectNo ? { projectNo } : {}) } : undefined;
};

const readRight = ([label = '', party, documentNo, ...more]: readonly string[]): ThirdPartyRight | undefined => {
  const kind = codeOf(thirdPartyRightKinds, label);
  return kind && party && more.length === 0 ? { kind, party, ...(documentNo ? { documentNo } : {}) } : undefined;
};

/** Only number and class are required of every row: a secret result has nothing else (D-3), D-1 and D-8 require the rest of the others. */
export const disclosureColumns = {
  university: text({ zh: '高校', en: 'University', required: true, example: 'hnu' }),
  number: text({ zh: '披露编号', en: 'Disclosure number', required: true, example: '示例-PL-2021-001' }),
  title: text({ zh: '成果名称', en: 'Title', example: '示例：一种测量装置' }),
  completedOn: date({ zh: '完成日期', en: 'Completed on', example: '2021-03-05' }),
  disclosedOn: date({ zh: '披露日期', en: 'Disclosed on', example: '2021-03-20' }),
  inventors,
  funding: choice(fundingSources)({ zh: '经费来源', en: 'Funding', example: '纵向' }),
  projectNo: text({ zh: '项目编号', en: 'Project number', example: '示例-2020-01' }),
  confidentiality: choice(confidentialities)({ zh: '密级', en: 'Confidentiality', required: true, example: '公开' }),
  publishedOn: date({ zh: '公开发表日期', en: 'Published on' }),
  protection: choice(ipTypeLabels)({ zh: '拟保护方式', en: 'Intended protection', example: '发明专利' }),
  discoveredOn: date({ zh: '发现日期', en: 'Discovered on' }),
  furtherFunding: listOf(
    { zh: '其他经费来源', en: 'Further funding', example: '横向/示例-2020-02' },
    { zh: '类别[/项目编号]，用“；”分隔', en: 'source[/project number]' },
    readFunding,
  ),
  thirdPartyRights: listOf(
    { zh: '第三方权利', en: 'Third-party rights', example: '合作完成/示例研究院/示例协议1号' },
    { zh: '类别/单位[/协议编号]，用“；”分隔', en: 'kind/organisation[/agreement number]' },
    readRight,
  ),
  publication: choice(publications)({ zh: '公开方式', en: 'Way of publication' }),
  graceGround: choice(graceGrounds)({ zh: '不丧失新颖性情形', en: 'Ground of the grace period' }),
  keywords: list({ zh: '关键词', en: 'Keywords', example: '测量；传感' }),
  suggestedLicensees: list({ zh: '意向受让方', en: 'Suggested licensees' }),
  ground: choice(serviceGrounds)({ zh: '职务发明认定', en: 'Service invention', example: '本职工作' }),
  determinedOn: date({ zh: '认定日期', en: 'Determined on', example: '2021-03-25' }),
  basis: text({ zh: '认定理由', en: 'Basis of the determination', example: '示例：课题组本职研究工作' }),
  contractClause: text({ zh: '权属合同条款', en: 'Contract clause on ownership' }),
  leftOn: date({ zh: '离职日期', en: 'Left on' }),
  on: date({ zh: '受理日期', en: 'Accepted on', example: '2021-03-26' }),
};
export type DisclosureRow = Row<typeof disclosureColumns>;

/** @throws Refusal V-1 when a cell that belongs to others is empty */
export const together = <Value>(value: Value | undefined, { zh, en }: BilingualText, field: string): Value => {
  if (value === undefined) throw rowRule('V-1', { column: `${zh} / ${en}` }, { field });
  return value;
};

const determinationOf = ({
  ground,
  determinedOn,
  basis,
  contractClause,
  leftOn,
}: DisclosureRow): DisclosureFollowUp[] => {
  const cells = [ground, determinedOn, basis, contractClause, leftOn];
  if (cells.every((cell) => cell === undefined)) return [];
  return [
    {
      type: 'DetermineServiceInvention',
      ground: together(ground, disclosureColumns.ground, 'ground'),
      determinedOn: together(determinedOn, disclosureColumns.determinedOn, 'determinedOn'),
      basis: together(basis, disclosureColumns.basis, 'basis'),
      ...filled({ contractClause, leftOn }),
    },
  ];
};

/** What the row says happened after the disclosure: determined, accepted. */
export const followUpsOf = (row: DisclosureRow): DisclosureFollowUp[] => [
  ...determinationOf(row),
  ...(row.on === undefined ? [] : [{ type: 'AcceptDisclosure', on: row.on } as const]),
];

/** The disclosure of a row; a repeated row is known by it, so its fields keep the order of the columns. */
export const disclosureOf = (universityId: string, row: DisclosureRow) => {
  const { university: _university, number, confidentiality, ...cells } = row;
  const { ground: _ground, determinedOn: _determined, basis: _basis, ...rest } = cells;
  const { contractClause: _clause, leftOn: _left, on: _on, ...content } = rest;
  return { type: 'DiscloseInvention', universityId, number, confidentiality, ...filled(content) } as const;
};
