import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { annualReportEvents, annualReportRecords } from './annual-report.projection.js';
import { annualFigures } from './annual-report-figures.projection.js';
import { annualReportRule } from './annual-report-rules.js';
import { approvedBaselines, baselineEvents, baselineRecords } from './baseline.projection.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { growthRule } from './growth-rules.js';

export const growthEvents: readonly EventCatalogue[] = [baselineEvents, annualReportEvents];
export const growthProjections: readonly Projection[] = [
  approvedBaselines,
  baselineRecords,
  conversionFacts,
  annualFigures,
  annualReportRecords,
];
export const growthRules: readonly RuleTable[] = [growthRule, annualReportRule];

export { ANNUAL_FIGURES, type AnnualFigure, type AnnualFigures, type FigureDifference } from './annual-report.js';
export { RunAnnualReport } from './annual-report.handler.js';
export { type AnnualReportView, type FiledReport, GetAnnualReport } from './annual-report.queries.js';
export type { AnnualReportEvent } from './annual-report-filing.js';
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
export { targetEffect } from './target-effect.queries.js';
export { GetTargetBoard } from './target-board.queries.js';
