import type { NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import { promisedBy, type Promised } from '../../src/http/described.js';

/** Answers that a route may give beside the one that it promises: still under way, and nothing to give. */
const otherStatuses = [202, 204];

/** Holds every answer that a test gets against what the API's own description promises. */
export const keepPromises: NestInterceptor = {
  intercept(context, next) {
    const promised = Reflect.getMetadata(promisedBy, context.getHandler()) as Promised | undefined;
    if (!promised) return next.handle();
    const http = context.switchToHttp();
    const { method, url } = http.getRequest<FastifyRequest>();
    const broken = (why: string): Error => new Error(`${method} ${url} breaks its promise: ${why}`);
    return next.handle().pipe(
      map((body: unknown) => {
        const { statusCode } = http.getResponse<FastifyReply>();
        if (statusCode !== promised.status && !otherStatuses.includes(statusCode))
          throw broken(`${statusCode} instead of ${promised.status}`);
        if (body === undefined || promised.answer === null) {
          if (body === undefined && (promised.answer === null || statusCode === 204)) return body;
          throw broken(body === undefined ? 'no answer' : 'an answer instead of none');
        }
        const { error } = promised.answer.safeParse(JSON.parse(JSON.stringify(body)));
        if (error) throw broken(error.message);
        return body;
      }),
    );
  },
};
