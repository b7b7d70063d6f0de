import { type ImportKind, creditCode, date, filled, importKind, integer, text, wanYuan } from '@app/imports';
import type { CommandBus } from '@nestjs/cqrs';
import { RunEnterpriseSize, type SizeDeterminationDraft } from './enterprise-size.handler.js';

/** The sheet of enterprise sizes (企业规模认定): what enterprises told of themselves, one row per enterprise and data year. */
export const enterpriseSizeSheet = (commands: CommandBus): ImportKind =>
  importKind({
    kind: 'enterprise-sizes',
    title: { zh: '企业规模认定', en: 'Enterprise sizes' },
    order: 60,
    columns: {
      enterpriseName: text({ zh: '企业名称', en: 'Enterprise', required: true, example: '示例科技有限公司' }),
      creditCode: creditCode({
        zh: '统一社会信用代码',
        en: 'Unified social credit code',
        required: true,
        example: '91430100MA4L00003Q',
      }),
      industry: text({ zh: '行业代码', en: 'Industry code', required: true, example: 'C39' }),
      employees: integer({ zh: '从业人员', en: 'Employees', example: '120' }),
      revenue: wanYuan({ zh: '营业收入(万元)', en: 'Revenue (10,000 yuan)', example: '3000' }),
      assets: wanYuan({ zh: '资产总额(万元)', en: 'Total assets (10,000 yuan)', example: '5000' }),
      dataYear: integer({ zh: '数据年度', en: 'Data year', required: true, example: '2022' }),
      determinedOn: date({ zh: '认定日期', en: 'Determined on', required: true, example: '2023-03-01' }),
      evidence: text({ zh: '佐证', en: 'Evidence', required: true, example: '示例：中小企业声明函' }),
    },
    identity: (row) => [row.creditCode, String(row.dataYear)],
    touches: (row) => [row.creditCode],
    execute: async ({ revenue: revenueFen, assets: assetsFen, ...row }, { step }) => {
      const data = filled({ ...row, revenueFen, assetsFen }) as SizeDeterminationDraft;
      const request = { type: 'DetermineEnterpriseSize', data } as const;
      return (await commands.execute(new RunEnterpriseSize(request, step('determine', data)))).written;
    },
  });
