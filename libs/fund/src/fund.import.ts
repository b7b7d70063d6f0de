import { choice, date, type ImportKind, importKind, integer, type RowContext, text, wanYuan, yuan } from '@app/imports';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ALLOCATION_METHODS } from './allocation.js';
import { FUND_CATEGORIES } from './fund-board.js';
import { FUND_INSTRUMENTS, FUND_OBJECT_KINDS, FUND_PURPOSES } from './fund-standard.js';
import { type FundYearRequest, RunFundYear } from './fund-year.handler.js';
import { fundYearStream } from './fund-year-events.js';

const year = integer({ zh: '年度', en: 'Year', required: true, example: '2025' });
const category = choice(FUND_CATEGORIES)({ zh: '类别', en: 'Category', required: true, example: '知识产权贯标' });
const legalBasis = { zh: '依据', en: 'Legal basis', example: '示例依据' } as const;

const years = {
  year,
  budget: wanYuan({ zh: '预算(万元)', en: 'Budget (10,000 yuan)', required: true, example: '1000' }),
  legalBasis: text({ ...legalBasis, required: true }),
  document: text({ zh: '文号', en: 'Document number', required: true, example: '长政办发〔2022〕9号' }),
  openedOn: date({ zh: '开启日期', en: 'Opened on', required: true, example: '2025-01-10' }),
};

const categories = {
  year,
  category,
  method: choice(ALLOCATION_METHODS)({ zh: '分配方式', en: 'Method', required: true, example: '按比例' }),
  ceiling: wanYuan({ zh: '类别上限(万元)', en: 'Ceiling (10,000 yuan)', example: '300' }),
  legalBasis: text(legalBasis),
};

const standards = {
  year,
  number: text({ zh: '标准编号', en: 'Standard number', required: true, example: 'BZ-01' }),
  category,
  title: text({ zh: '名称', en: 'Title', required: true, example: '示例：贯标认证补助' }),
  unit: text({ zh: '计量单位', en: 'Unit', required: true, example: '证' }),
  amount: yuan({ zh: '单位金额(元)', en: 'Amount per unit (yuan)', required: true, example: '100000.00' }),
  cap: yuan({ zh: '单项上限(元)', en: 'Cap per claim (yuan)', example: '100000.00' }),
  objectKind: choice(FUND_OBJECT_KINDS)({
    zh: '资助对象类型',
    en: 'Kind of object',
    required: true,
    example: '贯标证书',
  }),
  legalBasis: text({ ...legalBasis, required: true }),
  purpose: choice(FUND_PURPOSES)({ zh: '用途', en: 'Purpose', example: '知识产权转化工作' }),
  instrument: choice(FUND_INSTRUMENTS)({ zh: '资助方式', en: 'Instrument', example: '直接补助' }),
};

const claims = {
  year,
  number: text({ zh: '申报编号', en: 'Claim number', required: true, example: 'SB-2025-001' }),
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  category,
  standardNumber: text({ zh: '标准编号', en: 'Standard number', required: true, example: 'BZ-01' }),
  objectNumber: text({ zh: '对象编号', en: 'Object number', required: true, example: '示例证书编号' }),
  units: integer({ zh: '数量', en: 'Units', required: true, example: '1' }),
  rank: integer({ zh: '排序', en: 'Rank', example: '1' }),
  claimedOn: date({ zh: '申报日期', en: 'Claimed on', required: true, example: '2025-03-01' }),
  performanceTarget: text({
    zh: '绩效目标',
    en: 'Performance target',
    required: true,
    example: '示例：年度许可 10 件次',
  }),
  otherFunding: text({ zh: '其他资金申报', en: 'Other funding' }),
};

/** Rows of one year share its stream, so they are taken in file order. */
const touches = (row: { readonly year: number }) => [fundYearStream(row.year)];

/** The sheets of the fund: years, categories, standards and claims, in this order. */
@Injectable()
export class FundImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [this.years(), this.categories(), this.standards(), this.claims()];
  }

  private years() {
    return importKind({
      kind: 'fund-years',
      title: { zh: '资金年度', en: 'Fund years' },
      order: 100,
      columns: years,
      identity: (row) => [String(row.year)],
      touches,
      execute: ({ budget: budgetFen, ...row }, context) =>
        this.run({ type: 'OpenFundYear', ...row, budgetFen }, context),
    });
  }

  private categories() {
    return importKind({
      kind: 'fund-categories',
      title: { zh: '资金类别', en: 'Fund categories' },
      order: 110,
      columns: categories,
      identity: (row) => [String(row.year), row.category],
      touches,
      execute: ({ ceiling: ceilingFen, ...row }, context) =>
        this.run({ type: 'SetFundCategory', ...row, ceilingFen }, context),
    });
  }

  private standards() {
    return importKind({
      kind: 'fund-standards',
      title: { zh: '资助标准', en: 'Fund standards' },
      order: 120,
      columns: standards,
      identity: (row) => [String(row.year), row.number],
      touches,
      execute: ({ amount: amountFen, cap: capFen, ...row }, context) =>
        this.run({ type: 'SetFundStandard', ...row, amountFen, capFen }, context),
    });
  }

  private claims() {
    return importKind({
      kind: 'fund-claims',
      title: { zh: '资金申报', en: 'Fund claims' },
      order: 130,
      columns: claims,
      identity: (row) => [String(row.year), row.university, row.number],
      touches,
      execute: async ({ university, ...row }, context) => {
        const { universityId } = await this.queries.execute(new FindUniversity(university));
        return this.run({ type: 'SubmitFundClaim', ...row, universityId }, context);
      },
    });
  }

  private async run(command: FundYearRequest, { step }: RowContext): Promise<boolean> {
    return (await this.commands.execute(new RunFundYear(command, step(command.type, command)))).written;
  }
}
