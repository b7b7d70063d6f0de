export { sampleAsset } from './builders.js';
