// breaks: no-circular-types-in-a-lib
import type { Terms } from './terms.js';

export interface Parties {
  readonly terms: Terms;
}
