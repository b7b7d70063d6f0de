import { choice, date, filled, type ImportKind, importKind, list, text } from '@app/imports';
import { compactNumber, ipTypeLabels } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { coOwner, entrySheet } from './asset-entries.import.js';
import type { AssetData } from './asset-events.js';
import { RegisterAsset } from './asset.handler.js';

const columns = {
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  ipType: choice(ipTypeLabels)({ zh: '知识产权类型', en: 'IP type', required: true, example: '发明专利' }),
  number: text({ zh: '专利号/登记号', en: 'Registration number', required: true, example: 'ZL201910699568.X' }),
  title: text({ zh: '名称', en: 'Title', required: true }),
  filedOn: date({ zh: '申请日', en: 'Filed on', required: true, example: '2019-07-30' }),
  grantedOn: date({ zh: '授权/登记日', en: 'Granted on' }),
  coOwners: list({ zh: '共有人', en: 'Co-owners', example: '示例公司/30%' }),
  disclosureNumber: text({ zh: '披露编号', en: 'Disclosure number' }),
  firstUsedOn: date({ zh: '首次商业利用日', en: 'First used on' }),
  evaluationExemption: text({ zh: '免予评估理由', en: 'Evaluation exemption' }),
};

@Injectable()
export class PatentsImports {
  readonly kinds: readonly ImportKind[];

  constructor(commands: CommandBus, queries: QueryBus) {
    this.kinds = [
      importKind({
        kind: 'assets',
        title: { zh: '知识产权', en: 'Patents and other assets' },
        order: 50,
        columns,
        identity: ({ university, ipType, number }) => [university, ipType, compactNumber(number)],
        execute: async ({ university, coOwners, ...row }, { step }) => {
          const { universityId } = await queries.execute(new FindUniversity(university));
          const owners = coOwners?.map(coOwner);
          const asset = { ...filled(row), universityId, ...(owners ? { coOwners: owners } : {}) } as AssetData;
          return (await commands.execute(new RegisterAsset(asset, step('register', asset)))).written;
        },
      }),
      entrySheet(commands, queries),
    ];
  }
}
