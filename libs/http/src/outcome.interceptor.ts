import type { CommandOutcome } from '@app/event-store';
import { ReadModels } from '@app/read-model';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, map } from 'rxjs';

/** What a command answers over HTTP; the position is the token to read with (`after`). */
export interface OutcomeBody {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly written: boolean;
  /** Present while other records still decide on it (202): ask there, or send the same command again. */
  readonly pendingAt?: string;
}

/**
 * Gives the answer of a command its headers: 201 with ETag and Ledger-Position when something was written, 200 otherwise, 202 with Location
 * while it is not decided.
 */
@Injectable()
export class OutcomeInterceptor implements NestInterceptor {
  constructor(private readonly models: ReadModels) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => (isOutcome(answer) ? this.present(answer, reply) : answer)));
  }

  private present({ id, revision, position, written, pendingAt }: CommandOutcome, reply: FastifyReply): OutcomeBody {
    const token = this.models.token(position);
    reply
      .code(written ? 201 : 200)
      .header('ETag', `"${revision}"`)
      .header('Ledger-Position', token);
    if (pendingAt === undefined) return { id, revision, position: token, written };
    reply.code(202).header('Location', pendingAt).header('Retry-After', 1);
    return { id, revision, position: token, written, pendingAt };
  }
}

/** Whether an answer is a command's; the others of a route with POST are uploads, sessions and tokens. */
export const isOutcome = (answer: unknown): answer is CommandOutcome => {
  if (typeof answer !== 'object' || answer === null) return false;
  const { id, revision, position, written } = answer as Record<string, unknown>;
  return (
    typeof id === 'string' && Number.isInteger(revision) && typeof position === 'string' && typeof written === 'boolean'
  );
};
