import { IsFen, IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { OBJECTION_OUTCOMES, type ObjectionOutcome } from './price-notice.js';
import type { NoticeDraft } from './price-notice.handler.js';

export class PublishPriceNoticeDto implements NoticeDraft {
  /** Ledger code of the university. */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the notice (公示编号), unique within it. */
  @IsText(64)
  number: string;

  /** Name of the result (成果名称). */
  @IsText()
  title: string;

  /** Registration numbers of the assets it covers, at least one, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsText(64, { each: true })
  assets: string[];

  /** How the price was arrived at (定价依据). */
  @Optional()
  @IsText()
  method?: string;

  /** Proposed price (拟交易价格) in fen, as text. */
  @IsFen()
  proposedFen: string;

  /** First day of the notice (公示起); it is not counted. */
  @IsLegalDate()
  startsOn: string;

  /** Last day of the notice (公示止). */
  @IsLegalDate()
  endsOn: string;

  /** How objections are raised and dealt with (异议处理程序). */
  @Optional()
  @IsText()
  procedure?: string;
}

export class RaiseObjectionDto {
  /** The objection's own number (异议编号). */
  @IsText(64)
  number: string;

  /** Day it was raised, within the notice. */
  @IsLegalDate()
  raisedOn: string;

  /** What it says; no names of persons. */
  @IsText()
  ground: string;
}

export class ResolveObjectionDto {
  /** The objection's own number. */
  @IsText(64)
  number: string;

  /** Day it was dealt with. */
  @IsLegalDate()
  resolvedOn: string;

  /** How it ended; a notice with an upheld objection carries no contract. */
  @IsIn(Object.keys(OBJECTION_OUTCOMES))
  outcome: ObjectionOutcome;
}

export class WithdrawPriceNoticeDto {
  /** Day of withdrawal. */
  @IsLegalDate()
  withdrawnOn: string;

  /** Why. */
  @IsText()
  reason: string;
}
