// breaks: no-restricted-imports
import { randomUUID } from 'crypto';

export const newId = randomUUID;
