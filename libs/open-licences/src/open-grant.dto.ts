import { ApprovalDto } from '@app/access';
import { IsDivision, IsFen, IsLegalDate, IsText, Optional } from '@app/http';
import { Length } from 'class-validator';
import type { CancelOpenGrantRecord, GrantFacts, RecordOpenGrant } from './open-grant-events.js';

export class GrantOpenLicenceDto implements Omit<GrantFacts, 'declarationId'> {
  /** The university's own number of the grant (许可编号), unique within it. */
  @IsText(64)
  number: string;

  /** Name of the licensee (被许可方). */
  @IsText(200)
  licensee: string;

  /** Unified social credit code of the licensee. */
  @Optional()
  @IsText(18)
  @Length(18, 18)
  licenseeCode?: string;

  /** Division code of the licensee's registered address (住所区划), six digits. */
  @Optional()
  @IsDivision()
  licenseeDivision?: string;

  /** Date of the written notice to the patentee (通知日). */
  @IsLegalDate()
  noticeOn: string;

  /** Date of payment (付费日); the date of notice for a free licence. */
  @IsLegalDate()
  paidOn: string;

  /** Amount paid in fen, as text. */
  @IsFen()
  paidFen: string;
}

export class RecordOpenGrantDto implements Omit<RecordOpenGrant, 'type'> {
  /** Recording number at CNIPA (备案号). */
  @IsText(64)
  recordNo: string;

  /** Date of recording (备案日). */
  @IsLegalDate()
  recordedOn: string;
}

export class CancelOpenGrantRecordDto implements Omit<CancelOpenGrantRecord, 'type'> {
  /** Date on which the recording was cancelled (注销日). */
  @IsLegalDate()
  cancelledOn: string;

  /** Why it was cancelled (理由). */
  @IsText()
  reason: string;
}

export class EndOpenGrantDto extends ApprovalDto {
  /** The licence's last day (提前终止日). */
  @IsLegalDate()
  on: string;
}
