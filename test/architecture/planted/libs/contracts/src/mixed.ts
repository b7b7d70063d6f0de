// breaks: slices-share-only-types
import { assetKinds, type Asset } from '@app/patents';

export type Sold = Asset;
export const x = assetKinds;
