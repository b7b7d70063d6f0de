// breaks: nothing (two slices may know each other by type)
import type { Contract } from '@app/contracts';

export interface Asset {
  readonly id: string;
  readonly soldBy?: Contract;
}
export const assetKinds = ['patent'];
