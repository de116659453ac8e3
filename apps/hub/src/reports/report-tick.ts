import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Tick } from '../scheduler/tick.js';
import { ReportKeeper } from './report-keeper.js';

/** Brings the figures up to date. */
@Injectable()
export class ReportTick extends Tick {
  constructor(
    @Inject(SchedulerRegistry) registry: SchedulerRegistry,
    @Inject(ReportKeeper) keeper: ReportKeeper,
  ) {
    super(registry, { name: 'reports', pauseMs: 15_000, work: () => keeper.run() });
  }
}
