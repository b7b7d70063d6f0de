import { PersonStore } from '@app/access';
import type { CommandContext } from '@app/event-store';
import { type ApprovalRequest, Approvals } from '@app/evidence';
import { Injectable } from '@nestjs/common';
import type {
  AcceptDisclosure,
  DetermineServiceInvention,
  DiscloseInvention,
  DisclosureCommand,
  ReturnDisclosure,
  WithdrawDisclosure,
} from './disclosure.js';
import type { CorrectDisclosure, SupplementDisclosure } from './disclosure-amendment.js';
import type { Inventor } from './inventor.js';

/** An inventor as the office enters one; the name and the staff number stay in the person store. */
export interface NamedInventor extends Omit<Inventor, 'personId'> {
  readonly staffNumber: string;
  readonly name: string;
}

/** Facts as they arrive: inventors by name, files by their hashes. */
type AsSent<Facts> = Omit<Facts, 'inventors' | 'attachments'> & {
  readonly inventors?: readonly NamedInventor[];
  readonly attachments?: readonly string[];
};

/** The disclosure as it arrives. */
export type DisclosureRequest = AsSent<DiscloseInvention>;

/** What may follow in the same row of a sheet. */
export type DisclosureFollowUp = DetermineServiceInvention | AcceptDisclosure;

/** What happens after the disclosure, as it arrives. */
export type StepRequest =
  | DisclosureFollowUp
  | ReturnDisclosure
  | AsSent<SupplementDisclosure>
  | (Omit<WithdrawDisclosure, keyof ApprovalRequest> & ApprovalRequest)
  | (Omit<CorrectDisclosure, keyof ApprovalRequest | 'changes'> &
      ApprovalRequest & { readonly changes: AsSent<CorrectDisclosure['changes']> });

/** A step of a disclosure's life as it arrives. */
export type DisclosureStepRequest = { readonly disclosureId: string } & StepRequest;

const PERSON_ID = /^p_[0-9a-f]{20}$/;

/** Turns what arrives into what is stored: people by pseudonyms, files by what the evidence knows of them, approvers as users. */
@Injectable()
export class DisclosureInput {
  constructor(
    private readonly persons: PersonStore,
    readonly approvals: Approvals,
  ) {}

  /** The pseudonym of a person given by staff number, or by the pseudonym itself. */
  personId(universityId: string, person: string): string {
    return PERSON_ID.test(person) ? person : this.persons.personId(universityId, person);
  }

  async storedStep(
    step: StepRequest,
    universityId: string,
    context: CommandContext,
  ): Promise<Exclude<DisclosureCommand, DiscloseInvention>> {
    const { actor } = context;
    switch (step.type) {
      case 'SupplementDisclosure':
        return this.asStored(step, universityId, context);
      case 'CorrectDisclosure': {
        const { changes, ...said } = step;
        const stored: CorrectDisclosure['changes'] = await this.asStored(changes, universityId, context);
        return { ...(await this.approvals.approved(said, { actor, universityId })), changes: stored };
      }
      case 'WithdrawDisclosure':
        return this.approvals.approved(step, { actor, universityId });
      default:
        return step;
    }
  }

  async asStored<Facts extends { readonly inventors?: unknown; readonly attachments?: unknown }>(
    { inventors, attachments: hashes, ...facts }: AsSent<Facts>,
    universityId: string,
    { actor }: CommandContext,
  ): Promise<Facts> {
    const attachments = hashes && (await this.approvals.files(hashes, actor, 'attachments'));
    const pseudonyms = inventors?.map(({ staffNumber, name: _name, ...inventor }) => ({
      personId: this.persons.personId(universityId, staffNumber),
      ...inventor,
    }));
    return {
      ...facts,
      ...(attachments ? { attachments } : {}),
      ...(pseudonyms ? { inventors: pseudonyms } : {}),
    } as unknown as Facts;
  }

  /** Nobody is enrolled for a command that is refused, and no event waits for a name that is not on disk. */
  async enrol(universityId: string, inventors: readonly NamedInventor[]): Promise<void> {
    const people = inventors.map(({ staffNumber, name }) => ({ universityId, staffNumber, name }));
    if (people.length > 0) await this.persons.enrol(people);
  }
}
