import type { LedgerRequest } from '@app/http';
import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { accessRule } from './policy.js';
import { type Session, Tokens } from './tokens.js';

const PUBLIC = 'access:public';

/** Opens a route, or all routes of a controller, to readers who have not signed in. */
export const Public = () => SetMetadata(PUBLIC, true);

/** A request that has passed the guard on a route that is not public. */
export interface AuthenticatedRequest extends LedgerRequest {
  session: Session;
}

/** Every route needs a bearer token unless it says otherwise; what the actor may do is decided in the handlers (`authorise`). */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly tokens: Tokens,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Refusal A-3 */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.session = await this.tokens.verify(bearerToken(request), new Date().toISOString());
    request.actor = request.session.actor;
    return true;
  }
}

const bearerToken = ({ headers }: LedgerRequest): string => {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw accessRule('A-3');
  return token;
};
