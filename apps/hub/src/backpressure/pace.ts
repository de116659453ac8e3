import { Inject, Injectable } from '@nestjs/common';
import type { Operation } from '@np-hub/model';
import type { DueGroup } from '../dispatch/claims.js';
import { failureOfEnd, isRefusedWhole, type CallEnd } from '../dispatch/gateway-call.js';
import type { OpenConnection } from '../shops/connections.js';
import type { Timing } from '../timing.js';
import { TIMING } from '../tokens.js';
import { Recovery } from './recovery.js';

/** So many single lines in a row that came back whole are no chance: the other side is to blame. */
const mostSpoiltAlone = 3;
const growth = 4;

/** How many lines of a kind may go in one call now, by how the calls before have ended. */
@Injectable()
export class Pace {
  /** Smaller batches after one came back whole, until the line that spoils it stands alone. */
  private readonly caps = new Map<string, number>();
  /** Single lines in a row that came back whole, by connection. */
  private readonly spoiltAlone = new Map<string, number>();

  constructor(
    @Inject(Recovery) private readonly recovery: Recovery,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** How long what was turned away waits, where the other side does not say. */
  get pauseMs(): number {
    return this.timing.retryMs;
  }

  /** Lines of the next call at most; 0 while the connection rests. */
  limitOf(group: DueGroup, { gateway, settings, recovery }: OpenConnection): number {
    const most = gateway.batchLimit(settings, group.operation as Operation);
    if (recovery === 'down') return 0;
    return recovery === 'trying' ? 1 : Math.min(this.caps.get(capKey(group)) ?? most, most);
  }

  halve(group: DueGroup, lines: number): void {
    this.caps.set(capKey(group), Math.ceil(lines / 2));
  }

  /** Half as many lines after a batch that came back whole; more again after one that did not. */
  noteBatch(group: DueGroup, end: CallEnd, lines: number): void {
    const key = capKey(group);
    const spoilt = isRefusedWhole(end) || (end.kind === 'answered' && end.error !== null);
    if (spoilt && lines > 1) this.caps.set(key, Math.floor(lines / 2));
    if (!spoilt && end.kind === 'answered')
      this.caps.set(key, Math.max(this.caps.get(key) ?? 0, lines) * growth);
  }

  /**
   * What does not answer rests. A single line that is refused without a word about it, or answered by nonsense, is
   * taken to be the cause itself; several in a row are not.
   */
  async noteCall({ connectionId, operation }: DueGroup, end: CallEnd, lines: number): Promise<void> {
    const failure = failureOfEnd(end);
    if (!failure) {
      this.spoiltAlone.delete(connectionId);
      return this.recovery.connectionAnswered(connectionId, operation);
    }
    if (isRefusedWhole(end) && lines > 1) return;
    const suspect = lines === 1 && (failure.kind === 'rejected' || failure.kind === 'malformed');
    const alone = (this.spoiltAlone.get(connectionId) ?? 0) + 1;
    if (suspect) this.spoiltAlone.set(connectionId, alone);
    if (!suspect || alone >= mostSpoiltAlone)
      await this.recovery.connectionFailed(connectionId, operation, failure);
  }
}

const capKey = (group: DueGroup): string => `${group.connectionId}/${group.operation}`;
