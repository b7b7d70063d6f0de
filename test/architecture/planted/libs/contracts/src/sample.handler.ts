// breaks: production-not-to-test
import { sampleAsset } from '@app/testing';

export const sample = sampleAsset;
