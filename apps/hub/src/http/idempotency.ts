import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '@np-hub/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable, of } from 'rxjs';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { ApiProblem, wrongField } from './problem.js';

const keptMs = 24 * 3_600_000;
/** A request that has no answer after this long died with its process, and may be made again. */
const abandonedMs = 60_000;

const answerSchema = z.object({ status: z.int(), body: z.unknown() });

interface StoredRow {
  readonly request_hash: string;
  readonly sealed_answer: Buffer | null;
  readonly created_at: Date;
}

interface Press {
  readonly userId: string;
  readonly key: string;
  readonly requestHash: string;
}

const recordIdOf = ({ userId, key }: Press): string => `idempotency:${userId}:${key}`;

/**
 * A write that comes twice with one `Idempotency-Key` is done once: the second one gets the first one's answer again,
 * for 24 hours. Only successes are kept: after an error the same key may try again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const press = this.pressOf(request);
    if (!press) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const known = await this.begin(press);
    if (known) {
      void reply.status(known.status).header('Idempotent-Replayed', 'true');
      return of(known.body);
    }
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        // An answer that asks to come again is not the last word.
        if (reply.hasHeader('retry-after')) await this.forget(press);
        else await this.keep(press, { status: reply.statusCode, body });
        return body;
      }),
      catchError((error: unknown) =>
        from(this.forget(press)).pipe(
          mergeMap(() => {
            throw error;
          }),
        ),
      ),
    );
  }

  private pressOf(request: FastifyRequest): Press | undefined {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !request.signedInUser || ['GET', 'HEAD'].includes(request.method)) {
      return undefined;
    }
    if (key.length < 1 || key.length > 200) {
      const message = {
        ja: '1文字以上200文字以内で指定してください。',
        en: 'Give between 1 and 200 characters.',
      };
      throw wrongField('Idempotency-Key', message);
    }
    const asked = JSON.stringify([request.method, request.url, request.body ?? null]);
    return { userId: request.signedInUser.id, key, requestHash: hashPayload(this.keyring, asked) };
  }

  /** The answer that was given before; undefined where this request is the one to do the work. */
  private async begin(press: Press): Promise<z.infer<typeof answerSchema> | undefined> {
    const now = this.clock.now();
    const won: unknown[] = await this.database.query(
      `insert into idempotency_keys as known (user_id, key, request_hash, created_at) values ($1, $2, $3, $4)
       on conflict (user_id, key) do update set created_at = excluded.created_at
         where known.sealed_answer is null and known.created_at < $5 and known.request_hash = excluded.request_hash
       returning 1`,
      [press.userId, press.key, press.requestHash, now, new Date(now.getTime() - abandonedMs)],
    );
    if (won.length > 0) return undefined;
    const rows: StoredRow[] = await this.database.query(
      'select request_hash, sealed_answer, created_at from idempotency_keys where user_id = $1 and key = $2',
      [press.userId, press.key],
    );
    const [row] = rows;
    if (row && row.request_hash !== press.requestHash) {
      throw new ApiProblem(409, 'idempotency-key-reused', {
        ja: 'この Idempotency-Key は別の内容の操作で使用済みです。',
        en: 'This Idempotency-Key was used for another request.',
      });
    }
    if (row?.sealed_answer) {
      return answerSchema.parse(openJson(this.keyring, recordIdOf(press), row.sealed_answer));
    }
    throw new ApiProblem(409, 'still-in-progress', {
      ja: '同じ操作を処理しています。しばらくしてから画面を更新してください。',
      en: 'The same request is still being worked on. Please reload in a moment.',
    });
  }

  private async keep(
    press: Press,
    answer: { readonly status: number; readonly body: unknown },
  ): Promise<void> {
    await this.database.query(
      'update idempotency_keys set sealed_answer = $3 where user_id = $1 and key = $2',
      [press.userId, press.key, sealJson(this.keyring, recordIdOf(press), answer)],
    );
  }

  private async forget(press: Press): Promise<void> {
    await this.database.query(
      'delete from idempotency_keys where user_id = $1 and key = $2 and sealed_answer is null',
      [press.userId, press.key],
    );
  }

  /** Removes answers that nobody will ask for again. */
  @Interval(3_600_000)
  async purge(): Promise<void> {
    await this.database.query('delete from idempotency_keys where created_at < $1', [
      new Date(this.clock.now().getTime() - keptMs),
    ]);
  }
}
