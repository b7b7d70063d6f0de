import type { Actor } from '@app/kernel';
import type { FastifyRequest } from 'fastify';

/** A request after the authentication guard; `actor` is absent on routes that are open to the public. */
export interface LedgerRequest extends FastifyRequest {
  actor?: Actor;
}
