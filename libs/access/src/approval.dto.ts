import { IsText, Optional } from '@app/http';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';

/** An act that needs a second person (更正须有理由、佐证和批准人), as an office sends it. */
export class ApprovalDto {
  /** Why (理由). */
  @IsText()
  reason: string;

  /** The document it rests on (佐证). */
  @IsText()
  evidence: string;

  /** Uploaded files of evidence, by their SHA-256 (佐证文件). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  evidenceFiles?: string[];

  /** User name of the approver, another person with the power to approve (批准人). */
  @IsText(64)
  approver: string;
}
