import { Tokens, UserStore, actorOf } from '@app/access';
import type { Actor } from '@app/kernel';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { deadlineRule } from './deadline-rules.js';

/** Whose calendar a feed token opens, as they are today; instants are ISO 8601 UTC. */
export class FindCalendarUser extends Query<Actor> {
  constructor(
    readonly token: string,
    readonly now: string,
  ) {
    super();
  }
}

@QueryHandler(FindCalendarUser)
export class FindCalendarUserHandler implements IQueryHandler<FindCalendarUser> {
  constructor(
    private readonly tokens: Tokens,
    private readonly users: UserStore,
  ) {}

  /** @throws Refusal T-4 */
  async execute({ token, now }: FindCalendarUser): Promise<Actor> {
    const pass = await this.tokens.verifyForCalendar(token, now);
    const user = pass && (await this.users.find(pass.username));
    if (!pass || !user || user.disabled || user.passwordChangedAt > pass.signedInAt) throw deadlineRule('T-4');
    if (user.sample && !(await this.users.isSample())) throw deadlineRule('T-4');
    return actorOf(user);
  }
}
