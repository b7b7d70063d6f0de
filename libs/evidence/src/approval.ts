import type { EvidenceRef } from './evidence-file.js';

/** What an act that needs a second person rests on, as its event holds it (更正须有理由、佐证和批准人). */
export interface Approval {
  readonly reason: string;
  /** The evidence by its document number. */
  readonly evidence: string;
  readonly evidenceFiles?: readonly EvidenceRef[];
  /** User name of the approver, another person than the one who enters it. */
  readonly approver: string;
}

/** The same as it is sent: files by their hashes, the approver as typed. */
export interface ApprovalRequest extends Omit<Approval, 'evidenceFiles'> {
  readonly evidenceFiles?: readonly string[];
}
