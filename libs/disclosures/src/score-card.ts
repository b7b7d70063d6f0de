import type { BilingualText } from '@app/kernel';
import { evaluationRule } from './evaluation-rules.js';

/** How well a result does in one dimension, best first (等级). */
export const grades = {
  A: { zh: 'A', en: 'A' },
  B: { zh: 'B', en: 'B' },
  C: { zh: 'C', en: 'C' },
  D: { zh: 'D', en: 'D' },
} as const satisfies Record<string, BilingualText>;
export type Grade = keyof typeof grades;

/** The dimensions of the common card `score-card/1` (通用评分卡), each graded A to D. A change of them is a new card. */
export const commonDimensions = {
  patentability: { zh: '可专利性', en: 'patentability' },
  technology: { zh: '技术', en: 'technology' },
  market: { zh: '市场', en: 'market' },
  legal: { zh: '法律', en: 'legal' },
} as const satisfies Record<string, BilingualText>;
export type CommonDimension = keyof typeof commonDimensions;

const COMMON_CARD = 'score-card/1';

export interface Score {
  readonly dimension: string;
  readonly grade: string;
}

/** A card of the university's own (本校评分卡). */
export interface OwnCard {
  /** The university's version of it, such as `2024`. */
  readonly version: string;
  readonly name: string;
  readonly scores: readonly Score[];
}

export type CommonGrades = { readonly [Dimension in CommonDimension]?: Grade };

/** The scores as an event holds them: the card's id is `score-card/1` or `own/<version>`; old events hold grades without a card. */
export interface Scores extends CommonGrades {
  readonly scoreCard?: string;
  readonly scoreCardName?: string;
  readonly scores?: readonly Score[];
}

/** @throws Refusal E-23, E-24 */
export const scoresOf = (common: CommonGrades, own: OwnCard | undefined): Scores => {
  const graded = Object.values(common).some((grade) => grade !== undefined);
  if (!own) return graded ? { ...common, scoreCard: COMMON_CARD } : {};
  const field = 'ownCard';
  if (graded) throw evaluationRule('E-23', {}, { field });
  const { version, name, scores } = own;
  const dimensions = scores.map(({ dimension }) => dimension);
  const repeated = dimensions.find((dimension, index) => dimensions.indexOf(dimension) !== index);
  if (repeated !== undefined) throw evaluationRule('E-24', { dimension: repeated }, { field });
  return { scoreCard: `own/${version}`, scoreCardName: name, scores };
};
