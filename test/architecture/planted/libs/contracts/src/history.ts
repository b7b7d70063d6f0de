// breaks: domain-takes-only-types
import { openStore } from '@app/event-store';

export const history = openStore();
