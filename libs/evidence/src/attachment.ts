import type { Decider, Message } from '@app/kernel';
import type { EvidenceRef } from './evidence-file.js';
import { evidenceRule } from './evidence-rules.js';

/** The record a file is attached to, by its kind and id as in `/api/v1/records/:kind/:id`. */
export interface RecordPlace {
  readonly recordKind: string;
  readonly recordId: string;
}

/** A file was attached to a record (附佐证材料). */
export type EvidenceAttached = Message<
  'EvidenceAttached',
  RecordPlace & { readonly universityId: string; readonly file: EvidenceRef; readonly note?: string }
>;

/** A file no longer belongs to a record (撤下佐证材料); it is kept, and so is the time it stood there. */
export type EvidenceDetached = Message<
  'EvidenceDetached',
  RecordPlace & { readonly universityId: string; readonly hash: string; readonly reason: string }
>;

export type EvidenceEvent = EvidenceAttached | EvidenceDetached;

export type EvidenceCommand =
  | { readonly type: 'AttachEvidence'; readonly data: EvidenceAttached['data'] }
  | { readonly type: 'DetachEvidence'; readonly data: EvidenceDetached['data'] };

/** Hashes of the files attached now. */
export type AttachedFiles = ReadonlySet<string>;

export const evidenceStream = ({ recordKind, recordId }: RecordPlace): string => `evidence-${recordKind}-${recordId}`;

const decide = (command: EvidenceCommand, attached: AttachedFiles): readonly EvidenceEvent[] => {
  if (command.type === 'AttachEvidence')
    return attached.has(command.data.file.hash) ? [] : [{ type: 'EvidenceAttached', data: command.data }];
  const { hash } = command.data;
  if (!attached.has(hash)) throw evidenceRule('X-7', { hash }, { field: 'hash' });
  return [{ type: 'EvidenceDetached', data: command.data }];
};

const evolve = (attached: AttachedFiles, event: EvidenceEvent): AttachedFiles => {
  if (event.type === 'EvidenceAttached') return new Set([...attached, event.data.file.hash]);
  return new Set([...attached].filter((hash) => hash !== event.data.hash));
};

/** The files of one record. */
export const evidenceDecider: Decider<AttachedFiles, EvidenceCommand, EvidenceEvent> = {
  initial: new Set<string>(),
  decide,
  evolve,
};
