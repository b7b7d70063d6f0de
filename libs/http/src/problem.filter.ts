import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, answerOf, faultAnswer, languageOf, problemOf } from './problem.js';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Turns everything thrown on the way to an answer into a problem (RFC 9457); a fault is logged once, under its incident's number. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const [path = ''] = request.url.split('?');
    const { method } = request;
    const answer = answerOf(error, { method, path }) ?? this.fault(error, `${method} ${path}`);
    if (reply.sent) return;
    const problem = problemOf(answer, languageOf(request.headers['accept-language']));
    await reply
      .code(answer.status)
      .headers(answer.headers)
      .header('Content-Language', languageOf(request.headers['accept-language']))
      .type(PROBLEM_JSON)
      .send(problem);
  }

  private fault(error: unknown, target: string): Answer {
    const incident = randomUUID();
    this.logger.error({ message: `${target} failed`, incident, err: error });
    return faultAnswer(incident);
  }
}
