// breaks: read-side-not-to-write-side
import { kinds } from './contract.handler.js';

export const columns = kinds;
