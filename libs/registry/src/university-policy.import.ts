import { type ImportKind, choice, date, importKind, text } from '@app/imports';
import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import { notBefore } from './registry-object.js';
import { notAfter } from './registry-rules.js';
import { FindUniversity, RunUniversity } from './university.handler.js';
import { policyNames } from './university-policy.js';

/**
 * The sheet of the universities' own policies (校内制度): two commands, so that the same row may come again once the document is
 * repealed; nothing is written of a row that would stop halfway.
 */
export const universityPolicySheet = (commands: CommandBus, queries: QueryBus): ImportKind =>
  importKind({
    kind: 'university-policies',
    title: { zh: '校内制度', en: 'University policies' },
    order: 16,
    columns: {
      university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
      policy: choice(policyNames)({
        zh: '制度',
        en: 'Policy',
        required: true,
        example: policyNames.EVALUATION.zh,
      }),
      documentNo: text({ zh: '文号', en: 'Document', required: true, example: '示例校字〔2021〕1号' }),
      adoptedOn: date({ zh: '施行日期', en: 'In force from', required: true, example: '2021-05-01' }),
      repealedOn: date({ zh: '废止日期', en: 'Repealed on' }),
      evidence: text({ zh: '佐证', en: 'Evidence', required: true, example: '示例：制度文本' }),
    },
    identity: (row) => [row.university, row.policy, row.documentNo],
    touches: (row) => [row.university],
    execute: async ({ university, repealedOn: on, ...adoption }, { step, today }) => {
      if (on !== undefined) {
        notAfter(today, 'repealedOn', on);
        notBefore(adoption.adoptedOn, 'repealedOn', on);
      }
      const { universityId } = await queries.execute(new FindUniversity(university));
      const adopt = { type: 'AdoptPolicy', data: adoption } as const;
      const adopted = await commands.execute(new RunUniversity(universityId, adopt, step('adopt', adoption)));
      if (on === undefined) return adopted.written;
      const { policy, documentNo } = adoption;
      const repeal = { type: 'RepealPolicy', data: { policy, documentNo, on } } as const;
      const repealed = await commands.execute(new RunUniversity(universityId, repeal, step('repeal', repeal.data)));
      return adopted.written || repealed.written;
    },
  });
