import { SignJWT, decodeJwt } from 'jose';
import { OfficeDatabase } from './office.js';
import { Tokens } from './tokens.js';
import type { User } from './user-store.js';

const NOW = '2024-03-01T08:00:00.250Z';
const after = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

const user: User = {
  username: 'hnu',
  displayName: '示例 湖大转化办',
  role: 'TRANSFER_OFFICE',
  organisation: 'hnu',
  sample: false,
  disabled: false,
  passwordChangedAt: NOW,
};

describe('tokens', () => {
  let office: OfficeDatabase;
  let tokens: Tokens;
  beforeAll(async () => {
    office = await OfficeDatabase.inMemory();
    tokens = await Tokens.open(office);
  });
  afterAll(() => office.close());

  it('carry the actor and the instant of the sign-in', async () => {
    const { token, expiresAt } = await tokens.issue(user, NOW);
    expect(expiresAt).toBe('2024-03-01T08:30:00.000Z');
    expect(decodeJwt(token)).toMatchObject({
      sub: 'hnu',
      role: 'TRANSFER_OFFICE',
      org: 'hnu',
      name: '示例 湖大转化办',
    });
    expect(await tokens.verify(token, after(29))).toEqual({
      actor: { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' },
      signedInAt: NOW,
    });
  });

  it('are still good after a restart', async () => {
    const { token } = await tokens.issue(user, NOW);
    expect(await (await Tokens.open(office)).verify(token, after(1))).toMatchObject({ signedInAt: NOW });
  });

  it('expire after half an hour', async () => {
    const { token } = await tokens.issue(user, NOW);
    await expect(tokens.verify(token, after(30))).rejects.toMatchObject({ rule: 'A-3', kind: 'unauthenticated' });
  });

  it('never outlive twelve hours after the sign-in', async () => {
    const refreshed = await tokens.issue(user, after(11 * 60 + 50), NOW);
    expect(refreshed.expiresAt).toBe('2024-03-01T20:00:00.000Z');
    expect(await tokens.verify(refreshed.token, after(11 * 60 + 59))).toMatchObject({ signedInAt: NOW });
    await expect(tokens.verify(refreshed.token, after(12 * 60))).rejects.toMatchObject({ rule: 'A-3' });
  });

  it('of another ledger, altered, unsigned or incomplete are refused', async () => {
    const { token } = await tokens.issue(user, NOW);
    const elsewhere = await Tokens.open(await OfficeDatabase.inMemory());
    const [header, payload, signature] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const secret = Buffer.from((await office.setting('token-secret')) ?? '', 'base64url');
    const incomplete = await new SignJWT({ sub: 'hnu' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('transfer-ledger')
      .setExpirationTime(new Date('2099-01-01'))
      .sign(secret);
    const bad = [
      (await elsewhere.issue(user, NOW)).token,
      `${header}.${payload}x.${signature}`,
      unsigned,
      incomplete,
      'x',
      '',
    ];
    for (const text of bad) await expect(tokens.verify(text, NOW)).rejects.toMatchObject({ rule: 'A-3' });
  });

  const session = { actor: { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' }, signedInAt: NOW };

  it('for a calendar tell whose it is and from which sign-in, for a year', async () => {
    const { token, expiresAt } = await tokens.issueForCalendar(session, after(0));
    expect(expiresAt).toBe('2025-03-02T08:00:00.000Z');
    expect(await tokens.verifyForCalendar(token, after(60 * 24 * 365))).toEqual({ username: 'hnu', signedInAt: NOW });
    expect(await tokens.verifyForCalendar(token, after(60 * 24 * 366))).toBeUndefined();
  });

  it('for a calendar end with the next one of the same user, that of nobody else', async () => {
    const first = await tokens.issueForCalendar(session, NOW);
    const other = await tokens.issueForCalendar({ ...session, actor: { ...session.actor, id: 'csu' } }, NOW);
    const second = await tokens.issueForCalendar(session, NOW);
    const restarted = await Tokens.open(office);
    for (const ledger of [tokens, restarted]) {
      expect(await ledger.verifyForCalendar(first.token, NOW)).toBeUndefined();
      expect(await ledger.verifyForCalendar(second.token, NOW)).toMatchObject({ username: 'hnu' });
      expect(await ledger.verifyForCalendar(other.token, NOW)).toMatchObject({ username: 'csu' });
    }
  });

  it('for a calendar sign nobody in, and a sign-in opens no calendar', async () => {
    const { token } = await tokens.issueForCalendar(session, NOW);
    await expect(tokens.verify(token, NOW)).rejects.toMatchObject({ rule: 'A-3' });
    const { token: signIn } = await tokens.issue(user, NOW);
    for (const text of [signIn, `${token}x`, 'x', '']) {
      expect(await tokens.verifyForCalendar(text, NOW)).toBeUndefined();
    }
  });
});
