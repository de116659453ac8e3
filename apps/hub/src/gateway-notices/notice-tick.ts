import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Tick } from '../scheduler/tick.js';
import { NoticeInbox } from './inbox.js';

/** Looks at the notices that wait for their transaction. */
@Injectable()
export class NoticeTick extends Tick {
  constructor(
    @Inject(SchedulerRegistry) registry: SchedulerRegistry,
    @Inject(NoticeInbox) inbox: NoticeInbox,
  ) {
    super(registry, { name: 'gateway-notices', pauseMs: 1_000, work: () => inbox.retry() });
  }
}
