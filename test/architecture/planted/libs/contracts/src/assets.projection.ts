// breaks: slices-share-only-types
import { assetKinds } from '@app/patents';

export const kinds = assetKinds;
