import { setTimeout as pause } from 'node:timers/promises';

/** A command the product said it had carried out. */
export interface Acknowledged {
  readonly key: string;
  readonly path: string;
  readonly id: string;
  readonly position: string;
}

/** What all clients met, together. */
export class Tally {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers by status, connection errors under 0. */
  readonly statuses = new Map<number, number>();
  /** Answers nobody should ever get, first words only. */
  readonly faults: string[] = [];
  /** Position token of the last event of all that was acknowledged. */
  position: string | undefined;
  /** How long each command and each read took until it was answered for good, in milliseconds. */
  readonly commandMs: number[] = [];
  readonly readMs: number[] = [];

  acknowledge(command: Acknowledged): void {
    this.acknowledged.push(command);
    if (this.position === undefined || command.position > this.position) this.position = command.position;
  }

  count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  fault(what: string): void {
    this.faults.push(what.slice(0, 300));
  }
}

export interface Answer<Body> {
  /** 0 when the connection broke. */
  readonly status: number;
  readonly body: Body;
  readonly text: string;
}

interface Outcome {
  readonly id: string;
  readonly position: string;
}

/** A client long gone is worth a line in a log, not an endless test. */
const PATIENCE_MS = 60_000;

/** A user's program: it repeats a command with the same key until it is told that it was done, and then looks for it elsewhere. */
export class ClusterClient {
  constructor(
    /** Of the APIs as they are just now. */
    private readonly urls: () => readonly string[],
    private readonly token: string,
    readonly tally: Tally,
    private readonly random: () => number,
  ) {}

  /** Answers when the command is acknowledged by whichever API. */
  async command(path: string, key: string, body: unknown): Promise<Acknowledged> {
    const began = Date.now();
    for (;;) {
      const answer = await this.send<Outcome>(this.anyUrl(), path, body, key);
      if (answer.status === 200 || answer.status === 201) {
        const { id, position } = answer.body;
        const acknowledged = { key, path, id, position };
        this.tally.acknowledge(acknowledged);
        this.tally.commandMs.push(Date.now() - began);
        return acknowledged;
      }
      this.judge(`POST ${path}`, answer);
      if (Date.now() - began > PATIENCE_MS)
        throw new Error(`never acknowledged: ${path} ${key}: ${answer.status} ${answer.text}`);
      await pause(50 + 200 * this.random());
    }
  }

  /** A record as every API shows it once it has seen a position; all are asked, so that one is another than the command's. */
  async seenEverywhere<Body>(path: string, { position }: Acknowledged): Promise<readonly Body[]> {
    return Promise.all(this.urls().map((url) => this.read<Body>(url, `${path}?after=${position}`)));
  }

  /** Reads until it is answered. */
  async read<Body>(url: string, path: string): Promise<Body> {
    const began = Date.now();
    for (;;) {
      const answer = await this.get<Body>(url, path);
      if (answer.status === 200) {
        this.tally.readMs.push(Date.now() - began);
        return answer.body;
      }
      this.judge(`GET ${path}`, answer);
      if (Date.now() - began > PATIENCE_MS) throw new Error(`never read: ${path}: ${answer.status} ${answer.text}`);
      await pause(50 + 200 * this.random());
    }
  }

  get<Body>(url: string, path: string): Promise<Answer<Body>> {
    return this.request<Body>(url + path, { headers: { authorization: `Bearer ${this.token}` } });
  }

  /** One attempt. */
  send<Body>(url: string, path: string, body: unknown, key: string): Promise<Answer<Body>> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    return this.request<Body>(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Busy, gone or still being decided: come again. Anything else is a fault. */
  private judge(what: string, { status, text }: Answer<unknown>): void {
    if (status !== 503 && status !== 0 && status !== 202) this.tally.fault(`${what}: ${status} ${text}`);
  }

  private anyUrl(): string {
    const urls = this.urls();
    return urls[Math.floor(this.random() * urls.length)] as string;
  }

  private async request<Body>(url: string, init: RequestInit): Promise<Answer<Body>> {
    try {
      const response = await fetch(url, init);
      const text = await response.text();
      this.tally.count(response.status);
      return { status: response.status, text, body: (response.status < 300 ? JSON.parse(text) : undefined) as Body };
    } catch (error) {
      this.tally.count(0);
      return { status: 0, text: String(error), body: undefined as Body };
    }
  }
}
