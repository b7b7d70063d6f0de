import { MAX_FEN, fenFromText, isDivision, isLegalDate } from '@app/kernel';
import { type ArgumentMetadata, ValidationPipe, applyDecorators } from '@nestjs/common';
import {
  IsString,
  Length,
  Matches,
  ValidateBy,
  ValidateIf,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
import { misplacedLists } from './parts.js';
import { ShapeRefusal, shapeErrors } from './shape-refusal.js';

/** A date of the calendar in its stored form `YYYY-MM-DD` (法定日期). */
export const IsLegalDate = (options?: ValidationOptions): PropertyDecorator =>
  textCheck('isLegalDate', isLegalDate, '$property must be a date of the calendar, YYYY-MM-DD', options);

/** An amount in fen (分) as a decimal string, `"1000000"` for 1万元; never negative, never a JSON number. */
export const IsFen = (options?: ValidationOptions): PropertyDecorator =>
  textCheck('isFen', isFenText, `$property must be a whole number of fen as a string, "0" to "${MAX_FEN}"`, options);

/** The short code of a university in the ledger, such as `hnu` (学校代码). */
export const IsUniversityId = (options?: ValidationOptions): PropertyDecorator =>
  textCheck(
    'isUniversityId',
    (text) => /^[a-z][a-z0-9-]{0,31}$/.test(text),
    "$property must be a university's ledger code: a lower-case letter, then letters, digits or hyphens, 32 at most",
    options,
  );

/** A division code of six digits (行政区划代码, GB/T 2260). */
export const IsDivision = (options?: ValidationOptions): PropertyDecorator =>
  textCheck('isDivision', isDivision, '$property must be a division code of six digits', options);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const isInstant = (text: string): boolean =>
  isLegalDate(text) || (INSTANT.test(text) && !Number.isNaN(Date.parse(text)));

/** An instant with its offset, or a date, which stands for the end of that day in China; see `instantOf`. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  textCheck('isInstant', isInstant, '$property must be an instant with its offset, or a date', options);

/** The instant a text that passed `IsInstant` names, ISO 8601 UTC. */
export const instantOf = (text: string): string =>
  new Date(isLegalDate(text) ? `${text}T23:59:59.999+08:00` : text).toISOString();

/** May be left out, but not null: no event holds a null. */
export const Optional = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** No blanks around it, no control characters but line breaks and tabs, no half of a character. */
const CLEAN = /^(?!\s)(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*(?<!\s)$/u;

/** Text of 1 to `longest` characters without blanks around it. */
export const IsText = (longest = 500, options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(IsString(options), Length(1, longest, options), Matches(CLEAN, options));

const textCheck = (
  name: string,
  accepts: (text: string) => boolean,
  message: string,
  options: ValidationOptions | undefined,
): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && accepts(value),
        defaultMessage: () => (options?.each ? `each value in ${message}` : message),
      },
    },
    options,
  );

const isFenText = (text: string): boolean => {
  try {
    return fenFromText(text) >= 0n;
  } catch {
    return false;
  }
};

class StrictPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const misplaced = metadata.metatype ? misplacedLists(metadata.metatype, value) : [];
    return misplaced.length > 0 ? Promise.reject(new ShapeRefusal(misplaced)) : super.transform(value, metadata);
  }
}

/** Bodies and query strings hold what their DTO names and nothing else; every field that fails is reported, not only the first. */
export const validationPipe = (): ValidationPipe =>
  new StrictPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors: ValidationError[]) => new ShapeRefusal(shapeErrors(errors)),
  });
