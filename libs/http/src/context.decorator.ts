import { type CommandContext, commandContext } from '@app/event-store';
import type { Actor } from '@app/kernel';
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { httpRule } from './http-rules.js';
import type { LedgerRequest } from './ledger-request.js';

/** The command context of this request. @throws Refusal C-9, C-10 */
export const Context = createParamDecorator(
  (_data: undefined, host: ExecutionContext): CommandContext => contextOf(requestOf(host), new Date().toISOString()),
);

/** The signed-in actor, for queries. */
export const Viewer = createParamDecorator(
  (_data: undefined, host: ExecutionContext): Actor => actorOf(requestOf(host)),
);

const requestOf = (host: ExecutionContext): LedgerRequest => host.switchToHttp().getRequest<LedgerRequest>();

/**
 * Two sendings are the same command when actor, method, route, its parameters and key agree; the content is compared apart, so that
 * the same key with other content is refused (C-1).
 */
export const contextOf = (request: LedgerRequest, now: string): CommandContext => {
  const actor = actorOf(request);
  const route = request.routeOptions.url ?? request.url;
  const expectedRevision = expectedRevisionOf(request.headers['if-match']);
  assertShallow(request.body);
  return commandContext({
    actor,
    now,
    scope: [actor.id, request.method, route, JSON.stringify(request.params), keyOf(request)],
    input: { params: request.params, body: request.body },
    source: 'api',
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
  });
};

/** Deeper than any command, and shallow enough for what reads it by recursion. */
const DEEPEST = 20;

const assertShallow = (value: unknown, depth = 0): void => {
  if (depth > DEEPEST) throw httpRule('H-2', { reason: `> ${DEEPEST} levels` });
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) assertShallow(part, depth + 1);
};

const actorOf = ({ actor }: LedgerRequest): Actor => {
  if (!actor) throw new Error('the route takes an actor but is open to the public');
  return actor;
};

const keyOf = ({ headers }: LedgerRequest): string => {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw httpRule('C-9', {}, { field: 'Idempotency-Key' });
  }
  return key;
};

const expectedRevisionOf = (header: string | undefined): number | undefined => {
  if (header === undefined) return undefined;
  const digits = /^"(0|[1-9]\d{0,14})"$/.exec(header.trim())?.[1];
  if (digits === undefined) throw httpRule('C-10', {}, { field: 'If-Match' });
  return Number(digits);
};
