import { ApprovalDto } from '@app/access';
import { IsFen, IsLegalDate, IsText, Optional } from '@app/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { TermChangesDto } from './contract-parts.dto.js';
import {
  CORRECTABLE,
  type CorrectableField,
  PAYMENT_KINDS,
  type PaymentKind,
  RECORDING_REFUSAL_GROUNDS,
  type RecordingRefusalGround,
} from './contract-vocabulary.js';

export class RecordLicenceDto {
  /** Recording number (备案号). */
  @IsText(64)
  recordNo: string;

  /** Date of recording (备案日). */
  @IsLegalDate()
  recordedOn: string;
}

export class RefuseRecordingDto {
  /** Date of the notice of refusal (不予备案通知日). */
  @IsLegalDate()
  refusedOn: string;

  /** Ground of refusal (专利实施许可合同备案办法 art 12). */
  @IsIn(Object.keys(RECORDING_REFUSAL_GROUNDS))
  ground: RecordingRefusalGround;
}

export class CancelRecordingDto {
  /** Date the recording was cancelled (撤销备案日). */
  @IsLegalDate()
  cancelledOn: string;

  /** Why (专利实施许可合同备案办法 art 13). */
  @IsText()
  reason: string;
}

export class DeregisterLicenceDto {
  /** Date of deregistration (备案注销日); the licence has ended by then. */
  @IsLegalDate()
  deregisteredOn: string;

  /** Why, where it is not the end of the term. */
  @Optional()
  @IsText()
  reason?: string;
}

export class RegisterTransferDto {
  /** Date of registration at CNIPA (转让登记日); the title moves on it. */
  @IsLegalDate()
  registeredOn: string;
}

export class RegisterTechnologyContractDto {
  /** Registration number (技术合同认定登记编号). */
  @IsText(64)
  technologyContractNo: string;

  /** Date of registration. */
  @IsLegalDate()
  registeredOn: string;

  /** Amount registered (认定金额) in fen, as text; it may differ from the fee. */
  @IsFen()
  amountFen: string;
}

export class CorrectContractDto extends ApprovalDto {
  /** The correction's own number (更正编号). */
  @IsText(64)
  number: string;

  /** What is corrected. */
  @IsIn(Object.keys(CORRECTABLE))
  field: CorrectableField;

  /** The right value: a date, an amount in fen, a name, a number, a division or credit code, or `true`/`false`. */
  @IsText(200)
  value: string;
}

export class VoidContractDto extends ApprovalDto {
  /** Date of voiding (作废日期). */
  @IsLegalDate()
  voidedOn: string;
}

export class TerminateLicenceDto extends ApprovalDto {
  /** Last day of the licence (解除日). */
  @IsLegalDate()
  on: string;
}

export class AmendContractDto {
  /** The amendment's own number (变更编号). */
  @IsText(64)
  number: string;

  /** What changes. */
  @IsDefined()
  @ValidateNested()
  @Type(() => TermChangesDto)
  changes: TermChangesDto;

  /** Date the amendment was signed. */
  @IsLegalDate()
  signedOn: string;

  /** Why. */
  @IsText()
  reason: string;
}

export class ReceivePaymentDto {
  /** The payment's own number (到账编号), unique within the contract. */
  @IsText(64)
  number: string;

  /** Day it was received (到账日). */
  @IsLegalDate()
  receivedOn: string;

  /** Amount in fen, as text. */
  @IsFen()
  amountFen: string;

  /** What it is for (款项种类). */
  @IsIn(Object.keys(PAYMENT_KINDS))
  kind: PaymentKind;

  /** Which instalment, the first being 1. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(100)
  instalment?: number;
}

export class ReversePaymentDto extends ApprovalDto {}

export class ReverseRewardDto extends ApprovalDto {}

export class RewardRecipientDto {
  /** Name of the recipient; kept apart from the ledger. */
  @IsText(64)
  name: string;

  /** Staff number (工号). */
  @IsText(64)
  staffNumber: string;

  /** Amount in fen, as text; of an equity contribution the value of the shares. */
  @IsFen()
  amountFen: string;

  /** Contributed mainly (主要贡献人员). */
  @IsBoolean()
  main: boolean;
}

export class DistributeRewardDto {
  /** The distribution's own number (奖励编号), unique within the contract. */
  @IsText(64)
  number: string;

  /** Day of the distribution. */
  @IsLegalDate()
  distributedOn: string;

  /** Direct costs of the deal not deducted before, in fen, as text. */
  @IsFen()
  costsFen: string;

  /** The whole reward in fen, as text; of an equity contribution the value of the shares given. */
  @IsFen()
  rewardFen: string;

  /** Who gets what; together the reward. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => RewardRecipientDto)
  shares: RewardRecipientDto[];
}
