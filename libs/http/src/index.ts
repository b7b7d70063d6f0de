export { Context, Viewer } from './context.decorator.js';
export { HttpModule } from './http.module.js';
export { httpRule } from './http-rules.js';
export { jsonLogger, type LogLevel } from './json-logger.js';
export type { LedgerRequest } from './ledger-request.js';
export { isOutcome, type OutcomeBody, OutcomeInterceptor } from './outcome.interceptor.js';
export type { Problem } from './problem.js';
export { ProblemFilter, routerErrors } from './problem.filter.js';
export { type ShapeError, ShapeRefusal } from './shape-refusal.js';
export {
  instantOf,
  IsDivision,
  IsFen,
  IsInstant,
  IsLegalDate,
  IsText,
  IsUniversityId,
  Optional,
  validationPipe,
} from './validation.js';
