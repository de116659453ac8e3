import { type BeforeApplicationShutdown, Controller, Inject, Injectable, Sse } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@np-hub/model';
import {
  defer,
  filter,
  finalize,
  interval,
  map,
  merge,
  type Observable,
  of,
  Subject,
  takeUntil,
  throttleTime,
} from 'rxjs';
import { HeldAccess } from '../accounts/held-access.js';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { CLOCK } from '../tokens.js';
import { DescribedFile } from './described.js';

const atMostEveryMs = 1_000;
/** Proxies close connections that stay silent for a minute or so. */
const signOfLifeMs = 15_000;

interface OpenPage {
  readonly user: SignedInUser;
  readonly end: Subject<void>;
}

/** Null: of every shop. */
type Shops = readonly string[] | null;

/** Tells open pages that some transaction of their shops has changed. Which one, and to what, they ask for themselves. */
@Injectable()
export class ChangeFeed implements BeforeApplicationShutdown {
  private readonly changes = new Subject<Shops>();
  private readonly end = new Subject<void>();
  private readonly pages = new Set<OpenPage>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HeldAccess) private readonly access: HeldAccess,
  ) {}

  /** To be called after any transaction of these shops changed, as often as one likes. */
  notify(shopIds: Shops): void {
    this.changes.next(shopIds);
  }

  /**
   * For one open page: `changed` at most once a second, a comment every 15 seconds; ends when the hub does, and with the
   * session, key, role or shops with which it was opened.
   */
  subscribe(user: SignedInUser): Observable<MessageEvent> {
    const changed = this.changes.pipe(
      filter((shopIds) => seesAny(user, shopIds)),
      throttleTime(atMostEveryMs, undefined, { leading: true, trailing: true }),
      map(() => ({ type: 'changed', data: { at: this.clock.now().toISOString() } })),
    );
    const alive = interval(signOfLifeMs).pipe(map(() => ({ comment: 'alive' })));
    return defer(() => {
      const page: OpenPage = { user, end: new Subject() };
      this.pages.add(page);
      return merge(of({ comment: 'connected' }), changed, alive).pipe(
        takeUntil(merge(this.end, page.end)),
        finalize(() => this.pages.delete(page)),
      );
    });
  }

  /** Ends the streams of whoever may no longer see what they could when they opened them: one look for all pages. */
  async endOutdated(): Promise<void> {
    const pages = [...this.pages];
    if (pages.length === 0) return;
    const holds = await this.access.holds(pages.map(({ user }) => user));
    pages.forEach(({ end }, index) => {
      if (!holds[index]) end.next();
    });
  }

  beforeApplicationShutdown(): void {
    this.end.next();
  }
}

const seesAny = (user: SignedInUser, shopIds: Shops): boolean =>
  shopIds === null || user.shopIds === null || shopIds.some((id) => user.shopIds?.includes(id));

@ApiTags('stream')
@Controller('stream')
export class StreamController {
  constructor(@Inject(ChangeFeed) private readonly feed: ChangeFeed) {}

  @DescribedFile('Says that something has changed, as it changes: server-sent events', 'text/event-stream')
  @Sse()
  changes(@CurrentUser() user: SignedInUser): Observable<MessageEvent> {
    return this.feed.subscribe(user);
  }
}
