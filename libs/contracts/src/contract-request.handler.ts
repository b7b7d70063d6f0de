import { type PersonEntry, PersonStore } from '@app/access';
import { type CommandContext, withInput } from '@app/event-store';
import { type ApprovalRequest, Approvals } from '@app/evidence';
import { Injectable } from '@nestjs/common';
import type { ContractCommand, ContractCommandOf } from './contract-events.js';
import { ContractFacts } from './contract-facts.handler.js';
import { contractRule } from './contract-rules.js';
import type { ContractTerms } from './contract-terms.js';
import type { RewardShare } from './contract-vocabulary.js';

/** A command that another person approves, its files of evidence by their hashes. */
type ApprovedRequest<Type extends ContractCommand['type']> = Omit<
  ContractCommandOf<Type>,
  'facts' | keyof ApprovalRequest
> &
  ApprovalRequest;

type Approvable =
  | ApprovedRequest<'TerminateLicence'>
  | ApprovedRequest<'VoidContract'>
  | ApprovedRequest<'ReversePayment'>
  | ApprovedRequest<'ReverseReward'>;

/** One recipient of a reward as an office writes it. */
export interface RewardRecipient extends Omit<RewardShare, 'personId'> {
  readonly name: string;
  readonly staffNumber: string;
}

/** What may be asked of a lodged contract, as its senders write it. */
export type ContractRequest =
  | ContractCommandOf<
      | 'RecordLicence'
      | 'RefuseRecording'
      | 'CancelRecording'
      | 'DeregisterLicence'
      | 'RegisterTransfer'
      | 'ReceivePayment'
      | 'RegisterTechnologyContract'
    >
  | Omit<ContractCommandOf<'AmendContract'>, 'facts'>
  | ApprovedRequest<'CorrectContract'>
  | Approvable
  | (Omit<ContractCommandOf<'DistributeReward'>, 'shares' | 'stateFounded'> & {
      readonly shares: readonly RewardRecipient[];
    });

/** A request with what the decision needs, the context it is compared by, and the persons to make known. */
export interface Prepared {
  readonly command: ContractCommand;
  readonly context: CommandContext;
  readonly persons: readonly PersonEntry[];
}

/** Turns what an office writes into what the ledger stores: approvers by user name, files by content, persons by pseudonym. */
@Injectable()
export class ContractRequests {
  constructor(
    private readonly facts: ContractFacts,
    private readonly approvals: Approvals,
    private readonly persons: PersonStore,
  ) {}

  async prepared(request: ContractRequest, terms: ContractTerms, context: CommandContext): Promise<Prepared> {
    const plain = { context, persons: [] };
    switch (request.type) {
      case 'CorrectContract':
        return this.correction(request, terms, context);
      case 'TerminateLicence':
      case 'VoidContract':
      case 'ReversePayment':
      case 'ReverseReward':
        return { command: await this.approved(request, terms, context), ...plain };
      case 'AmendContract':
        return { command: await this.amendment(request, terms), ...plain };
      case 'DistributeReward':
        return this.reward(request, terms, context);
      default:
        return { command: request, ...plain };
    }
  }

  /** Who stands behind it, and the files it rests on. @throws Refusal A-12… */
  private approved<Request extends ApprovalRequest>(
    request: Request,
    { universityId }: ContractTerms,
    { actor }: CommandContext,
  ) {
    return this.approvals.approved(request, { actor, universityId });
  }

  private async correction(
    request: ApprovedRequest<'CorrectContract'>,
    terms: ContractTerms,
    sent: CommandContext,
  ): Promise<Prepared> {
    const { universityId } = terms;
    const isInventor = request.field === 'counterparty' && terms.mode === 'RELEASE';
    const persons = isInventor ? [inventorIn(String(request.value), universityId, 'value')] : [];
    const [person] = persons;
    const named = person ? { ...request, value: this.persons.personId(universityId, person.staffNumber) } : request;
    const context = person ? withInput(sent, named) : sent;
    const approved = await this.approved(named, terms, sent);
    const isOutside = request.field === 'counterparty' && !isInventor;
    const receiver = isOutside ? await this.facts.receiver(String(request.value)) : {};
    const facts = { ...(await this.facts.of(terms)), ...receiver };
    return { command: { ...approved, facts }, context, persons };
  }

  private async amendment(
    { changes, ...request }: Omit<ContractCommandOf<'AmendContract'>, 'facts'>,
    terms: ContractTerms,
  ): Promise<ContractCommand> {
    const facts = await this.facts.of({ ...terms, ...changes });
    const named = changes.priceNotice && facts.notice ? { priceNoticeId: facts.notice.noticeId } : {};
    return { ...request, changes: { ...changes, ...named }, facts };
  }

  private async reward(
    request: Extract<ContractRequest, { type: 'DistributeReward' }>,
    { universityId }: ContractTerms,
    sent: CommandContext,
  ): Promise<Prepared> {
    const persons = request.shares.map(({ name, staffNumber }) => ({ universityId, name, staffNumber }));
    const shares = request.shares.map(({ name: _name, staffNumber, ...share }) => ({
      personId: this.persons.personId(universityId, staffNumber),
      ...share,
    }));
    const stateFounded = await this.facts.isStateFounded(universityId);
    const context = withInput(sent, { ...request, shares });
    return { command: { ...request, shares, stateFounded }, context, persons };
  }
}

/** An inventor is a person: events hold a pseudonym, the name goes to the person store. @throws Refusal C-41 */
export const inventorIn = (text: string, universityId: string, field: string): PersonEntry => {
  const [name, staffNumber, ...more] = text.split('/').map((part) => part.trim());
  if (!name || !staffNumber || more.length > 0) throw contractRule('C-41', {}, { field });
  return { universityId, staffNumber, name };
};
