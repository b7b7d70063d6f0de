// breaks: kernel-is-alone
import { hrtime } from 'node:process';

export const now = (): bigint => hrtime.bigint();
