import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@app/kernel';
import { type JWTPayload, SignJWT, jwtVerify } from 'jose';
import type { OfficeDatabase } from './office.js';
import { accessRule } from './policy.js';
import { type User, actorOf } from './user-store.js';

/** A sign-in, as a token carries it. */
export interface Session {
  readonly actor: Actor;
  /** Instant of the sign-in itself, which refreshing does not move. */
  readonly signedInAt: string;
}

export interface IssuedToken {
  readonly token: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

const ALGORITHM = 'HS256';
const ISSUER = 'transfer-ledger';
/** Another issuer, so that neither kind of token opens what the other does. */
const CALENDAR_ISSUER = 'transfer-ledger/calendar';
const SECRET = 'token-secret';
const SECRET_BYTES = 32;
const TOKEN_SECONDS = 30 * 60;
const SESSION_SECONDS = 12 * 60 * 60;
/** The id of a user's calendar token that is good; each new one takes the place of the one before. */
const calendarSetting = (username: string): string => `calendar-token:${username}`;
const CALENDAR_SECONDS = 366 * 24 * 60 * 60;
const TOKENS_KEPT = 10_000;

/** Whose calendar feed it is, and the sign-in its token came from: a password changed since ends it. */
export interface CalendarPass {
  readonly username: string;
  readonly signedInAt: string;
}

/**
 * Short-lived bearer tokens (JWT, RFC 7519): valid for 30 minutes, and never past 12 hours after the sign-in, however often refreshed. The
 * secret is made at the first start and kept in the office data.
 */
export class Tokens {
  /** Sessions of tokens whose signature was checked, oldest first: a page sends the same token hundreds of times. */
  private readonly checked = new Map<string, { readonly session: Session; readonly expires: number }>();

  private constructor(
    private readonly office: OfficeDatabase,
    private readonly secret: Uint8Array,
  ) {}

  static async open(office: OfficeDatabase): Promise<Tokens> {
    const secret = await office.settingOrFirst(SECRET, randomBytes(SECRET_BYTES).toString('base64url'));
    return new Tokens(office, Buffer.from(secret, 'base64url'));
  }

  async issue(user: User, now: string, signedInAt = now): Promise<IssuedToken> {
    const { id, role, organisation } = actorOf(user);
    const signedIn = secondsOf(signedInAt);
    const expires = Math.floor(Math.min(secondsOf(now) + TOKEN_SECONDS, signedIn + SESSION_SECONDS));
    const token = await new SignJWT({ role, org: organisation, name: user.displayName, auth_time: signedIn })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setSubject(id)
      .setIssuedAt(Math.floor(secondsOf(now)))
      .setExpirationTime(expires)
      .sign(this.secret);
    return { token, expiresAt: instantOf(expires) };
  }

  /** @throws Refusal A-3 for anything but a token of this ledger that has not expired */
  async verify(token: string, now: string): Promise<Session> {
    const known = this.checked.get(token);
    if (known && known.expires > secondsOf(now)) return known.session;
    const { payload } = await jwtVerify(token, this.secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      currentDate: new Date(now),
    }).catch(() => {
      throw accessRule('A-3');
    });
    const session = sessionOf(payload);
    this.remember(token, session, payload.exp ?? 0);
    return session;
  }

  /**
   * A token for calendar programs, which cannot sign in: good for a year, for the calendar feed and nothing else (scope `calendar`). It
   * ends those the user was given before: an address that fell into other hands is revoked by asking for a new one.
   */
  async issueForCalendar({ actor, signedInAt }: Session, now: string): Promise<IssuedToken> {
    const expires = Math.floor(secondsOf(now) + CALENDAR_SECONDS);
    const id = randomUUID();
    await this.office.replaceSetting(calendarSetting(actor.id), id);
    const token = await new SignJWT({ scope: 'calendar', auth_time: secondsOf(signedInAt) })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(CALENDAR_ISSUER)
      .setSubject(actor.id)
      .setJti(id)
      .setExpirationTime(expires)
      .sign(this.secret);
    return { token, expiresAt: instantOf(expires) };
  }

  /** Undefined for anything but the last calendar token of its user, not yet expired. The caller asks whether the user still may. */
  async verifyForCalendar(token: string, now: string): Promise<CalendarPass | undefined> {
    const checks = { algorithms: [ALGORITHM], issuer: CALENDAR_ISSUER, currentDate: new Date(now) };
    const checked = await jwtVerify(token, this.secret, checks).catch(() => undefined);
    const { sub, jti, scope, auth_time: signedIn } = checked?.payload ?? {};
    if (typeof sub !== 'string' || scope !== 'calendar' || typeof signedIn !== 'number') return undefined;
    if (jti === undefined || jti !== (await this.office.setting(calendarSetting(sub)))) return undefined;
    return { username: sub, signedInAt: instantOf(signedIn) };
  }

  private remember(token: string, session: Session, expires: number): void {
    const [oldest] = this.checked.keys();
    if (oldest !== undefined && this.checked.size >= TOKENS_KEPT) this.checked.delete(oldest);
    this.checked.set(token, { session, expires });
  }
}

const sessionOf = ({ sub, role, org, auth_time: signedIn }: JWTPayload): Session => {
  if (typeof sub !== 'string' || typeof role !== 'string' || typeof org !== 'string' || typeof signedIn !== 'number') {
    throw accessRule('A-3');
  }
  return { actor: { id: sub, role, organisation: org }, signedInAt: instantOf(signedIn) };
};

const secondsOf = (instant: string): number => Date.parse(instant) / 1000;

const instantOf = (seconds: number): string => new Date(Math.round(seconds * 1000)).toISOString();
