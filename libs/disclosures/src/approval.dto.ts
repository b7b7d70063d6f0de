import { IsText, Optional } from '@app/http';
import { ArrayMaxSize, ArrayUnique, IsArray, Matches } from 'class-validator';
import type { ApprovalRequest } from './approval.handler.js';

/** SHA-256 in hex, as the upload of a file answers it. */
export const HASH = /^[0-9a-f]{64}$/;

export class ApprovalDto implements ApprovalRequest {
  /** Why (理由). */
  @IsText()
  reason: string;

  /** Number of the document it rests on (佐证). */
  @IsText()
  evidence: string;

  /** Hashes of uploaded files of evidence. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(HASH, { each: true })
  evidenceFiles?: string[];

  /** User name of the approver, another person with the power to approve (批准人). */
  @IsText(64)
  approver: string;
}
