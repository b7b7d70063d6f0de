// breaks: domain-is-pure
import { randomUUID } from 'node:crypto';

export const newNumber = (): string => randomUUID();
