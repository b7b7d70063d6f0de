// breaks: domain-is-pure, libs-through-their-index
import type { Asset } from '../../patents/src/asset.js';

export type Sold = Asset;
