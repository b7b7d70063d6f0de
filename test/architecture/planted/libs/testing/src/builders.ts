export const sampleAsset = 'CN0000000000000';
