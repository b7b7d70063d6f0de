export { type Asset, assetKinds } from './asset.js';
