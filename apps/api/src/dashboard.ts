import { join } from 'node:path';
import { ProblemFilter } from '@app/http';
import { type ArgumentsHost, Catch, NotFoundException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type {} from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A page the dashboard routes by itself: anything a browser asks for that is no API and no file. */
@Catch(NotFoundException)
class PageFallback extends ProblemFilter {
  override async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isPage =
      request.method === 'GET' &&
      !/^\/(api|assets|health)\//.test(request.url) &&
      String(request.headers.accept).includes('text/html');
    if (!isPage) return super.catch(error, host);
    await reply.header('Cache-Control', 'no-cache').sendFile('index.html');
  }
}

/** Serves the built dashboard: hashed assets for a year, the page itself never from a cache. */
export const serveDashboard = (app: NestFastifyApplication, root: string): void => {
  app.useStaticAssets({
    root,
    wildcard: false,
    index: 'index.html',
    setHeaders: (reply: Pick<FastifyReply, 'header'>, path: string) =>
      void reply.header(
        'Cache-Control',
        path.startsWith(join(root, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  } as never);
  app.useGlobalFilters(new PageFallback());
};
