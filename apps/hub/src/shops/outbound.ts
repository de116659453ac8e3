import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHttpClient, IoError, type HttpClient } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import type { Environment } from '../env.js';
import { CLOCK, ENVIRONMENT } from '../tokens.js';

/** Hosts that code, not the operator, has allowed: the demo's own sandbox. */
const allowedByCode = new Set<string>();

/** Lets the hub call a host that is not on the operator's list. Only for the sandbox that the hub itself started. */
export function allowHost(host: string): void {
  allowedByCode.add(host);
}

/** Makes the clients with which the hub speaks to the outside: only to hosts on the list. */
@Injectable()
export class Outbound {
  private readonly logger = new Logger('http');

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'gatewayHosts'>,
  ) {}

  /** The client of one credential; `requestsPerSecond` bounds its pace, where one is known. */
  client(key: string, requestsPerSecond: number | null): HttpClient {
    const base = {
      clock: this.clock,
      allowedHosts: (host: string) => this.allow(host),
      log: (entry: object) => this.logger.debug(entry),
    };
    return createHttpClient(
      requestsPerSecond === null ? base : { ...base, rateLimit: { key, requestsPerSecond } },
    );
  }

  /** True, or an error that tells the operator which list the host is missing from. */
  private allow(host: string): true {
    if (allowedByCode.has(host) || this.environment.gatewayHosts.includes(host)) return true;
    throw new IoError(
      'rejected',
      `NP_HUB_GATEWAY_HOSTS に ${host} がありません / ${host} is not in NP_HUB_GATEWAY_HOSTS`,
      { applied: 'no' },
    );
  }
}
