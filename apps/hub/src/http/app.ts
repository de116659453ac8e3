import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import type { DynamicModule, SecurityHeadersOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { errorViewSchema } from '@np-hub/model';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { withCause } from '../cause.js';
import type { Environment } from '../env.js';
import { registerBodyParsers } from './body.js';
import { serveDashboard } from './dashboard.js';
import { shapeOf } from './described.js';
import { problemOf } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import { answerUnreadable } from './unreadable.js';
import { ValidationPipe } from './validation.js';

const bodyLimitBytes = 2 * 1024 * 1024;
/** Where programs outside call by themselves: each call proves itself by a signature. */
const signedRoutes = ['webhooks/:shopId', 'gateways/:connectionId/notifications'];
const builtDashboard = fileURLToPath(new URL('../../../dashboard/dist', import.meta.url));

/** Only what the hub itself serves runs; Mantine sets styles on elements, hence `unsafe-inline` for them. */
const securityHeaders = (https: boolean): SecurityHeadersOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: "'self'",
      scriptSrc: "'self'",
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: "'self'",
      objectSrc: "'none'",
      baseUri: "'self'",
      formAction: "'self'",
      frameAncestors: "'none'",
    },
  },
  strictTransportSecurity: https,
  xFrameOptions: { action: 'deny' },
});

function describeApi(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('np-hub')
    .setDescription('NP後払い連携ハブのAPI / The API of the hub')
    .setVersion('1')
    .addCookieAuth('np_hub_session')
    .addBearerAuth({ type: 'http', description: 'An API key: nph_…' })
    .addGlobalResponse({
      status: 'default',
      description: 'An error: its name, a message for people, and the fields that are wrong',
      schema: shapeOf(errorViewSchema),
    })
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'api/docs/json',
    raw: ['json'],
  });
}

/** Everything that the application is beside its modules. Call it once, before `init` or `listen`. */
async function configureApp(
  app: NestFastifyApplication,
  environment: Environment,
  dashboardFolder: string,
): Promise<void> {
  const { publicUrl } = environment;
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics', ...signedRoutes] });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new ValidationPipe());
  app.useSecurityHeaders(securityHeaders(publicUrl?.startsWith('https:') ?? false));
  app.enableCsrfProtection({
    trustedOrigins: publicUrl ? [new URL(publicUrl).origin] : [],
    exclude: [...signedRoutes],
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    // With it, the line in the log is found that belongs to an answer.
    reply.header('X-Request-Id', request.id);
    // People's data is kept by no browser and no proxy.
    if (request.url.startsWith('/api/v1/')) reply.header('Cache-Control', 'no-store');
  });
  // After the body was read: reading it would lose the place.
  fastify.addHook('preValidation', (request, _reply, done) => withCause(request.id, done));
  registerBodyParsers(fastify);
  await fastify.register(fastifyCookie);
  describeApi(app);
  await serveDashboard(fastify, dashboardFolder);
}

/** An address that the router cannot even read never reaches the filter. */
function answerUnroutable(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error.statusCode === 414 ? 414 : 400);
  void reply.status(problem.getStatus()).header('X-Content-Type-Options', 'nosniff').send(problem.view);
}

/**
 * Makes the application around a root module that imports `HttpModule`. Not listening yet: used by `main.ts` with
 * `listen`, by tests with `init` and `inject`.
 */
export async function createApplication(
  rootModule: DynamicModule,
  environment: Environment,
  dashboardFolder: string = builtDashboard,
): Promise<NestFastifyApplication> {
  const { trustProxy } = environment;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    genReqId: () => randomUUID(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(rootModule, adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  await configureApp(app, environment, dashboardFolder);
  return app;
}
