import { createHash } from 'node:crypto';
import { authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, EventStore, outcomeOf } from '@app/event-store';
import { type ApprovalRequest, Approvals } from '@app/evidence';
import { ReadModels, type StoppedProjection, stoppedIn } from '@app/read-model';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { REPORT_RULE, canonicalText } from './annual-report.js';
import {
  type AnnualReportCommand,
  type ReportKey,
  type Snapshot,
  annualReportDecider,
  annualReportId,
  annualReportStream,
} from './annual-report-filing.js';
import { annualFigures } from './annual-report-figures.projection.js';
import { readFigures } from './annual-report.queries.js';
import { annualReportRule } from './annual-report-rules.js';
import { conversionFacts } from './conversion-fact.projection.js';

type Filing = Extract<AnnualReportCommand, { type: 'FileAnnualReport' }>;

/** A command as it arrives: the figures are the ledger's own, files of evidence come by their hashes. */
export type AnnualReportRequest =
  | Omit<Filing, 'snapshot'>
  | ({ readonly type: 'RestateAnnualReport' } & ReportKey & ApprovalRequest);

/** Files or restates the annual report of a university; the outcome's id is `<universityId>-<year>`. */
export class RunAnnualReport extends Command<CommandOutcome> {
  constructor(
    readonly request: AnnualReportRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The figures of a university and year as the whole log says them. */
@Injectable()
export class AnnualSnapshots {
  constructor(
    private readonly store: EventStore,
    private readonly models: ReadModels,
  ) {}

  /** The fold of everything the log holds now. @throws Refusal C-7 when the read tables do not get there in time, G-11 */
  async take({ universityId, year }: ReportKey): Promise<Snapshot> {
    const head = this.models.token(await this.store.head());
    return this.models.read(async (manager, position) => {
      assertComplete(await stoppedIn(manager));
      const figures = await readFigures(manager, universityId, year);
      const content = { universityId, year, rule: REPORT_RULE, figures };
      const hash = createHash('sha256').update(canonicalText(content)).digest('hex');
      return { rule: REPORT_RULE, cutoff: this.models.token(position), figures, hash };
    }, head);
  }
}

/** Rows that stopped at an event they could not take go on being read, but nobody signs them. @throws Refusal G-11 */
const assertComplete = (stopped: readonly StoppedProjection[]): void => {
  const needed = [annualFigures.name, conversionFacts.name];
  const projection = stopped.map(({ projection: name }) => name).find((name) => needed.includes(name));
  if (projection !== undefined) throw annualReportRule('G-11', { projection });
};

@CommandHandler(RunAnnualReport)
export class RunAnnualReportHandler implements ICommandHandler<RunAnnualReport> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly snapshots: AnnualSnapshots,
    private readonly approvals: Approvals,
    private readonly queries: QueryBus,
  ) {}

  async execute({ request, context }: RunAnnualReport): Promise<CommandOutcome> {
    const { universityId } = request;
    authorise(context.actor, 'registry.write', universityId);
    await this.queries.execute(new FindUniversity(universityId));
    const approved = await this.approvals.approved(request, { actor: context.actor, universityId });
    const command = { ...approved, snapshot: await this.snapshots.take(request) };
    const id = annualReportId(request);
    return outcomeOf(id, await this.runner.run(annualReportDecider, annualReportStream(id), command, context));
  }
}
