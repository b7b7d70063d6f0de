import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { approvedBaselines, baselineEvents, baselineRecords } from './baseline.projection.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { growthRule } from './growth-rules.js';

export const growthEvents: readonly EventCatalogue[] = [baselineEvents];
export const growthProjections: readonly Projection[] = [approvedBaselines, baselineRecords, conversionFacts];
export const growthRules: readonly RuleTable[] = [growthRule];

export type { BaselineEvent } from './baseline.js';
export { ApproveBaseline, ReviseBaseline } from './baseline.handler.js';
export { type BoardCell, type FactLine, type FactPage, ListConversionFacts } from './conversion-facts.queries.js';
export { GrowthImports } from './growth.import.js';
export { GrowthModule } from './growth.module.js';
export type {
  ApprovedBaseline,
  Basis,
  Counts,
  GrowthFigure,
  IpScope,
  PlanTarget,
  TargetBoard,
  UniversityLine,
  Verdict,
  YearLine,
} from './target-board.js';
export { GetTargetBoard } from './target-board.queries.js';
