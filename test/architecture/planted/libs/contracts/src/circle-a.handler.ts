// breaks: no-circular, no-circular-types-in-a-lib
import { b } from './circle-b.handler.js';

export const a = (): number => b();
