// breaks: nothing (a handler may look at the clock and make an identifier)
import { randomUUID } from 'node:crypto';

export const stamp = () => ({ id: randomUUID(), at: new Date() });
