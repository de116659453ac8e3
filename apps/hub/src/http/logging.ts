import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Options } from 'pino-http';
import { presentCause } from '../cause.js';
import type { Environment } from '../env.js';

/** Searches hold names and phone numbers: only the path is logged. */
const pathOf = (url: string | undefined): string => url?.split('?', 1)[0] ?? '';

/** PostgreSQL quotes the value that it complains about: the first line without what is quoted is kept. */
const messageOf = (error: Error): string =>
  (error.message.split('\n', 1)[0] ?? '').replace(/"[^"]*"|'[^']*'/gu, '"…"');

/** TypeORM's errors carry every parameter: only what is listed here is logged. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /u.test(line));
  return {
    type: error.name,
    message: messageOf(error),
    stack: stack?.join('\n'),
    ...('code' in error ? { code: error.code } : {}),
  };
}

/** Nest names every module and route at start: some seventy lines that nobody reads. */
const isStartUpNoise = (logged: unknown): boolean =>
  typeof logged === 'object' &&
  logged !== null &&
  'context' in logged &&
  ['InstanceLoader', 'RoutesResolver', 'RouterExplorer'].includes(String(logged.context));

function errorIn(logged: unknown): Error | undefined {
  const error = typeof logged === 'object' && logged !== null && 'err' in logged ? logged.err : logged;
  return error instanceof Error ? error : undefined;
}

const askers = new WeakMap<IncomingMessage, string>();

/** Who asks, by id: what somebody has looked at stands in the log with who it was. */
export const noteAsker = (request: IncomingMessage, id: string): void => void askers.set(request, id);

const describeRequest = (request: IncomingMessage, response: ServerResponse): string =>
  `${request.method} ${pathOf(request.url)} ${response.statusCode}`;

function levelOf(request: IncomingMessage, response: ServerResponse, error?: Error) {
  if (error || response.statusCode >= 500) return 'error';
  return /^\/(?:health\/|metrics$)/u.test(pathOf(request.url)) ? 'debug' : 'info';
}

/** One line for each request, with its id and without headers, query values or bodies. */
export const logOptions = (level: Environment['logLevel']): Options => ({
  level,
  customLogLevel: levelOf,
  customProps: (request: IncomingMessage) => ({ by: askers.get(request) }),
  mixin: () => ({ cause: presentCause() }),
  customSuccessMessage: describeRequest,
  customErrorMessage: describeRequest,
  wrapSerializers: false,
  serializers: {
    req: (request: IncomingMessage) => ({ id: request.id }),
    res: () => undefined,
    err: describeError,
  },
  hooks: {
    // Where an error is logged without words, pino takes the error's own, uncut.
    logMethod(given, log) {
      if (isStartUpNoise(given[0])) return;
      const error = given.length === 1 ? errorIn(given[0]) : undefined;
      return error ? log.call(this, given[0], messageOf(error)) : log.apply(this, given);
    },
  },
  redact: {
    paths: ['password', 'authorization', 'cookie', 'body', 'headers'].flatMap((name) => [name, `*.${name}`]),
    remove: true,
  },
});

export const loggerModule = (level: Environment['logLevel']) =>
  LoggerModule.forRoot({
    pinoHttp: logOptions(level),
    // The default would log the routes outside of the prefix twice.
    forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
  });
