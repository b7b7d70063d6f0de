import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficeDatabase, UserStore } from '@app/access';

type Settings = Readonly<Record<string, string>>;

/** A process of the product that listens. */
export interface Running {
  readonly url: string;
  /** What it has printed. */
  readonly output: () => string;
  /** Sends a signal and answers how the process ended. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** The built product as its user meets it: the command line and servers, each a process of its own with one configuration. */
export class Product {
  readonly root = mkdtempSync(join(tmpdir(), 'ledger-e2e-'));
  readonly data = join(this.root, 'data');
  private server: Running | undefined;
  private readonly running = new Set<Running>();
  private token = '';
  url = '';

  constructor(private readonly settings: Settings = {}) {}

  /** Runs `ledger …` and answers what it printed. */
  async cli(...args: readonly string[]): Promise<string> {
    const child = this.spawn('dist/apps/cli/src/main.js', args);
    const output = collect(child);
    const code = await exitOf(child);
    if (code !== 0) throw new Error(`ledger ${args.join(' ')} ended with ${code}: ${output()}`);
    return output();
  }

  /** Starts `ledger …` and kills it (-9) as soon as its output matches. */
  async cliKilledAt(pattern: RegExp, ...args: readonly string[]): Promise<void> {
    const child = this.spawn('dist/apps/cli/src/main.js', args);
    const output = collect(child);
    child.stderr?.on('data', () => pattern.test(output()) && child.kill('SIGKILL'));
    child.stdout?.on('data', () => pattern.test(output()) && child.kill('SIGKILL'));
    if ((await exitOf(child)) !== 'SIGKILL') throw new Error(`ended before ${pattern}: ${output()}`);
  }

  /** Runs a script of the tests on the data folder; answers what it printed and how it ended. */
  async script(path: string, ...args: readonly string[]) {
    const child = this.spawn(path, args);
    const output = collect(child);
    return { ended: await exitOf(child), output: output() };
  }

  /** Users of an empty ledger, with the passwords that `signIn` knows. */
  async addUsers(users: ReadonlyArray<readonly [username: string, role: string, organisation: string]>): Promise<void> {
    const office = await OfficeDatabase.open(this.data, { postgresUrl: this.settings['LEDGER_POSTGRES'] });
    for (const [username, role, organisation] of users) {
      const user = { username, role, organisation, displayName: `示例 ${username}`, password: `sample-${username}` };
      await new UserStore(office).add(user, new Date().toISOString());
    }
    await office.close();
  }

  async start(): Promise<void> {
    this.server = await this.run('api');
    this.url = this.server.url;
  }

  /** Starts one more process, with further variables of its own. */
  async run(app: 'api' | 'projector', settings: Settings = {}): Promise<Running> {
    const child = this.spawn(`dist/apps/${app}/src/main.js`, [], settings);
    const output = collect(child);
    const ended = exitOf(child);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', () => {
        const announced = /: (http:\/\/[^\s/]+)/.exec(output())?.[1];
        if (announced) resolve(announced);
      });
      void ended.then((code) => reject(new Error(`the ${app} ended with ${code}: ${output()}`)));
    });
    const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    };
    const running = { url, output, stop };
    this.running.add(running);
    void ended.then(() => this.running.delete(running));
    return running;
  }

  /**
   * Starts an empty ledger with the users `reviewer` and `clerk` and the university `hnu`, and signs the reviewer in. A private
   * university prices freely (D§5.2), so that nothing but the titles decides what is lodged.
   */
  async startWithPrivateUniversity(): Promise<void> {
    await this.addUsers([
      ['reviewer', 'REVIEWER', 'bureau'],
      ['clerk', 'DATA_CLERK', 'bureau'],
    ]);
    await this.start();
    await this.signIn('reviewer');
    const hnu = { code: 'hnu', name: '示例大学', ownership: 'PRIVATE', level: 'UNDERGRADUATE', authority: '示例' };
    const { status, text } = await this.post('/api/v1/universities', hnu, { 'idempotency-key': 'hnu' });
    if (status !== 201) throw new Error(text);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.stop(signal);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.running].map((running) => running.stop('SIGKILL')));
    rmSync(this.root, { recursive: true, force: true });
  }

  async signIn(username: string): Promise<void> {
    const answer = await this.post('/api/v1/session', { username, password: `sample-${username}` });
    this.token = (answer.body as { token: string }).token;
  }

  async get(path: string): Promise<{ status: number; text: string; body: unknown; headers: Headers }> {
    return this.request(path, { headers: this.headers() });
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const raw = body instanceof Uint8Array;
    const type = raw ? 'text/csv' : 'application/json';
    return this.request(path, {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': type, ...headers },
      body: raw ? body : JSON.stringify(body),
    });
  }

  private headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  private async request(path: string, init: RequestInit) {
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      text,
      body: isJson ? (JSON.parse(text) as unknown) : undefined,
      headers: response.headers,
    };
  }

  private spawn(script: string, args: readonly string[], settings: Settings = {}): ChildProcess {
    const env = {
      ...process.env,
      LEDGER_DATA: this.data,
      LEDGER_MASTER_KEY: join(this.root, 'master.key'),
      LEDGER_LOG: 'warn',
      PORT: '0',
      ...this.settings,
      ...settings,
    };
    return spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

const collect = (child: ChildProcess): (() => string) => {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
};

const exitOf = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
