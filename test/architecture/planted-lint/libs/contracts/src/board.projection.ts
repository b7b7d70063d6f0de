// breaks: no-restricted-globals, no-restricted-imports, no-restricted-properties
import { randomUUID } from 'node:crypto';

export const row = () => ({ id: randomUUID(), at: new Date(), order: Math.random() });
