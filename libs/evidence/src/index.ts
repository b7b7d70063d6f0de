import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { attachmentEvents, attachmentRows } from './attachment.projection.js';
import { evidenceRule } from './evidence-rules.js';

export type { Approval, ApprovalRequest } from './approval.js';
export { Approvals } from './approval.handler.js';
export { RunAttachment } from './attachment.handler.js';
export { AttachmentRow } from './attachment.entity.js';
export { ListRecordEvidence, type RecordEvidence } from './attachment.queries.js';
export type { EvidenceAttached, EvidenceDetached, EvidenceEvent } from './attachment.js';
export { EvidenceModule } from './evidence.module.js';
export { DescribeEvidence, KeepEvidence } from './evidence-file.handler.js';
export type { EvidenceRef } from './evidence-file.js';

export const evidenceEvents: readonly EventCatalogue[] = [attachmentEvents];
export const evidenceProjections: readonly Projection[] = [attachmentRows];
export const evidenceRules: readonly RuleTable[] = [evidenceRule];
