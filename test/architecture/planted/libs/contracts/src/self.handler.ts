// breaks: not-own-index
import type { Contract } from './index.js';

export type Own = Contract;
