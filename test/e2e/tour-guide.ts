import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Product } from './product.js';

const USERS = [
  ['reviewer', 'REVIEWER', 'bureau'],
  ['reviewer2', 'REVIEWER', 'bureau'],
  ['clerk', 'DATA_CLERK', 'bureau'],
  ['hnu', 'TRANSFER_OFFICE', 'hnu'],
  ['hnu-head', 'TRANSFER_OFFICE', 'hnu'],
  ['csu', 'TRANSFER_OFFICE', 'csu'],
  ['fund', 'FUND_ADMIN', 'bureau'],
  ['fund2', 'FUND_ADMIN', 'bureau'],
  ['auditor', 'AUDITOR', 'bureau'],
] as const;
export type User = (typeof USERS)[number][0];

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}
export interface Outcome {
  readonly id: string;
  readonly revision: number;
  readonly written: boolean;
  readonly position: string;
}
interface Problem {
  readonly code: string;
  readonly conflict?: string;
  readonly zh?: string;
  readonly en?: string;
}
export interface RecordPage {
  readonly status: string;
  readonly number: string;
  readonly title: string;
  readonly revision: number;
  readonly amountFen: string | null;
  readonly counterparty: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly names: Readonly<Record<string, string>>;
  readonly timeline: ReadonlyArray<{
    readonly type: string;
    readonly revision: number;
    readonly data: Readonly<Record<string, unknown>>;
  }>;
}
interface EffectLine {
  readonly scope: string;
  readonly year: number;
  readonly basis: string;
  readonly before: number;
  readonly after: number;
  readonly verdictAfter: string;
}
export interface DryRun {
  readonly dryRun: true;
  readonly outcome: { readonly id: string; readonly written: boolean };
  readonly events: readonly StoredEvent[];
  readonly effect: Readonly<Record<'target' | 'fund', { readonly years: readonly EffectLine[] }>>;
}
export interface StoredEvent {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Sent {
  readonly user: User;
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
  readonly id: string;
}

/** Takes the users of an office around the product, keeping what they did: every command, its answer, and the last position. */
export class Tour {
  readonly product = new Product();
  /** Paths of every POST that was accepted, without the query. */
  readonly visited = new Set<string>();
  /** Every accepted command, in order. */
  readonly sent: Sent[] = [];
  private readonly tokens = new Map<User, string>();
  readonly names = new Map<string, string>();
  private position = '';
  private refusals = 0;

  async open(): Promise<void> {
    await this.product.addUsers(USERS);
    await this.product.start();
    for (const [user] of USERS) {
      const credentials = { username: user, password: `sample-${user}` };
      const { body } = await this.request<{ token: string }>('/api/v1/session', post(credentials));
      this.tokens.set(user, body.token);
    }
    this.visited.add('/api/v1/session');
  }

  /** The id of what a chapter called by this name. */
  id(name: string): string {
    const id = this.names.get(name);
    if (id === undefined) throw new Error(`nothing is called ${name}`);
    return id;
  }

  /** A command that is accepted and writes; its id is known by the name, when there is one. */
  async does(user: User, path: string, body?: unknown, name?: string): Promise<Outcome> {
    const key = `tour-${this.sent.length}`;
    const answer = await this.post<Outcome>(user, path, body, { 'idempotency-key': key });
    if (answer.status !== 201) throw new Error(`${path} as ${user}: ${answer.status} ${answer.text}`);
    expect(answer.body).toMatchObject({ written: true });
    const { id, position } = answer.body;
    this.sent.push({ user, path, body, key, id });
    this.position = position > this.position ? position : this.position;
    if (name !== undefined) this.names.set(name, id);
    return answer.body;
  }

  /** A command that is refused by this rule, in both languages. */
  async isRefused(user: User, path: string, body: unknown, rule: string): Promise<void> {
    const answer = await this.post<Problem>(user, path, body, { 'idempotency-key': `refused-${(this.refusals += 1)}` });
    expect({ status: answer.status >= 400 && answer.status < 500, rule: answer.body.code }).toEqual({
      status: true,
      rule,
    });
  }

  async tries(user: User, path: string, body: unknown): Promise<DryRun> {
    const {
      status,
      body: dry,
      text,
    } = await this.post<DryRun>(user, `${path}?dryRun=true`, body, { 'idempotency-key': 'dry' });
    if (status !== 200) throw new Error(text);
    return dry;
  }

  /** Sends a command of the tour once more. */
  repeats({ user, path, body, key }: Sent): Promise<Answer<Outcome>> {
    return this.post<Outcome>(user, path, body, { 'idempotency-key': key });
  }

  async post<Body>(
    user: User,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const answer = await this.request<Body>(path, post(body, { ...this.headers(user), ...headers }));
    if (answer.status < 300 && !path.includes('dryRun')) this.visited.add(path.replace(/\?.*/, ''));
    return answer;
  }

  /** Reads what stands after everything written so far. */
  async reads<Body>(user: User, path: string): Promise<Body> {
    const after = `${path.includes('?') ? '&' : '?'}after=${this.position}`;
    return (await this.fetches<Body>(user, path + after)).body;
  }

  /** Reads from where positions are not taken; answered 200. */
  async fetches<Body>(user: User | undefined, path: string): Promise<Answer<Body>> {
    const answer = await this.request<Body>(path, { headers: user ? this.headers(user) : {} });
    if (answer.status !== 200) throw new Error(`${path} as ${user}: ${answer.status} ${answer.text}`);
    return answer;
  }

  record(kind: string, name: string, user: User = 'auditor'): Promise<RecordPage> {
    return this.reads<RecordPage>(user, `/api/v1/records/${kind}/${this.names.get(name) ?? name}`);
  }

  /** The log itself, from its file. */
  log(): StoredEvent[] {
    const database = new Database(join(this.product.data, 'ledger.db'), { readonly: true });
    const rows = database.prepare('SELECT stream, type, data FROM events ORDER BY position').all();
    database.close();
    return (rows as Array<StoredEvent & { data: string }>).map((row) => ({
      ...row,
      data: JSON.parse(row.data) as StoredEvent['data'],
    }));
  }

  private headers(user: User): Record<string, string> {
    return { authorization: `Bearer ${this.tokens.get(user)}` };
  }

  private async request<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(this.product.url + path, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const { status, headers } = response;
    const isJson = headers.get('content-type')?.includes('json') ?? false;
    return { status, headers, bytes, text, body: (isJson && text ? JSON.parse(text) : undefined) as Body };
  }
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => {
  if (body === undefined) return { method: 'POST', headers };
  const isFile = body instanceof Uint8Array;
  return {
    method: 'POST',
    headers: { ...(isFile ? {} : { 'content-type': 'application/json' }), ...headers },
    body: isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  };
};
