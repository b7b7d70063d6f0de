import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.js';

/** Routes by their pattern, never by the address asked for: an id in a label would make a series per record. */
const OWN_ROUTE = /^\/(api\/v1|health|metrics|docs|openapi)/;

/** Times every request of a server by method, route pattern and status; `aborted` when the client left before the end. */
export const measureRequests = (server: FastifyInstance, metrics: Metrics): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const end = metrics.httpRequests.startTimer();
    metrics.httpInFlight.inc();
    // Unlike the hook onResponse, this comes even when the client has gone.
    reply.raw.once('close', () => {
      metrics.httpInFlight.dec();
      end({ method: request.method, route: routeOf(request), status: statusOf(reply) });
    });
    done();
  });
};

/** The page's files are one route together: their names change with every build. */
const routeOf = (request: FastifyRequest): string => {
  const { url } = request.routeOptions;
  if (url === undefined) return 'none';
  return OWN_ROUTE.test(url) ? url : 'page';
};

const statusOf = ({ raw, statusCode }: FastifyReply): string => (raw.writableFinished ? String(statusCode) : 'aborted');
