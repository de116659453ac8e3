import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Tick } from '../scheduler/tick.js';
import { FormResults } from './form-results.js';

/** Looks for forms whose time is over, which ends after tens of minutes: by an index that is empty while none is open. */
@Injectable()
export class FormTick extends Tick {
  constructor(
    @Inject(SchedulerRegistry) registry: SchedulerRegistry,
    @Inject(FormResults) results: FormResults,
  ) {
    super(registry, { name: 'payment-forms', pauseMs: 5_000, work: () => results.expire() });
  }
}
