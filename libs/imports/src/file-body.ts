import { Readable } from 'node:stream';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Marks a route whose request body is a file: it gets the stream as it arrives. */
export const TakesFile = (): MethodDecorator => RouteConfig({ takesFile: true });

/** Lets such routes take files of any type; everywhere else a body that is no JSON is refused as before (H-4). */
export const acceptFiles = (server: Pick<FastifyInstance, 'addContentTypeParser'>): void => {
  server.addContentTypeParser(['*', 'text/plain'], (request, payload, done) => {
    const { takesFile } = (request.routeOptions.config ?? {}) as { readonly takesFile?: boolean };
    if (takesFile) done(null, payload);
    else if (request.is404) done(null, undefined);
    else done(new UnsupportedMediaTypeException());
  });
};

/** The body of a request on such a route; empty when it had none. */
export const bodyStream = ({ body }: Pick<FastifyRequest, 'body'>): Readable => {
  if (body instanceof Readable) return body;
  if (body === undefined || body === null) return Readable.from([]);
  // JSON and forms have parsers of their own; what they read is no file.
  throw new UnsupportedMediaTypeException();
};
