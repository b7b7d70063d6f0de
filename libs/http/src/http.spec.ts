import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AppendTooLarge,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  StoreAccessDenied,
  StoreBusy,
  StoreUnreachable,
  UnknownOutcome,
  defineEvents,
  outcomeOf,
  stableId,
} from '@app/event-store';
import { type Actor, type Decider, type Message, ruleBook } from '@app/kernel';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Global,
  Logger,
  type LoggerService,
  Module,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, ValidateNested } from 'class-validator';
import { Context, Viewer } from './context.decorator.js';
import { HttpModule } from './http.module.js';
import type { LedgerRequest } from './ledger-request.js';
import { routerErrors } from './problem.filter.js';
import { IsFen, IsLegalDate, IsUniversityId } from './validation.js';

type NoteEvent = Message<'NoteTaken', { readonly text: string }>;
interface TakeNote {
  readonly type: 'TakeNote';
  readonly text: string;
}

const noteRule = ruleBook({
  'N-1': { clause: '示例', zh: '内容已是“{text}”', en: 'the note already says "{text}"' },
  'N-2': { clause: '示例', zh: '格式', en: 'malformed', kind: 'malformed' },
  'N-3': { clause: '示例', zh: '登录', en: 'unauthenticated', kind: 'unauthenticated' },
  'N-4': { clause: '示例', zh: '无权', en: 'forbidden', kind: 'forbidden' },
  'N-5': { clause: '示例', zh: '没有', en: 'missing', kind: 'missing' },
  'N-6': { clause: '示例', zh: '过时', en: 'stale', kind: 'stale' },
  'N-7': { clause: '示例', zh: '不符', en: 'invalid', kind: 'invalid' },
  'N-8': { clause: '示例', zh: '繁忙', en: 'busy', kind: 'busy' },
});

const noteDecider: Decider<readonly string[], TakeNote, NoteEvent> = {
  initial: [],
  evolve: (texts, { data }) => [...texts, data.text],
  decide: ({ text }, texts) => {
    if (text === 'nothing new') return [];
    if (texts.includes(text)) throw noteRule('N-1', { text }, { field: 'text', conflict: 'note-1' });
    return [{ type: 'NoteTaken', data: { text } }];
  },
};

class PartDto {
  @IsFen()
  fee: string;
}

class NoteDto {
  @IsString()
  @Length(1, 20)
  text: string;

  @IsOptional()
  @IsLegalDate()
  signedOn?: string;

  @IsOptional()
  @IsUniversityId({ each: true })
  universities?: string[];

  @IsOptional()
  @IsIn(['A', 'B'])
  grade?: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts?: PartDto[];
}

class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(100)
  limit?: number;
}

const faults: Readonly<Record<string, () => unknown>> = {
  busy: () => new StoreBusy(7),
  away: () => new StoreUnreachable('db-1:2113', { cause: new Error('secret detail') }),
  denied: () => new StoreAccessDenied('db-1:2113', 'ledger', { cause: new Error('secret detail') }),
  large: () => new AppendTooLarge('note-1', 2_000_000, 1_048_576, {}),
  unknown: () => new UnknownOutcome('note-1', {}),
  bug: () => new TypeError('secret detail'),
  text: () => 'not an error',
  nest: () => new ForbiddenException('no'),
  mine: () => Object.assign(new Error('five'), { statusCode: 500 }),
  foreign: () => Object.assign(new Error('four'), { statusCode: 404 }),
};

@Controller('notes')
class NoteController {
  constructor(private readonly runner: DeciderRunner) {}

  @Post(':id')
  async take(
    @Param('id') id: string,
    @Body() { text }: NoteDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const result = await this.runner.run(noteDecider, `note-${id}`, { type: 'TakeNote', text }, context);
    const outcome = outcomeOf(stableId('note', id), result);
    return text === 'undecided' ? { ...outcome, pendingAt: `/notes/${id}` } : outcome;
  }

  @Get()
  list(@Query() { limit = 50 }: PageQuery, @Viewer() actor: Actor) {
    return { limit, actor };
  }

  @Get('refused/:rule')
  refused(@Param('rule') rule: 'N-1') {
    throw noteRule(rule, { text: 'x' });
  }

