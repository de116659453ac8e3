import { Inject, Injectable } from '@nestjs/common';
import { IoError } from '@np-hub/kit';
import { Connections } from '../shops/connections.js';
import { failureFrom, Recovery, type Failure } from './recovery.js';

const leaseMarginMs = 10_000;

/** Asks a gateway that has rested whether it answers: the connection test, which changes nothing there. */
@Injectable()
export class Prober {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Recovery) private readonly recovery: Recovery,
  ) {}

  /** Asks one connection; gives how many were asked. */
  async run({ connectionId }: { readonly connectionId: string }): Promise<number> {
    const { gateway, io } = await this.connections.open(connectionId);
    if (!(await this.recovery.takeForQuestion(connectionId, gateway.callDeadlineMs + leaseMarginMs)))
      return 0;
    const failure = await gateway
      .checkConnection(io)
      .then((check): Failure | null =>
        check.kind === 'ok' ? null : { kind: kindOf(check.error), message: check.error },
      )
      .catch((error: unknown): Failure => {
        if (error instanceof IoError) return failureFrom(error);
        throw error;
      });
    if (failure) await this.recovery.questionFailed(connectionId, failure);
    else await this.recovery.questionAnswered(connectionId);
    return 1;
  }
}

const kinds = ['unauthorized', 'throttled', 'unavailable', 'rejected', 'malformed'] as const;

/** Checks say `kind: message`; whatever says otherwise is no answer. */
const kindOf = (error: string): Failure['kind'] =>
  kinds.find((kind) => error.startsWith(`${kind}:`)) ?? 'unavailable';
