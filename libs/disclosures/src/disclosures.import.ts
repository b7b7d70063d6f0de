import {
  type Column,
  type ImportKind,
  type Row,
  choice,
  date,
  filled,
  importKind,
  list,
  rowRule,
  text,
} from '@app/imports';
import { ipTypeLabels } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { confidentialities, fundingSources } from './disclosure.js';
import { type NamedInventor, RunDisclosure } from './disclosure.handler.js';
import { disclosureRule } from './disclosure-rules.js';
import {
  type DecideFiling,
  assertDecision,
  conclusions,
  evaluatorKinds,
  filingDecisions,
  grades,
} from './evaluation.js';
import { type EvaluationRequest, RunEvaluation } from './evaluation.handler.js';
import { type InventorRole, inventorRoles, permyriadOf } from './inventor.js';

const roleOf = (label: string): InventorRole | undefined => {
  const found = Object.entries(inventorRoles).find(([role, { zh, en }]) => [role, zh, en].includes(label));
  return found?.[0] as InventorRole | undefined;
};

/** `姓名/工号/份额%[/角色]`; undefined when it does not read so. */
const readInventor = (entry: string): NamedInventor | undefined => {
  const [name, staffNumber, share = '', label = inventorRoles.INVENTOR.zh, ...more] = entry
    .split(/[/／]/)
    .map((part) => part.trim());
  const sharePermyriad = permyriadOf(share);
  const role = roleOf(label);
  if (!name || !staffNumber || sharePermyriad === undefined || !role || more.length > 0) return undefined;
  return { name, staffNumber, sharePermyriad, role };
};

const people = list({
  zh: '发明人',
  en: 'Inventors',
  example: '示例甲/示例001/60%/第一发明人；示例乙/示例002/40%',
});

/** A bad entry is named by its place: refusals are kept in reports, where no names belong. */
const inventors: Column<readonly NamedInventor[], false> = {
  ...people,
  personal: true,
  format: {
    zh: '姓名/工号/份额%[/角色]，用“；”分隔，份额合计100%',
    en: 'name/staff number/share%[/role]; shares total 100%',
  },
  parse: (cell, { column, field }) =>
    people.parse(cell, { column, field }).map((entry, index) => {
      const inventor = readInventor(entry);
      if (!inventor) throw disclosureRule('D-11', { column, position: index + 1 }, { field });
      return inventor;
    }),
};

/** Only number and class are required of every row: a secret result has nothing else (D-3), D-1 and D-8 require the rest of the others. */
const disclosureColumns = {
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
};

const evaluationColumns = {
  university: text({ zh: '高校', en: 'University', required: true, example: 'hnu' }),
  number: text({ zh: '评估编号', en: 'Evaluation number', required: true, example: '示例-PG-2021-001' }),
  disclosureNumber: text({ zh: '披露编号', en: 'Disclosure number', required: true, example: '示例-PL-2021-001' }),
  evaluatorKind: choice(evaluatorKinds)({ zh: '评估方式', en: 'Evaluator kind', required: true, example: '校内' }),
  evaluator: text({ zh: '评估机构', en: 'Evaluator', required: true, example: '示例大学知识产权中心' }),
  evaluatedOn: date({ zh: '评估日期', en: 'Evaluated on', required: true, example: '2021-04-10' }),
  patentability: choice(grades)({ zh: '可专利性', en: 'Patentability', example: 'A' }),
  technology: choice(grades)({ zh: '技术', en: 'Technology', example: 'A' }),
  market: choice(grades)({ zh: '市场', en: 'Market', example: 'B' }),
  legal: choice(grades)({ zh: '法律', en: 'Legal', example: 'A' }),
  industrialisation: text({ zh: '产业化前景', en: 'Prospect of industrialisation', example: '示例：可用于产线检测' }),
  conclusion: choice(conclusions)({ zh: '评估结论', en: 'Conclusion', required: true, example: '建议申请' }),
  decision: choice(filingDecisions)({ zh: '申请决定', en: 'Filing decision', example: '申请' }),
  decidedOn: date({ zh: '决定日期', en: 'Decided on', example: '2021-04-20' }),
  decidedBy: text({ zh: '决定人职务', en: 'Decided by (post)', example: '科研院院长' }),
};
type EvaluationRow = Row<typeof evaluationColumns>;

/** The three cells of a decision come together or not at all. @throws Refusal V-1 */
const filingOf = ({ decision, decidedOn, decidedBy }: EvaluationRow): DecideFiling | undefined => {
  if (decision === undefined && decidedOn === undefined && decidedBy === undefined) return undefined;
  return {
    type: 'DecideFiling',
    decision: together('decision', decision),
    decidedOn: together('decidedOn', decidedOn),
    decidedBy: together('decidedBy', decidedBy),
  };
};

const together = <Value>(field: keyof EvaluationRow, value: Value | undefined): Value => {
  if (value !== undefined) return value;
  const { zh, en } = evaluationColumns[field];
  throw rowRule('V-1', { column: `${zh} / ${en}` }, { field });
};

const evaluationOf = (universityId: string, row: EvaluationRow): EvaluationRequest => {
  const { number, disclosureNumber, evaluatorKind, evaluator, evaluatedOn, conclusion } = row;
  const { patentability, technology, market, legal, industrialisation } = row;
  const findings = filled({ patentability, technology, market, legal, industrialisation });
  const required = { universityId, number, disclosureNumber, evaluatorKind, evaluator, evaluatedOn, conclusion };
  return { type: 'ConcludeEvaluation', ...required, ...findings };
};

@Injectable()
export class DisclosuresImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [this.disclosures(), this.evaluations()];
  }

  private disclosures(): ImportKind {
    return importKind({
      kind: 'disclosures',
      title: { zh: '职务科技成果披露', en: 'Invention disclosures' },
      columns: disclosureColumns,
      order: 30,
      identity: ({ university, number }) => [university, number],
      execute: async ({ university, number, confidentiality, ...content }, { step }) => {
        const universityId = await this.universityId(university);
        const disclosure = {
          type: 'DiscloseInvention',
          universityId,
          number,
          confidentiality,
          ...filled(content),
        } as const;
        return (await this.commands.execute(new RunDisclosure(disclosure, step('disclose', disclosure)))).written;
      },
    });
  }

  /** Two commands, so that the same row may come again once the decision is taken. */
  private evaluations(): ImportKind {
    return importKind({
      kind: 'evaluations',
      title: { zh: '申请前评估', en: 'Pre-filing evaluations' },
      columns: evaluationColumns,
      order: 40,
      identity: ({ university, number }) => [university, number],
      touches: ({ university, disclosureNumber }) => [`${university}/${disclosureNumber}`],
      execute: async (row, { step, today }) => {
        const filing = filingOf(row);
        const evaluation = evaluationOf(await this.universityId(row.university), row);
        if (filing) assertDecision(evaluation, filing, today);
        const concluded = await this.commands.execute(new RunEvaluation(evaluation, step('conclude', evaluation)));
        if (!filing) return concluded.written;
        const command = { evaluationId: concluded.id, ...filing };
        const decided = await this.commands.execute(new RunEvaluation(command, step('decide', command)));
        return concluded.written || decided.written;
      },
    });
  }

  private async universityId(university: string): Promise<string> {
    return (await this.queries.execute(new FindUniversity(university))).universityId;
  }
}
