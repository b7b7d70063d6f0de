import { ClaimKeeper, DeciderRunner } from '@app/event-store';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { disclosureClaim } from './disclosure.js';
import { type DecidedFiling, type EvaluationConclusion, evaluationDecider, evaluationStream } from './evaluation.js';

/** The filing decision that stands for a disclosure, and the evaluation it stands on. */
export interface StandingFiling extends DecidedFiling {
  readonly evaluationId: string;
  readonly evaluationNumber: string;
  readonly conclusion: EvaluationConclusion;
}

/**
 * The filing decision of a disclosure, read from the log itself: what E-1 (release to the inventors) and E-3 (filing) ask before
 * deciding. Answers undefined while none is made.
 */
export class FindFilingDecision extends Query<StandingFiling | undefined> {
  constructor(
    readonly universityId: string,
    readonly disclosureNumber: string,
  ) {
    super();
  }
}

@QueryHandler(FindFilingDecision)
export class FindFilingDecisionHandler implements IQueryHandler<FindFilingDecision> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ universityId, disclosureNumber }: FindFilingDecision): Promise<StandingFiling | undefined> {
    const evaluationId = await this.claims.holder('filing-decision', disclosureClaim(universityId, disclosureNumber));
    if (evaluationId === undefined) return undefined;
    const evaluation = await this.runner.stateOf(evaluationDecider, evaluationStream(evaluationId));
    if (!evaluation?.filing) return undefined;
    const { filing, number: evaluationNumber, conclusion } = evaluation;
    return { evaluationId, evaluationNumber, conclusion, ...filing };
  }
}