  @Get('fault/:name')
  fault(@Param('name') name: string) {
    throw faults[name]?.();
  }
}

/** The memory store, out of order as long as a test wants it to be. */
class MoodyStore extends MemoryEventStore {
  mood: Error | undefined;

  override async append(...append: Parameters<MemoryEventStore['append']>) {
    if (this.mood) throw this.mood;
    return super.append(...append);
  }
}

/** Lets everybody in as the actor named in a header. */
class HeaderGuard implements CanActivate {
  canActivate(host: ExecutionContext): boolean {
    const request = host.switchToHttp().getRequest<LedgerRequest>();
    const id = request.headers['x-actor'];
    if (typeof id === 'string') request.actor = { id, role: 'DATA_CLERK', organisation: 'bureau' };
    return true;
  }
}

const registry = new EventRegistry([defineEvents<NoteEvent>({ NoteTaken: { version: 1, zh: '记', en: 'Noted' } })]);
const folder = mkdtempSync(join(tmpdir(), 'http-'));

@Global()
@Module({
  providers: [
    { provide: EventStore, useClass: MoodyStore },
    {
      provide: DeciderRunner,
      useFactory: (store: EventStore) => new DeciderRunner(store, registry),
      inject: [EventStore],
    },
    {
      provide: ReadModels,
      useFactory: (store: EventStore) => embeddedReadModels(store, registry, [], folder),
      inject: [EventStore],
    },
    { provide: APP_GUARD, useClass: HeaderGuard },
  ],
  exports: [DeciderRunner, ReadModels],
})
class Plumbing {}

