import { type BeforeApplicationShutdown, Controller, Inject, Injectable, Sse } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@np-hub/model';
import { interval, map, merge, type Observable, of, Subject, takeUntil, throttleTime } from 'rxjs';
import { CLOCK } from '../tokens.js';

const atMostEveryMs = 1_000;
/** Proxies close connections that stay silent for a minute or so. */
const signOfLifeMs = 15_000;

/** Tells open pages that some transaction has changed. Which one, and to what, they ask for themselves. */
@Injectable()
export class ChangeFeed implements BeforeApplicationShutdown {
  private readonly changes = new Subject<void>();
  private readonly end = new Subject<void>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** To be called after any transaction changed, as often as one likes. */
  notify(): void {
    this.changes.next();
  }

  /** For one open page: `changed` at most once a second, a comment every 15 seconds; ends when the hub does. */
  subscribe(): Observable<MessageEvent> {
    const changed = this.changes.pipe(
      throttleTime(atMostEveryMs, undefined, { leading: true, trailing: true }),
      map(() => ({ type: 'changed', data: { at: this.clock.now().toISOString() } })),
    );
    const alive = interval(signOfLifeMs).pipe(map(() => ({ comment: 'alive' })));
    return merge(of({ comment: 'connected' }), changed, alive).pipe(takeUntil(this.end));
  }

  beforeApplicationShutdown(): void {
    this.end.next();
  }
}

@ApiTags('stream')
@Controller('stream')
export class StreamController {
  constructor(@Inject(ChangeFeed) private readonly feed: ChangeFeed) {}

  @Sse()
  changes(): Observable<MessageEvent> {
    return this.feed.subscribe();
  }
}
