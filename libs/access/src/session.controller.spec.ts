import { HttpModule, Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { EventRegistry, MemoryEventStore } from '@app/event-store';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { Controller, Get, Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AccessModule } from './access.module.js';
import { Public } from './authentication.guard.js';
import { OfficeDatabase } from './office.js';
import { PersonStore } from './person-store.js';
import { Tokens } from './tokens.js';
import { type User, UserStore } from './user-store.js';

@Controller('probe')
class ProbeController {
  @Get('closed')
  closed(@Viewer() actor: Actor) {
    return actor;
  }

  @Public()
  @Get('open')
  open() {
    return { open: true };
  }
}

@Global()
@Module({
  providers: [
    {
      provide: ReadModels,
      useFactory: () => embeddedReadModels(new MemoryEventStore(), new EventRegistry([]), [], ''),
    },
  ],
  exports: [ReadModels],
})
class ReadSide {}

const PASSWORD = 'correct horse';

describe('signing in over HTTP', () => {
  let app: NestFastifyApplication;
  let office: OfficeDatabase;
  let users: UserStore;
  let user: User;

  beforeEach(async () => {
    office = await OfficeDatabase.inMemory();
    const module = await Test.createTestingModule({
      imports: [ReadSide, HttpModule, AccessModule.forRoot({ office, masterKey: Buffer.alloc(32, 7) })],
      controllers: [ProbeController],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    users = app.get(UserStore);
    const entry = { username: 'hnu', password: PASSWORD, displayName: '示例 湖大转化办', organisation: 'hnu' };
    user = await users.add({ ...entry, role: 'TRANSFER_OFFICE' }, '2024-01-01T00:00:00.000Z');
  });
  afterEach(async () => {
    await app.close();
    await office.close();
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const post = (path: string, payload?: object, token = '') =>
    app.inject({
      method: 'POST',
      url: `/api/v1/${path}`,
      headers: token ? bearer(token) : {},
      ...(payload ? { payload } : {}),
    });
  const signIn = (password = PASSWORD) => post('session', { username: 'hnu', password });
  const tokenOf = async () => (await signIn()).json<{ token: string }>().token;
  const issuedFor = async (instant: string) => (await app.get(Tokens).issue(user, instant)).token;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  it('answers a token, its end and the user, not to be cached', async () => {
    const response = await signIn();
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      token: expect.stringMatching(/^ey/),
      expiresAt: expect.stringMatching(/Z$/),
      user: { username: 'hnu', displayName: '示例 湖大转化办', role: 'TRANSFER_OFFICE', organisation: 'hnu' },
    });
  });

  it('refuses a wrong password with 401 and says how to sign in', async () => {
    const response = await signIn('wrong password');
    expect([response.statusCode, response.json().code]).toEqual([401, 'A-4']);
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it('answers a lock with 503 and how long to wait', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('wrong password');
    const response = await signIn();
    expect([response.statusCode, response.json().code]).toEqual([503, 'A-6']);
    expect(['29', '30']).toContain(response.headers['retry-after']);
  });

  it('refuses a sign-in that is not a user name and a password', async () => {
    const response = await post('session', { username: 5, token: 'x' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'V-SHAPE' });
  });

  it('A-3: accepts the token, and nobody without one', async () => {
    const closed = (headers: Record<string, string>) => app.inject({ url: '/probe/closed', headers });
    const allowed = await closed(bearer(await tokenOf()));
    expect(allowed.json()).toEqual({ id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' });
    const refused = [{}, { authorization: 'Basic aGk6aGk=' }, bearer('x.y.z'), bearer(await issuedFor(minutesAgo(31)))];
    for (const headers of refused) {
      const response = await closed(headers as Record<string, string>);
      expect([response.statusCode, response.json().code]).toEqual([401, 'A-3']);
    }
  });

  it('leaves public routes open', async () => {
    expect((await app.inject('/probe/open')).json()).toEqual({ open: true });
  });

  it('says who one is and what one may do', async () => {
    const response = await app.inject({ url: '/api/v1/me', headers: bearer(await tokenOf()) });
    const { user: me, sample, actions } = response.json();
    expect([me.username, sample, actions['contract.write'], actions['fund.manage']]).toEqual([
      'hnu',
      false,
      'own',
      undefined,
    ]);
  });

  it('refreshes a token that is still good, without moving the sign-in', async () => {
    const response = await post('session/refresh', undefined, await issuedFor(minutesAgo(20)));
    expect(response.statusCode).toBe(200);
    const { token } = response.json<{ token: string }>();
    const session = await app.get(Tokens).verify(token, new Date().toISOString());
    expect(Date.now() - Date.parse(session.signedInAt)).toBeGreaterThan(19 * 60_000);
  });

  it('does not refresh for a disabled user, nor from a sign-in before a change of password', async () => {
    const token = await issuedFor(minutesAgo(20));
    await users.setDisabled('hnu', true);
    expect((await post('session/refresh', undefined, token)).json().code).toBe('A-3');
    await users.setDisabled('hnu', false);
    await users.setPassword('hnu', 'battery staple', new Date().toISOString());
    expect((await post('session/refresh', undefined, token)).json().code).toBe('A-3');
  });

  it('changes the own password', async () => {
    const token = await tokenOf();
    const short = await post('me/password', { current: PASSWORD, next: 'short' }, token);
    expect([short.statusCode, short.json().code]).toEqual([422, 'A-7']);
    const changed = await post('me/password', { current: PASSWORD, next: 'battery staple' }, token);
    expect(changed.statusCode).toBe(204);
    expect((await signIn('battery staple')).statusCode).toBe(200);
  });

  it('offers the person store to the whole application', () => {
    expect(app.get(PersonStore).personId('hnu', '1')).toMatch(/^p_/);
  });
});
