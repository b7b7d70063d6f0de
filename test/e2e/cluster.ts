import { setTimeout as pause } from 'node:timers/promises';
import { type EventStoreDbServer, type PostgresServer, startEventStoreDbServer, startPostgres } from '@app/testing';
import { DataSource } from 'typeorm';
import { ClusterClient, Tally } from './cluster-client.js';
import { Product, type Running } from './product.js';

/** How far the rows that are served have come, and the epoch of whoever wrote them. */
interface Standing {
  readonly position: string;
  readonly epoch: number;
}

const PROJECTORS = ['projector-1', 'projector-2'] as const;
const APIS = ['api-1', 'api-2'] as const;
/** Longer than anything here takes on a busy machine. */
const PATIENCE_MS = 60_000;

/** Two APIs that project nothing and two projectors over one EventStoreDB and one PostgreSQL, all on this machine. */
export class Cluster {
  readonly apis = new Map<string, Running>();
  private readonly projectors = new Map<string, Running>();
  private token = '';

  private constructor(
    readonly store: EventStoreDbServer,
    private readonly postgres: PostgresServer,
    private readonly database: DataSource,
    readonly product: Product,
  ) {}

  static async start(): Promise<Cluster> {
    const [store, postgres] = await Promise.all([startEventStoreDbServer(), startPostgres()]);
    const database = await new DataSource({ type: 'postgres', url: postgres.url }).initialize();
    const product = new Product({
      LEDGER_EVENTSTORE: store.connectionString,
      LEDGER_POSTGRES: postgres.url,
      LEDGER_PROJECTOR: 'none',
      LEDGER_DRAIN_MS: '2000',
    });
    const cluster = new Cluster(store, postgres, database, product);
    await product.addUsers([
      ['reviewer', 'REVIEWER', 'bureau'],
      ['clerk', 'DATA_CLERK', 'bureau'],
    ]);
    await Promise.all([
      ...PROJECTORS.map((name) => cluster.startProjector(name)),
      ...APIS.map((name) => cluster.startApi(name)),
    ]);
    await cluster.found();
    return cluster;
  }

  async startApi(name: string): Promise<void> {
    const api = await this.product.run('api', { LEDGER_INSTANCE: name });
    await until(async () => (await fetch(`${api.url}/health/ready`)).ok);
    this.apis.set(name, api);
  }

  private async startProjector(name: string): Promise<void> {
    this.projectors.set(name, await this.product.run('projector', { LEDGER_INSTANCE: name }));
  }

  /** The private university `hnu`, which prices freely (D§5.2), in the panel. */
  private async found(): Promise<void> {
    const tally = new Tally();
    const reviewer = new ClusterClient(this.urls, await this.signIn('reviewer'), tally, () => 0);
    const hnu = { code: 'hnu', name: '示例大学', ownership: 'PRIVATE', level: 'UNDERGRADUATE', authority: '示例' };
    await reviewer.command('/api/v1/universities', 'hnu', hnu);
    const panel = { inPanel: true, from: '2020-01-01', source: '示例名单' };
    const listed = await reviewer.command('/api/v1/universities/hnu/panel', 'panel', panel);
    await reviewer.seenEverywhere('/api/v1/universities', listed);
    if (tally.faults.length > 0) throw new Error(tally.faults.join('\n'));
    this.token = await this.signIn('clerk');
  }

  private async signIn(username: string): Promise<string> {
    const response = await fetch(`${this.urls()[0]}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: `sample-${username}` }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  /** Of the APIs that run. */
  readonly urls = (): readonly string[] => [...this.apis.values()].map(({ url }) => url);

  /** A clerk's program. */
  client(tally: Tally, random: () => number): ClusterClient {
    return new ClusterClient(this.urls, this.token, tally, random);
  }

  /** The generations that can be read, oldest first. */
  async generations(): Promise<readonly string[]> {
    const rows: Array<{ nspname: string }> = await this.database.query(
      `SELECT nspname FROM pg_namespace WHERE nspname ~ '^g_[0-9a-f]{12}_[0-9]+$' ORDER BY length(nspname), nspname`,
    );
    return rows.map(({ nspname }) => nspname);
  }

  private async standing(): Promise<Standing> {
    const generation = (await this.generations()).at(-1);
    const rows: Standing[] = await this.database.query(
      `SELECT "position", "epoch" FROM "${generation}"."checkpoint" WHERE "projection" = '*'`,
    );
    return rows[0] as Standing;
  }

  /** The projector that says so. */
  private async leader(): Promise<[name: string, projector: Running]> {
    let leader: [string, Running] | undefined;
    await until(async () => {
      for (const [name, projector] of this.projectors) {
        const figures = await (await fetch(`${projector.url}/metrics`)).text();
        if (/^ledger_projector_leader\{[^}]*\} 1$/m.test(figures)) leader = [name, projector];
      }
      return leader !== undefined;
    });
    return leader as [string, Running];
  }

  /** Kills the projector that leads (-9) and starts it again; answers after how many ms another had written what came later. */
  async killLeader(): Promise<number> {
    const [name, leader] = await this.leader();
    const { epoch } = await this.standing();
    const killed = performance.now();
    const dead = leader.stop('SIGKILL');
    const back = dead.then(() => this.startProjector(name));
    let adopted: string | undefined;
    await until(async () => {
      const { position, epoch: now } = await this.standing();
      if (now === epoch) return false;
      adopted ??= position;
      return position > adopted;
    });
    const took = performance.now() - killed;
    await back;
    return took;
  }

  async stop(): Promise<void> {
    await this.product.dispose();
    await this.database.destroy();
    await Promise.all([this.postgres.stop(), this.store.stop()]);
  }
}

/** Waits for a condition; what it throws counts as not yet. */
export const until = async (isMet: () => Promise<boolean>, everyMs = 20): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isMet().catch(() => false))) {
    if (Date.now() > end) throw new Error(`waited in vain for ${isMet.toString()}`);
    await pause(everyMs);
  }
};
