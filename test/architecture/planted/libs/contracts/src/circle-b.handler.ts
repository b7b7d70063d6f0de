// breaks: no-circular, no-circular-types-in-a-lib
import { a } from './circle-a.handler.js';

export const b = (): number => a();
