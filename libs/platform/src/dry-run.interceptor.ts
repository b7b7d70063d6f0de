import { type CommandOutcome, DryRunnableStore, EventRegistry, type RecordedEvent } from '@app/event-store';
import { accessRule } from '@app/access';
import { httpRule, isOutcome } from '@app/http';
import { type BilingualText, dateInChina } from '@app/kernel';
import { PreviewRows, ReadModels, RowStore } from '@app/read-model';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { effects, projections } from './slices.js';

/** What `?dryRun=true` on any command answers (试算): what would be written and what it would change. Nothing was written. */
export interface DryRunAnswer {
  readonly dryRun: true;
  readonly outcome: Pick<CommandOutcome, 'id' | 'revision' | 'written'>;
  readonly events: ReadonlyArray<{
    readonly stream: string;
    readonly type: string;
    readonly title: BilingualText;
    readonly data: RecordedEvent['data'];
  }>;
  /** By board: `target`, `fund`. */
  readonly effect: Readonly<Record<string, unknown>>;
}

/**
 * Runs a command dry when the request says so: the same handlers over an overlay of the log, the same projections over an overlay of
 * the read tables. A refusal is answered as the command itself would be.
 */
@Injectable()
export class DryRunInterceptor implements NestInterceptor {
  constructor(
    private readonly store: DryRunnableStore,
    private readonly registry: EventRegistry,
    private readonly readModels: ReadModels,
  ) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Querystring: { dryRun?: string } }>>();
    const { dryRun } = request.query;
    if (dryRun === undefined || dryRun === 'false' || request.method !== 'POST') return next.handle();
    if (dryRun !== 'true') throw httpRule('H-9', { value: String(dryRun) }, { field: 'dryRun' });
    return from(this.run(next, host.switchToHttp().getResponse<FastifyReply>()));
  }

  private async run(next: CallHandler, reply: FastifyReply): Promise<DryRunAnswer> {
    const { answer, events } = await this.store.dryRun(() => lastValueFrom(next.handle()));
    if (!isOutcome(answer)) throw accessRule('A-15');
    const { id, revision, written } = answer;
    // The command's own headers speak of what was written.
    reply.code(200).removeHeader('ETag').removeHeader('Ledger-Position');
    const shown = events.map(({ stream, type, data }) => {
      const { zh, en } = this.registry.describe(type);
      return { stream, type, title: { zh, en }, data };
    });
    return { dryRun: true, outcome: { id, revision, written }, events: shown, effect: await this.effectOf(events) };
  }

  private async effectOf(events: readonly RecordedEvent[]): Promise<DryRunAnswer['effect']> {
    const today = dateInChina(new Date().toISOString());
    const head = this.readModels.token(await this.store.head());
    return this.readModels.read(async (manager) => {
      const rows = new PreviewRows(new RowStore(manager));
      for (const { handles, project } of projections) {
        const handled = events.filter(({ type }) => handles.includes(type));
        if (handled.length > 0) await project(handled, rows);
      }
      const answers: Array<readonly [string, unknown]> = [];
      for (const { name, of } of effects) answers.push([name, await of({ events, rows, manager, today })]);
      return Object.fromEntries(answers);
    }, head);
  }
}
