import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { Public } from '../accounts/session-guard.js';
import { problemOf } from './problem.js';

/** For whatever watches over the process: `live` is the process, `ready` is the process with its database. */
@ApiTags('health')
@Public()
@SkipThrottle()
@Controller('health')
export class HealthController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** Throws 503 where the database does not answer. */
  @Get('ready')
  async ready(): Promise<{ readonly status: 'ok' }> {
    try {
      await this.database.query('select 1');
    } catch {
      throw problemOf(503);
    }
    return { status: 'ok' };
  }
}
