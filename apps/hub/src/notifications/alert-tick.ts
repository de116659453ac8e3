import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Tick } from '../scheduler/tick.js';
import { AlertCollector } from './collector.js';
import { AlertSender } from './sender.js';

/** Collects what there is to tell, then tells it. */
@Injectable()
export class AlertTick extends Tick {
  constructor(
    @Inject(SchedulerRegistry) registry: SchedulerRegistry,
    @Inject(AlertCollector) collector: AlertCollector,
    @Inject(AlertSender) sender: AlertSender,
  ) {
    super(registry, { name: 'alerts', pauseMs: 2_000, work: () => collector.run().then(() => sender.run()) });
  }
}
