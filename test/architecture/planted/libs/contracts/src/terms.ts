// breaks: no-circular-types-in-a-lib
import type { Parties } from './parties.js';

export interface Terms {
  readonly parties: Parties;
}
