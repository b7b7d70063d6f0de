import type { Actor } from '@app/kernel';
import { type Action, accessRule, reachOf } from './policy.js';
import { actorOf, type UserStore } from './user-store.js';

/** Who may stand behind what another enters (批准人): a user of this ledger with the power to, never the one who enters it. */
export class Approvers {
  constructor(private readonly users: UserStore) {}

  /**
   * The user name as it is stored in the event.
   * @throws Refusal A-12 unknown or disabled, A-13 without the power for this university, A-14 the actor
   */
  async named(text: string, action: Action, { actor, universityId }: ApprovedAct): Promise<string> {
    const approver = text.trim().toLowerCase();
    const place = { field: 'approver' };
    if (approver === actor.id) throw accessRule('A-14', {}, place);
    const user = await this.users.find(approver);
    if (!user || user.disabled) throw accessRule('A-12', { approver: text }, place);
    const reach = reachOf(actorOf(user), action);
    if (reach === undefined || (reach === 'own' && user.organisation !== universityId)) {
      throw accessRule('A-13', { approver, action }, place);
    }
    return approver;
  }
}

interface ApprovedAct {
  readonly actor: Actor;
  /** The university whose record it is about, where it is about one. */
  readonly universityId?: string;
}
