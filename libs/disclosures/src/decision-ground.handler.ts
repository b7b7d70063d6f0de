import { type CommandContext, DeciderRunner, stepContext } from '@app/event-store';
import type { LegalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { ApplicationRightCommand } from './application-right.js';
import { disclosureDecider, disclosureStream } from './disclosure.js';
import type { OpenDisclosure } from './disclosure-events.js';
import {
  type CommissionEvaluation,
  type ConcludeEvaluation,
  type DecideFiling,
  type ReleaseRight,
  evaluationDecider,
  evaluationStream,
} from './evaluation.js';
import type { EvaluatedDisclosure, Findings } from './evaluation-facts.js';
import { evaluationRule } from './evaluation-rules.js';
import { type EvaluationContext, assertStands } from './findings.js';

/** An evaluation as far as a decision stands on it. */
type Ground = EvaluatedDisclosure & { readonly findings?: Pick<Findings, 'evaluatedOn'> };

/** What other records say of a decision's ground: the disclosure as it stands, and the evaluations of it. */
@Injectable()
export class DecisionGrounds {
  constructor(private readonly runner: DeciderRunner) {}

  /** The disclosure of an evaluation, which exists and is not secret (E-16). */
  async disclosure(disclosureId: string): Promise<OpenDisclosure> {
    const disclosure = await this.runner.stateOf(disclosureDecider, disclosureStream(disclosureId));
    if (!disclosure || disclosure.status === 'SECRET') throw new Error(`no open disclosure ${disclosureId}`);
    return disclosure;
  }

  /** @throws Refusal E-17, E-18, E-43 */
  async assertStanding(evaluation: Ground): Promise<OpenDisclosure> {
    const disclosure = await this.disclosure(evaluation.disclosureId);
    const known = knownOf(disclosure).disclosure;
    if (evaluation.findings) assertStands(evaluation, evaluation.findings.evaluatedOn, known);
    return disclosure;
  }

  /** A decision stands on the latest evaluation there was on its day. @throws Refusal E-17, E-18, E-42, E-43 */
  async assertDecidable(id: string, evaluation: Ground, decidedOn: LegalDate): Promise<void> {
    const { right } = await this.assertStanding(evaluation);
    const { number, findings } = evaluation;
    if (!findings || !evaluationRule.governs('E-42', decidedOn)) return;
    const { evaluatedOn } = findings;
    for (const conflict of right.evaluations.filter((other) => other !== id)) {
      const other = await this.runner.stateOf(evaluationDecider, evaluationStream(conflict));
      const laterOn = other?.findings?.evaluatedOn;
      if (!other || laterOn === undefined || laterOn <= evaluatedOn || laterOn > decidedOn) continue;
      throw evaluationRule('E-42', { number, evaluatedOn, later: other.number, laterOn }, { conflict });
    }
  }

  /** Whether what follows in the same row of a sheet will be taken. @throws Refusal E-17, E-18, E-39, E-40, E-42, E-43 */
  async assertFollowing(
    id: string,
    opening: ConcludeEvaluation | CommissionEvaluation,
    followUps: ReadonlyArray<DecideFiling | ReleaseRight>,
    context: CommandContext,
  ): Promise<void> {
    const ground = opening.type === 'ConcludeEvaluation' ? { ...opening, findings: opening } : opening;
    for (const next of followUps) {
      if (next.type === 'DecideFiling') {
        await this.assertDecidable(id, ground, next.decidedOn);
        continue;
      }
      const { on, contractNo } = next;
      const release = { type: 'NoteRelease', evaluationId: id, on, contractNo } as const;
      await this.runner.preview(disclosureDecider, disclosureStream(opening.disclosureId), release, context);
    }
  }

  /** Notes with the disclosure what became of its right. @throws Refusal D-19, E-39, E-40 */
  async note(disclosureId: string, command: ApplicationRightCommand, context: CommandContext): Promise<void> {
    const stream = disclosureStream(disclosureId);
    // Named after the revision it acts on: what was taken back may be noted again by the same command.
    const { length } = await this.runner.read(stream);
    const step = stepContext(context, command.type, disclosureId, context.commandId, String(length));
    await this.runner.run(disclosureDecider, stream, command, step);
  }
}

export const knownOf = ({ status, determination, facts: { disclosedOn } }: OpenDisclosure): EvaluationContext => ({
  disclosure: { status, disclosedOn, ...(determination ? { ground: determination.ground } : {}) },
});
