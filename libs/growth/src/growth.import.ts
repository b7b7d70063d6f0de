import { choice, type ImportKind, importKind, integer, text } from '@app/imports';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApproveBaseline } from './baseline.handler.js';

const columns = {
  scope: text({ zh: '范围', en: 'Scope', required: true, example: '全市' }),
  basis: choice({
    'patent-times': { zh: '件次', en: 'Asset times transactions' },
    contracts: { zh: '项', en: 'Contracts' },
    'distinct-patents': { zh: '件', en: 'Distinct assets' },
  })({ zh: '口径', en: 'Basis', required: true, example: '件次' }),
  ipScope: choice({
    all: { zh: '全部', en: 'All IP types' },
    patents: { zh: '仅专利', en: 'Patents only' },
  })({ zh: '知识产权范围', en: 'IP types', required: true, example: '全部' }),
  baseYear: integer({ zh: '基年', en: 'Base year', required: true, example: '2020' }),
  value: integer({ zh: '数值', en: 'Value', required: true, example: '500' }),
  source: text({ zh: '来源', en: 'Source', required: true, example: '示例：2020年统计年报' }),
  evidence: text({ zh: '佐证', en: 'Evidence', required: true, example: '示例文号' }),
  approver: text({ zh: '批准人', en: 'Approver', required: true, example: 'reviewer2' }),
};

@Injectable()
export class GrowthImports {
  readonly kinds: readonly ImportKind[];

  constructor(commands: CommandBus) {
    this.kinds = [
      importKind({
        kind: 'baselines',
        title: { zh: '基数', en: 'Baselines' },
        order: 15,
        columns,
        identity: ({ scope, basis, ipScope, baseYear }) => [scope, basis, ipScope, String(baseYear)],
        execute: async (row, { step }) =>
          (await commands.execute(new ApproveBaseline(row, step('approve', row)))).written,
      }),
    ];
  }
}
