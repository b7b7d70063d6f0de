import { Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { type AuthenticatedRequest, Public } from './authentication.guard.js';
import { type Action, type Reach, accessRule, permissionsOf } from './policy.js';
import { ChangePasswordDto, SignInDto } from './session.dto.js';
import { type IssuedToken, Tokens } from './tokens.js';
import { type User, UserStore, actorOf } from './user-store.js';

export type SignedInUser = Pick<User, 'username' | 'displayName' | 'role' | 'organisation'>;

export interface SessionAnswer extends IssuedToken {
  readonly user: SignedInUser;
}

export interface MeAnswer {
  readonly user: SignedInUser;
  /** Whether the ledger holds sample data (示例). */
  readonly sample: boolean;
  /** What the user may do, and for which universities; what is absent is refused. */
  readonly actions: Partial<Record<Action, Reach>>;
}

@Controller('api/v1')
export class SessionController {
  constructor(
    private readonly users: UserStore,
    private readonly tokens: Tokens,
  ) {}

  @Public()
  @Post('session')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async signIn(@Body() { username, password }: SignInDto): Promise<SessionAnswer> {
    const now = new Date().toISOString();
    const user = await this.users.signIn(username, password, now);
    return { ...(await this.tokens.issue(user, now)), user: shown(user) };
  }

  @Post('session/refresh')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async refresh(@Req() { session }: AuthenticatedRequest): Promise<SessionAnswer> {
    const user = await this.current(session.actor);
    if (user.passwordChangedAt > session.signedInAt) throw accessRule('A-3');
    const now = new Date().toISOString();
    return { ...(await this.tokens.issue(user, now, session.signedInAt)), user: shown(user) };
  }

  @Get('me')
  async me(@Viewer() actor: Actor): Promise<MeAnswer> {
    const user = await this.current(actor);
    return { user: shown(user), sample: await this.users.isSample(), actions: permissionsOf(actorOf(user)) };
  }

  @Post('me/password')
  @HttpCode(204)
  async changePassword(@Viewer() actor: Actor, @Body() passwords: ChangePasswordDto): Promise<void> {
    await this.users.changePassword(actor.id, passwords, new Date().toISOString());
  }

  private async current({ id }: Actor): Promise<User> {
    const user = await this.users.find(id);
    if (!user || user.disabled) throw accessRule('A-3');
    return user;
  }
}

const shown = ({ username, displayName, role, organisation }: User): SignedInUser => ({
  username,
  displayName,
  role,
  organisation,
});
