import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, answerOf, faultAnswer, languageOf, problemOf } from './problem.js';

const logger = new Logger('Problem');

/** Turns everything thrown on the way to an answer into a problem (RFC 9457); a fault is logged once, under its incident's number. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Options of the Fastify adapter: what its router refuses before Nest sees it, such as `/%zz`, is a problem too. */
export const routerErrors = {
  frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    void answerProblem(error, request, reply);
  },
};

const answerProblem = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const [path = ''] = request.url.split('?');
  const { method } = request;
  const answer = answerOf(error, { method, path }) ?? fault(error, `${method} ${path}`);
  // A stream that broke half way has no status left to change.
  if (reply.sent) return;
  const language = languageOf(request.headers['accept-language']);
  await reply
    .code(answer.status)
    .headers(answer.headers)
    .header('Content-Language', language)
    .type('application/problem+json; charset=utf-8')
    .send(problemOf(answer, language));
};

const fault = (error: unknown, target: string): Answer => {
  const incident = randomUUID();
  logger.error({ message: `${target} failed`, incident, err: error });
  return faultAnswer(incident, error);
};
