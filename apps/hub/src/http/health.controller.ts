import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
import { Described } from './described.js';
import { problemOf } from './problem.js';

const statusSchema = z.object({ status: z.literal('ok') });
type Status = z.infer<typeof statusSchema>;

/** For whatever watches over the process: `live` is the process, `ready` is the process with its database. */
@ApiTags('health')
@Public()
@SkipThrottle()
@Controller('health')
export class HealthController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Described('The process answers', statusSchema)
  @Get('live')
  live(): Status {
    return { status: 'ok' };
  }

  /** Throws 503 where the database does not answer. */
  @Described('The database answers as well', statusSchema)
  @Get('ready')
  async ready(): Promise<Status> {
    try {
      await this.database.query('select 1');
    } catch {
      throw problemOf(503);
    }
    return { status: 'ok' };
  }
}
