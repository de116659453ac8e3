import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import type { Environment } from '../env.js';

/** Searches hold names and phone numbers: only the path is logged. */
const pathOf = (url: string | undefined): string => url?.split('?', 1)[0] ?? '';

/** PostgreSQL quotes the value that it complains about, and TypeORM carries every parameter: neither is logged. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const message = error.message.replace(/"[^"]*"|'[^']*'/gu, '"…"');
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /u.test(line));
  return {
    type: error.name,
    message,
    stack: stack?.join('\n'),
    ...('code' in error ? { code: error.code } : {}),
  };
}

function levelOf(request: IncomingMessage, response: ServerResponse, error?: Error) {
  if (error || response.statusCode >= 500) return 'error';
  return pathOf(request.url).startsWith('/health/') ? 'debug' : 'info';
}

/** One line for each request, with its id and without headers, query values or bodies. */
export const loggerModule = (level: Environment['logLevel']) =>
  LoggerModule.forRoot({
    pinoHttp: {
      level,
      genReqId: (_request, response) => {
        const id = randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      customLogLevel: levelOf,
      customSuccessMessage: (request, response) =>
        `${request.method} ${pathOf(request.url)} ${response.statusCode}`,
      customErrorMessage: (request, response) =>
        `${request.method} ${pathOf(request.url)} ${response.statusCode}`,
      wrapSerializers: false,
      serializers: {
        req: (request: IncomingMessage) => ({ id: request.id }),
        res: () => undefined,
        err: describeError,
      },
      redact: {
        paths: ['password', 'authorization', 'cookie', 'body', 'headers'].flatMap((name) => [
          name,
          `*.${name}`,
        ]),
        remove: true,
      },
    },
  });
