import { stored } from './stored.js';

export interface User {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly organisation: string;
}

export interface Session {
  readonly token: string;
  /** Instant, ISO 8601 UTC. */
  readonly expiresAt: string;
  readonly user: User;
}

const parse = (text: string | null): Session | null => {
  try {
    const kept = JSON.parse(text ?? 'null') as Session | null;
    return kept?.token && kept.user ? kept : null;
  } catch {
    return null;
  }
};

/** Who is signed in, null when nobody is. */
export const session = stored('transfer-ledger.session', parse);
