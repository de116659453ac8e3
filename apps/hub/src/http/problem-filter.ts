import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiProblem, problemOf } from './problem.js';

function toProblem(exception: unknown): ApiProblem {
  if (exception instanceof ApiProblem) return exception;
  if (exception instanceof HttpException) return problemOf(exception.getStatus());
  // Fastify's own errors come past Nest where the request was not routed yet.
  const status = exception instanceof Error && 'statusCode' in exception ? exception.statusCode : 500;
  return problemOf(typeof status === 'number' && status >= 400 && status < 500 ? status : 500);
}

/** Every error leaves in one shape. What went wrong inside is logged and never told. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(exception);
    if (problem.getStatus() === 500) this.logger.error(exception);
    if (reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    void reply.status(problem.getStatus()).type('application/json; charset=utf-8').send(problem.view);
  }
}
