// breaks: domain-is-pure
import { kinds } from './contract.handler.js';

export const known = kinds;
