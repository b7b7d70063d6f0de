import { IsText, Optional } from '@app/http';
import { IsString, Length, Matches } from 'class-validator';

const HASH = /^[0-9a-f]{64}$/;

export class HashPathDto {
  /** SHA-256 of the file, 64 hex digits. */
  @Matches(HASH)
  hash: string;
}

export class RecordPlaceDto {
  /** Kind of record, e.g. `contract`. */
  @Matches(/^[a-z-]{1,40}$/)
  kind: string;

  /** The record's id. */
  @IsString()
  @Length(1, 100)
  id: string;
}

export class RecordFilePathDto extends RecordPlaceDto {
  /** SHA-256 of the file, 64 hex digits. */
  @Matches(HASH)
  hash: string;
}

export class AttachDto {
  /** Hash of the uploaded file, as the upload answered it. */
  @Matches(HASH)
  hash: string;

  /** What the file shows; no names of persons, it is kept for ever. */
  @Optional()
  @IsText(200)
  note?: string;
}

export class DetachDto {
  /** Why the file does not belong to the record. */
  @IsText(200)
  reason: string;
}

/** An upload is no command and cannot be run dry: it takes no parameters. */
export class UploadQueryDto {}

export class AfterQueryDto {
  /** Position token the answer must include. */
  @Optional()
  @Matches(/^[0-9a-f]{16}\.[0-9a-f]{32}$/)
  after?: string;
}
