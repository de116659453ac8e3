import { timingSafeEqual, createHash } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../accounts/session-guard.js';
import type { Environment } from '../env.js';
import { DescribedFile } from '../http/described.js';
import { problemOf } from '../http/problem.js';
import { ENVIRONMENT } from '../tokens.js';
import { Metrics } from './metrics.js';

const loopback = /^(?:127\.|::1$|::ffff:127\.)/u;
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * For Prometheus. With `NP_HUB_METRICS_TOKEN` that token opens it; without, only this very machine, and nobody who
 * comes through a proxy.
 */
@ApiTags('health')
@Public()
@SkipThrottle()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'metricsToken'>,
  ) {}

  /** Throws 401 where the token is missing or wrong, or the request comes from elsewhere. */
  @DescribedFile('Figures for Prometheus', 'text/plain')
  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (!this.mayRead(request)) throw problemOf(401);
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }

  private mayRead({ headers, raw }: FastifyRequest): boolean {
    const { metricsToken } = this.environment;
    if (metricsToken !== null)
      return timingSafeEqual(hashOf(headers.authorization ?? ''), hashOf(`Bearer ${metricsToken}`));
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
    return !isForwarded && loopback.test(raw.socket.remoteAddress ?? '');
  }
}
