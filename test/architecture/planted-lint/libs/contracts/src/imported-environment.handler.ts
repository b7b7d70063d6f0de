// breaks: no-restricted-imports
import { env } from 'node:process';

export const city = (): string | undefined => env['CITY'];
