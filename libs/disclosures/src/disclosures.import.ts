import { type ImportKind, importKind } from '@app/imports';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { disclosureColumns, disclosureOf, followUpsOf } from './disclosure-columns.import.js';
import { RunDisclosure } from './disclosure.handler.js';
import { evaluationColumns, evaluationFollowUps, evaluationOf } from './evaluation-columns.import.js';
import { RunEvaluation } from './evaluation.handler.js';

/** Steps are named as ever: the name is part of what makes a repeated row the same command. */
const STEP_NAMES = {
  DetermineServiceInvention: 'determine',
  AcceptDisclosure: 'accept',
  DecideFiling: 'decide',
  ReleaseRight: 'release',
} as const;

@Injectable()
export class DisclosuresImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [this.disclosures(), this.evaluations()];
  }

  /** A command for each thing the row says, so that the same row may come again once more has happened. */
  private disclosures(): ImportKind {
    return importKind({
      kind: 'disclosures',
      title: { zh: '职务科技成果披露', en: 'Invention disclosures' },
      columns: disclosureColumns,
      order: 30,
      identity: ({ university, number }) => [university, number],
      execute: async (row, { step }) => {
        const disclosure = disclosureOf(await this.universityId(row.university), row);
        const next = followUpsOf(row);
        const opening = new RunDisclosure(disclosure, step('disclose', disclosure), next);
        const { id: disclosureId, written } = await this.commands.execute(opening);
        const wrote = [written];
        for (const followUp of next) {
          const command = { disclosureId, ...followUp };
          const context = step(STEP_NAMES[followUp.type], command);
          wrote.push((await this.commands.execute(new RunDisclosure(command, context))).written);
        }
        return wrote.includes(true);
      },
    });
  }

  private evaluations(): ImportKind {
    return importKind({
      kind: 'evaluations',
      title: { zh: '申请前评估', en: 'Pre-filing evaluations' },
      columns: evaluationColumns,
      order: 40,
      identity: ({ university, number }) => [university, number],
      touches: ({ university, disclosureNumber }) => [`${university}/${disclosureNumber}`],
      execute: async (row, { step }) => {
        const evaluation = evaluationOf(await this.universityId(row.university), row);
        const next = evaluationFollowUps(row);
        const opening = new RunEvaluation(evaluation, step('conclude', evaluation), next);
        const { id: evaluationId, written } = await this.commands.execute(opening);
        const wrote = [written];
        for (const followUp of next) {
          const command = { evaluationId, ...followUp };
          const context = step(STEP_NAMES[followUp.type], command);
          wrote.push((await this.commands.execute(new RunEvaluation(command, context))).written);
        }
        return wrote.includes(true);
      },
    });
  }

  private async universityId(university: string): Promise<string> {
    return (await this.queries.execute(new FindUniversity(university))).universityId;
  }
}
