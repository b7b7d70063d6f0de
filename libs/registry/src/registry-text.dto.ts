import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, ValidateIf, type ValidationOptions } from 'class-validator';

/** May be left out, but not null: no event holds a null. */
export const Optional = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

const TRIMMED = /^\S(?:[\s\S]*\S)?$/;

/** Text of 1 to `longest` characters without blanks around it. */
export const IsText = (longest = 500, options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(IsString(options), Length(1, longest, options), Matches(TRIMMED, options));
