import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { deadlineProjection } from './deadline.projection.js';
import { deadlineRule } from './deadline-rules.js';

export const deadlinesProjections: readonly Projection[] = [deadlineProjection];
export const deadlinesRules: readonly RuleTable[] = [deadlineRule];

export type { DeadlineItem, DeadlinePage } from './deadline.queries.js';
export type { DeadlineState } from './deadline.js';
export type { DeadlineKind, Responsible } from './deadline-kinds.js';
export type { CalendarTokenAnswer } from './deadlines.controller.js';
export { DeadlinesModule } from './deadlines.module.js';
