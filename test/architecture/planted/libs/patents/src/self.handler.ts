// breaks: not-own-index
import type { Asset } from '@app/patents';

export type Own = Asset;
