import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { fundRule } from './fund-rules.js';
import { fundYearEvents } from './fund-year-events.js';
import { fundClaimRecords, fundYears } from './fund-year.projection.js';

export {
  type Allocation,
  type AllocationInput,
  type AllocationLine,
  type AllocationTotal,
  ALLOCATION_METHODS,
  allocate,
} from './allocation.js';
export {
  type AllocationMethod,
  FUND_CATEGORIES,
  type FundBoard,
  type FundCategory,
  type FundCategoryLine,
  type FundClaimLine,
} from './fund-board.js';
export { type FundBoardSummary, GetFundBoard, ListFundBoards } from './fund-board.queries.js';
export { fundEffect } from './fund-effect.queries.js';
export { FUND_OBJECT_KINDS, type FundObjectKind, type FundStandard } from './fund-standard.js';
export type { FundAllocation, FundClaim, FundYearEvent } from './fund-year-events.js';
export { type FundClaimDraft, type FundYearRequest, RunFundYear } from './fund-year.handler.js';
export { FundImports } from './fund.import.js';
export { FundModule } from './fund.module.js';

export const fundEvents: readonly EventCatalogue[] = [fundYearEvents];
export const fundProjections: readonly Projection[] = [fundYears, fundClaimRecords];
export const fundRules: readonly RuleTable[] = [fundRule];
