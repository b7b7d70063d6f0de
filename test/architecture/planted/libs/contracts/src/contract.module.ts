// breaks: nothing (this role may use what another slice exports)
import { assetKinds } from '@app/patents';

export const kinds = assetKinds;
