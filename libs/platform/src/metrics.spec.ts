import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { serveHealth } from './health-server.js';
import { Metrics, type ProjectionState } from './metrics.js';
import { measureRequests } from './metrics-http.js';

const state: ProjectionState = {
  fingerprint: 'abc',
  positionAgeSeconds: 1.5,
  stopped: 2,
  leader: 1,
  ready: 1,
  eventsApplied: 7,
  epoch: 3,
};

const ledgerLines = async (metrics: Metrics): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => /^ledger_proj|^ledger_read/.test(line));

describe('projection gauges', () => {
  it('tell the state as it is when they are read', async () => {
    const metrics = new Metrics();
    let now = state;
    metrics.observeProjections(() => now);
    expect(await ledgerLines(metrics)).toEqual([
      'ledger_projection_lag_seconds{fingerprint="abc"} 1.5',
      'ledger_projection_stopped{fingerprint="abc"} 2',
      'ledger_projector_leader{fingerprint="abc"} 1',
      'ledger_read_models_ready{fingerprint="abc"} 1',
      'ledger_projector_epoch{fingerprint="abc"} 3',
      'ledger_projection_events_total{fingerprint="abc"} 7',
    ]);
    now = { ...state, fingerprint: 'def', leader: 0 };
    const lines = await ledgerLines(metrics);
    expect(lines).toContain('ledger_projector_leader{fingerprint="def"} 0');
    expect(lines.join()).not.toContain('abc');
  });

  it('say nothing where there is nothing to tell', async () => {
    expect(await ledgerLines(new Metrics())).toEqual([]);
  });
});

it('two registries in one process stay apart', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.eventsAppended.inc(5);
  expect(await other.text()).toContain('\nledger_events_appended_total 0\n');
});

it('names the series that a rule may stand on', () => {
  const { names } = new Metrics();
  expect(names).toEqual(
    expect.arrayContaining([
      'ledger_store_call_seconds_bucket',
      'ledger_projector_leader',
      'process_start_time_seconds',
    ]),
  );
  expect(new Set(names).size).toBe(names.length);
});

describe('measured requests', () => {
  let server: FastifyInstance;
  let metrics: Metrics;
  let release: () => void;
  beforeEach(async () => {
    metrics = new Metrics();
    server = fastify();
    measureRequests(server, metrics);
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.get('/api/v1/contracts/:id', async () => ({ ok: true }));
    server.get('/api/v1/slow', async () => released);
    server.get('/assets/index-1a2b.js', async () => 'js');
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    release();
    await server.close();
  });

  const counted = async (): Promise<string[]> => {
    const { values } = await metrics.httpRequests.get();
    return values.flatMap(({ metricName, labels, value }) =>
      metricName?.endsWith('_count') ? [`${labels.method} ${labels.route} ${labels.status}: ${value}`] : [],
    );
  };
  const inFlight = async (): Promise<number | undefined> => (await metrics.httpInFlight.get()).values[0]?.value;
  const port = () => (server.server.address() as AddressInfo).port;
  /** Answers end a moment after they were received. */
  const eventually = async (met: () => Promise<boolean>): Promise<void> => {
    while (!(await met())) await new Promise(setImmediate);
  };

  it('are counted by the pattern of their route, the page as one', async () => {
    for (const path of ['/api/v1/contracts/1', '/api/v1/contracts/2', '/assets/index-1a2b.js', '/nothing/here'])
      await (await fetch(`http://127.0.0.1:${port()}${path}`)).text();
    await eventually(async () => (await counted()).length === 3 && (await inFlight()) === 0);
    expect(await counted()).toEqual(['GET /api/v1/contracts/:id 200: 2', 'GET page 200: 1', 'GET none 404: 1']);
  });

  it('whose client leaves are neither lost nor in flight for ever', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.write('GET /api/v1/slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually(async () => (await inFlight()) === 1);
    socket.destroy();
    await eventually(async () => (await inFlight()) === 0);
    expect(await counted()).toEqual(['GET /api/v1/slow aborted: 1']);
  });
});

describe('the health server', () => {
  it('answers live, ready and the metrics, and nothing else', async () => {
    const metrics = new Metrics();
    metrics.observeProjections(() => state);
    let ready = false;
    const server = await serveHealth({ host: '127.0.0.1', port: 0, ready: () => ready, metrics });
    const ask = async (path: string, method = 'GET') => {
      const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
      return [answer.status, await answer.text()] as const;
    };
    expect(await ask('/health/live')).toEqual([200, '{"status":"ok"}']);
    expect(await ask('/health/ready')).toEqual([503, '{"status":"unavailable"}']);
    ready = true;
    expect(await ask('/health/ready?now')).toEqual([200, '{"status":"ok"}']);
    const [status, text] = await ask('/metrics');
    expect([status, text]).toEqual([200, expect.stringContaining('ledger_projector_leader{fingerprint="abc"} 1')]);
    expect((await ask('/elsewhere'))[0]).toBe(404);
    expect((await ask('/health/live', 'POST'))[0]).toBe(405);
    await server.close();
  });

  it('fails to start on a port that is taken, and answers 500 when the state cannot be told', async () => {
    const metrics = new Metrics();
    const server = await serveHealth({ host: '127.0.0.1', port: 0, ready: () => true, metrics });
    await expect(
      serveHealth({ host: '127.0.0.1', port: server.port, ready: () => true, metrics }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    metrics.observeProjections(() => Promise.reject(new Error('the database is away')));
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect([answer.status, await answer.text()]).toEqual([500, '{"status":"Error: the database is away"}']);
    await server.close();
  });

  it('lets a request end before it closes', async () => {
    const metrics = new Metrics();
    let tell: (now: ProjectionState) => void = () => {};
    const asked = new Promise<void>((resolve) => {
      metrics.observeProjections(() => {
        resolve();
        return new Promise((tellIt) => {
          tell = tellIt;
        });
      });
    });
    const server = await serveHealth({ host: '127.0.0.1', port: 0, ready: () => true, metrics });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await asked;
    const closed = server.close();
    tell(state);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toContain('HTTP/1.1 200');
    await closed;
  });
});
