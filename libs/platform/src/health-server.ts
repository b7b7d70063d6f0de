import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

export interface HealthServerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Whether the process does its work, or stands by to; false while it drains or has failed. */
  readonly ready: () => boolean;
  readonly metrics: Metrics;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** `/health/live`, `/health/ready` and `/metrics` of a process that serves nothing else. Rejects when the port is taken. */
export const serveHealth = async ({ host, port, ready, metrics }: HealthServerOptions): Promise<HealthServer> => {
  const server = createServer((request, response) => {
    const respond = ({ status, type, body }: Answer) => response.writeHead(status, { 'Content-Type': type }).end(body);
    answerTo(request, ready, metrics).then(respond, (error: unknown) => respond(json(500, String(error))));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
};

const answerTo = async ({ method, url }: IncomingMessage, ready: () => boolean, metrics: Metrics): Promise<Answer> => {
  if (method !== 'GET' && method !== 'HEAD') return json(405, 'GET only');
  const [path] = (url ?? '').split('?');
  if (path === '/health/live') return json(200, 'ok');
  if (path === '/health/ready') return ready() ? json(200, 'ok') : json(503, 'unavailable');
  if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() };
  return json(404, 'not found');
};

const json = (status: number, text: string): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ status: text }),
});
