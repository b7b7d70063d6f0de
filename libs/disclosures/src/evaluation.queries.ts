import { ClaimKeeper, DeciderRunner } from '@app/event-store';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { disclosureClaim } from './disclosure.js';
import { evaluationDecider, evaluationStream } from './evaluation.js';
import type { EvaluationConclusion } from './evaluation-facts.js';
import type { DecidedFiling } from './filing.js';
import type { Release, StandingRelease } from './release.js';

/** The filing decision that stands for a disclosure, and the evaluation it stands on. */
export interface StandingFiling extends DecidedFiling {
  readonly evaluationId: string;
  readonly evaluationNumber: string;
  readonly conclusion: EvaluationConclusion;
  /** Once the right was released to the inventors nothing is filed in the university's name. */
  readonly release?: Release;
}

/**
 * The filing decision of a disclosure, read from the log itself: what E-3 (filing) asks before deciding. Answers undefined while none
 * is made.
 */
export class FindFilingDecision extends Query<StandingFiling | undefined> {
  constructor(
    readonly universityId: string,
    readonly disclosureNumber: string,
  ) {
    super();
  }
}

/** The release of a disclosure's right to its inventors, or undefined; what E-2 asks before a contract is entered. */
export class FindRelease extends Query<StandingRelease | undefined> {
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
    if (!evaluation?.filing || !evaluation.findings) return undefined;
    const { filing, number: evaluationNumber, release } = evaluation;
    const { conclusion } = evaluation.findings;
    return { evaluationId, evaluationNumber, conclusion, ...filing, ...(release ? { release } : {}) };
  }
}

@QueryHandler(FindRelease)
export class FindReleaseHandler implements IQueryHandler<FindRelease> {
  constructor(private readonly filings: FindFilingDecisionHandler) {}

  async execute({ universityId, disclosureNumber }: FindRelease): Promise<StandingRelease | undefined> {
    const filing = await this.filings.execute(new FindFilingDecision(universityId, disclosureNumber));
    if (!filing?.release) return undefined;
    const { evaluationId, evaluationNumber, release } = filing;
    return { evaluationId, evaluationNumber, disclosureNumber, ...release };
  }
}