describe('the conventions of the API', () => {
  let app: NestFastifyApplication;
  let store: MoodyStore;
  const logged: unknown[] = [];
  const silent: LoggerService = { log: () => {}, warn: () => {}, error: (line: unknown) => logged.push(line) };

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [Plumbing, HttpModule],
      controllers: [NoteController],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(
      new FastifyAdapter({ ...routerErrors, bodyLimit: 2000 }),
      {
        logger: silent,
      },
    );
    await app.init();
    store = app.get(EventStore);
  });
  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(['error']);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    logged.length = 0;
  });

  let sent = 0;
  const post = (id: string, body: object | string, headers: Record<string, string> = {}) => {
    sent += 1;
    return app.inject({
      method: 'POST',
      url: `/notes/${id}`,
      payload: body,
      headers: {
        'x-actor': 'clerk',
        'idempotency-key': `key-${sent}`,
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
    });
  };
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { 'x-actor': 'clerk', ...headers } });

  describe('a command', () => {
    it('answers 201 with the revision as ETag and the position to read with', async () => {
      const response = await post('a1', { text: 'first' });
      const body = response.json();
      const [event] = await store.readStream('note-a1');
      expect(response.statusCode).toBe(201);
      expect(body).toEqual({
        id: stableId('note', 'a1'),
        revision: 0,
        position: `${store.storeId}.${event?.position}`,
        written: true,
      });
      expect(response.headers.etag).toBe('"0"');
      expect(response.headers['ledger-position']).toBe(body.position);
      expect(event?.metadata).toMatchObject({ actor: { id: 'clerk' }, source: 'api' });
      expect(event?.recordedAt).toMatch(/^\d{4}-.*Z$/);
    });

    it('answers 202 with the place to ask at while other records decide', async () => {
      const response = await post('a0', { text: 'undecided' });
      expect(response.statusCode).toBe(202);
      expect(response.headers).toMatchObject({ location: '/notes/a0', 'retry-after': '1', etag: '"0"' });
      expect(response.json()).toMatchObject({ id: stableId('note', 'a0'), written: true, pendingAt: '/notes/a0' });
    });

    it('sent again answers 200 with the same body, and writes nothing', async () => {
      const first = await post('a2', { text: 'once' }, { 'idempotency-key': 'again' });
      const second = await post('a2', { text: 'once' }, { 'idempotency-key': 'again' });
      expect(second.statusCode).toBe(200);
      expect(second.json()).toEqual({ ...first.json(), written: false });
      expect(await store.readStream('note-a2')).toHaveLength(1);
    });

    it('with nothing to do answers 200', async () => {
      const response = await post('a3', { text: 'nothing new' });
      expect([response.statusCode, response.json().revision]).toEqual([200, -1]);
    });

    it('under the same key with other content is refused', async () => {
      await post('a4', { text: 'one' }, { 'idempotency-key': 'mixed' });
      const response = await post('a4', { text: 'two' }, { 'idempotency-key': 'mixed' });
      expect([response.statusCode, response.json().code]).toEqual([422, 'C-1']);
    });

    it.each([
      ['another actor', 'a5', { 'x-actor': 'other' }],
      ['another record', 'a6', {}],
    ])('under the same key of %s is another command', async (_who, id, headers) => {
      await post('a5', { text: 'base' }, { 'idempotency-key': 'shared' });
      const response = await post(id, { text: 'next' }, { 'idempotency-key': 'shared', ...headers });
      expect(response.json()).toMatchObject({ written: true });
    });

    it.each(['', ' ', 'two words', '键', 'x'.repeat(201)])('with the key "%s" is refused', async (key) => {
      const response = await post('a7', { text: 'x' }, { 'idempotency-key': key });
      expect([response.statusCode, response.json().code]).toEqual([400, 'C-9']);
    });

    it('without a key is refused', async () => {
      const response = await app.inject({
        method: 'POST',
        url: '/notes/a7',
        payload: { text: 'x' },
        headers: { 'x-actor': 'clerk' },
      });
      expect(response.json()).toMatchObject({ code: 'C-9', field: 'Idempotency-Key' });
    });

    it('acts only on the revision named by If-Match', async () => {
      await post('a8', { text: 'zero' });
      const current = await post('a8', { text: 'one' }, { 'if-match': '"0"' });
      expect([current.statusCode, current.headers.etag]).toEqual([201, '"1"']);
      const stale = await post('a8', { text: 'two' }, { 'if-match': '"0"' });
      expect([stale.statusCode, stale.json().code]).toEqual([412, 'C-2']);
    });

    it.each(['0', 'W/"0"', '*', '"01"', '"-1"', '"0", "1"', '"9999999999999999"'])(
      'with If-Match %s is refused',
      async (tag) => {
        const response = await post('a9', { text: 'x' }, { 'if-match': tag });
        expect([response.statusCode, response.json().code]).toEqual([400, 'C-10']);
      },
    );
  });

  describe('a refusal', () => {
    it('is a problem in the language asked for, with both texts, the rule, its clause and its place', async () => {
      await post('b1', { text: 'same' });
      const response = await post('b1', { text: 'same' }, { 'accept-language': 'en-GB,zh;q=0.5' });
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(response.headers['content-language']).toBe('en');
      expect(response.json()).toEqual({
        type: '/problems/N-1',
        title: 'Refused by the state of the record',
        status: 409,
        detail: 'the note already says "same"',
        code: 'N-1',
        clause: '示例',
        zh: '内容已是“same”',
        en: 'the note already says "same"',
        field: 'text',
        conflict: 'note-1',
      });
    });

    it('is Chinese unless asked otherwise', async () => {
      expect((await get('/notes/refused/N-1')).json().detail).toBe('内容已是“x”');
    });

    it.each([
      ['N-2', 400],
      ['N-3', 401],
      ['N-4', 403],
      ['N-5', 404],
      ['N-1', 409],
      ['N-6', 412],
      ['N-7', 422],
      ['N-8', 503],
    ])('by %s answers %i', async (rule, status) => {
      const { statusCode, headers } = await get(`/notes/refused/${rule}`);
      expect(statusCode).toBe(status);
      expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
      expect(headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    });
  });

  describe('a shape', () => {
    it('that is wrong is refused with every field, in both languages', async () => {
      const response = await post('c1', {
        text: 'x'.repeat(21),
        signedOn: '2023-02-29',
        universities: ['hnu', 'HNU'],
        grade: 'C',
        parts: [{ fee: '1' }, { fee: '1.5' }, { fee: 100 }],
        more: 1,
      });
      const { status, code, zh, errors } = response.json();
      expect([status, code, zh]).toEqual([400, 'V-SHAPE', '请求内容有 7 处不符合格式']);
      expect(errors).toEqual(
        expect.arrayContaining([
          { field: 'more', zh: '不认识的字段', en: 'property more should not exist' },
          { field: 'text', zh: '最多 20 个字符', en: 'text must be shorter than or equal to 20 characters' },
          {
            field: 'signedOn',
            zh: '应为日历上的日期，格式 YYYY-MM-DD',
            en: 'signedOn must be a date of the calendar, YYYY-MM-DD',
          },
          expect.objectContaining({ field: 'universities', zh: '应为学校代码，例如 hnu' }),
          { field: 'grade', zh: '应为下列之一：A, B', en: 'grade must be one of the following values: A, B' },
          expect.objectContaining({ field: 'parts.1.fee', zh: '应为以分为单位的整数字符串，不得为负' }),
          expect.objectContaining({ field: 'parts.2.fee' }),
        ]),
      );
    });

    it('that is right passes', async () => {
      const body = { text: 'ok', signedOn: '2024-02-29', universities: ['hnu'], grade: 'A', parts: [{ fee: '100' }] };
      expect((await post('c2', body)).statusCode).toBe(201);
    });

    it.each(['[]', '"text"', '5', 'null', ''])('of a body %s is refused', async (body) => {
      const response = await post('c3', body);
      expect([response.statusCode, response.headers['content-type']]).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ]);
    });

    it('of a query is checked alike: unknown parameters are refused, numbers are numbers', async () => {
      expect((await get('/notes?limit=5')).json().limit).toBe(5);
      for (const query of ['limit=x', 'limit=101', 'limit=5&page=2', 'limit=1&limit=2']) {
        const response = await get(`/notes?${query}`);
        expect([response.statusCode, response.json().code]).toEqual([400, 'V-SHAPE']);
      }
    });
  });

  describe('a request that cannot be read', () => {
    const problem = async (pending: Promise<{ statusCode: number; body: string; headers: object }>) => {
      const { statusCode, body, headers } = await pending;
      expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
      return [statusCode, JSON.parse(body).code];
    };

    it('to an unknown address is 404', async () => {
      expect(await problem(get('/nowhere?x=1'))).toEqual([404, 'H-1']);
      expect((await get('/nowhere?x=1')).json().en).toBe('there is nothing at GET /nowhere');
    });

    it('by a method the address does not have is 404', async () => {
      expect(await problem(app.inject({ method: 'DELETE', url: '/notes/a1' }))).toEqual([404, 'H-1']);
    });

    it.each(['{"text": ', '{"text": "x",}', '{"__proto__": {"x": 1}}'])('of malformed JSON %s is 400', async (body) => {
      expect(await problem(post('d1', body))).toEqual([400, 'H-2']);
    });

    it('nested deeper than any command is 400', async () => {
      const body = `{"text": ${'['.repeat(500)}${']'.repeat(500)}}`;
      expect(await problem(post('d1', body))).toEqual([400, 'H-2']);
    });

    it('a list where an object belongs is told by its place', async () => {
      const { body } = await post('d4', { text: 'x', parts: [[]] });
      expect(JSON.parse(body)).toMatchObject({
        code: 'V-SHAPE',
        errors: [{ field: 'parts.0', en: '0 must be an object' }],
      });
    });

    it('of another content type is 415', async () => {
      expect(await problem(post('d1', '<note/>', { 'content-type': 'application/xml' }))).toEqual([415, 'H-4']);
    });

    it('that is too large is 413', async () => {
      expect(await problem(post('d1', { text: 'x'.repeat(3000) }))).toEqual([413, 'H-3']);
    });

    it('H-1: an address is accepted with its own method', async () => {
      expect((await get('/notes')).statusCode).toBe(200);
    });

    it('H-2: JSON as deep as commands may go is read, to be judged by its shape; one level more is not', async () => {
      const nested = (levels: number) => `{"text": "x", "parts": ${'['.repeat(levels)}${']'.repeat(levels)}}`;
      expect(await problem(post('d2', nested(20)))).toEqual([400, 'V-SHAPE']);
      expect(await problem(post('d2', nested(21)))).toEqual([400, 'H-2']);
    });

    it('H-3: a body of exactly the limit is accepted, one byte more is not', async () => {
      const padded = (bytes: number) => '{"text":"x"}'.padEnd(bytes);
      expect((await post('d3', padded(2000))).statusCode).toBe(201);
      expect(await problem(post('d3', padded(2001)))).toEqual([413, 'H-3']);
    });

    it('H-4: JSON is accepted with its character set named', async () => {
      const response = await post('d4', '{"text":"x"}', { 'content-type': 'application/json; charset=utf-8' });
      expect(response.statusCode).toBe(201);
    });

    it('with a malformed address is 400', async () => {
      expect(await problem(get('/notes/%zz'))).toEqual([400, 'H-2']);
    });

    it('with a parameter that is too long is 414', async () => {
      expect((await problem(get(`/notes/fault/${'x'.repeat(300)}`)))[0]).toBe(414);
    });
  });

  describe('a fault', () => {
    it('of a busy store says when to come back', async () => {
      const { statusCode, headers, body } = await get('/notes/fault/busy');
      expect([statusCode, headers['retry-after'], JSON.parse(body).code]).toEqual([503, '7', 'H-5']);
    });

    it('with an unknown outcome asks for the same command again', async () => {
      const { statusCode, headers, body } = await get('/notes/fault/unknown');
      expect([statusCode, headers['retry-after'], JSON.parse(body).code]).toEqual([503, '1', 'H-6']);
    });

    it('of a store that is away is "busy" and tells nothing of where it is', async () => {
      const { statusCode, headers, body } = await get('/notes/fault/away');
      expect([statusCode, headers['retry-after'], JSON.parse(body).code]).toEqual([503, '2', 'H-5']);
      expect(body).not.toMatch(/db-1|secret/);
    });

    it('of a store that denies us access is busy to the user (H-11) and a fault in the log', async () => {
      const { statusCode, headers, body } = await get('/notes/fault/denied', { 'accept-language': 'en' });
      const { code, detail } = JSON.parse(body);
      expect([statusCode, headers['retry-after'], code]).toEqual([503, '60', 'H-11']);
      expect(body).not.toMatch(/db-1|secret|"ledger"/);
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({ incident: /number (\S+?),/.exec(detail)?.[1] });
      expect(String((logged[0] as { err: Error }).err)).toMatch(/db-1:2113 refuses user "ledger".*拒绝用户“ledger”/);
    });

    it('of an append beyond the limit (H-10) says how large it is and how large it may be', async () => {
      const { statusCode, body } = await get('/notes/fault/large', { 'accept-language': 'en' });
      const { code, title, detail } = JSON.parse(body);
      expect([statusCode, code, title]).toEqual([413, 'H-10', 'Content too large']);
      expect(detail).toMatch(/2000000 bytes.*1048576/);
    });

    it.each(['bug', 'text', 'mine', 'foreign', 'none'])(
      'of ours (%s) is 500 with an incident, logged once, telling nothing',
      async (name) => {
        const response = await get(`/notes/fault/${name}`, { 'accept-language': 'en' });
        const { code, detail, title } = response.json();
        const incident = /number (\S+)/.exec(detail)?.[1];
        expect([response.statusCode, code, title]).toEqual([500, 'H-7', 'Internal error']);
        expect(response.body).not.toContain('secret detail');
        expect(logged).toHaveLength(1);
        expect(logged[0]).toMatchObject({ incident, message: `GET /notes/fault/${name} failed` });
      },
    );

    it.each([
      ['H-5', new StoreBusy(7)],
      ['H-6', new UnknownOutcome('note-e', {})],
      ['H-10', new AppendTooLarge('note-e', 2, 1, {})],
      ['H-11', new StoreAccessDenied('db-1:2113', 'ledger', {})],
      ['H-7', new TypeError('secret detail')],
    ])('H-5, H-6, H-7, H-10, H-11: after %s the same command is accepted, and written once', async (code, mood) => {
      const send = () => post(`e-${code}`, { text: 'again' }, { 'idempotency-key': `again-${code}` });
      store.mood = mood;
      const failed = await send();
      store.mood = undefined;
      expect(failed.json().code).toBe(code);
      expect((await send()).statusCode).toBe(201);
      expect(await store.readStream(`note-e-${code}`)).toHaveLength(1);
    });

    it('that Nest names itself keeps its status', async () => {
      expect((await get('/notes/fault/nest')).statusCode).toBe(403);
    });

    it('of a route that takes an actor but lets strangers in is ours', async () => {
      expect((await app.inject('/notes')).statusCode).toBe(500);
    });
  });
});
