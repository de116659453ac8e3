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
import { Batches } from '../batches.js';
import { unnestRows } from '../database/bulk.js';
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
  readonly user_id: string;
  readonly key: string;
  readonly request_hash: string;
  readonly sealed_answer: Buffer | null;
}

interface Press {
  readonly userId: string;
  readonly key: string;
  readonly requestHash: string;
}

/** An answer on its way to the table. */
interface Kept {
  readonly press: Press;
  readonly sealed: Buffer;
}

/** Requests that wait for the database share one statement. */
const mostTogether = 500;
const keyColumns = { user_id: 'uuid', key: 'text' } as const;
const keyRow = ({ userId, key }: Press) => ({ user_id: userId, key });

const recordIdOf = ({ userId, key }: Pick<Press, 'userId' | 'key'>): string => `idempotency:${userId}:${key}`;
const recordOfRow = ({ user_id: userId, key }: Pick<StoredRow, 'user_id' | 'key'>): string =>
  recordIdOf({ userId, key });

/**
 * A write that comes twice with one `Idempotency-Key` is done once: the second one gets the first one's answer again,
 * for 24 hours. Only successes are kept: after an error the same key may try again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly begun = new Batches((some: readonly Press[]) => this.claim(some), mostTogether);
  private readonly kept = new Batches((some: readonly Kept[]) => this.store(some), mostTogether);
  private readonly forgotten = new Batches((some: readonly Press[]) => this.remove(some), mostTogether);

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
        if (reply.hasHeader('retry-after')) await this.forgotten.run(press);
        else await this.keep(press, { status: reply.statusCode, body });
        return body;
      }),
      catchError((error: unknown) =>
        from(this.forgotten.run(press)).pipe(
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

  private async keep(
    press: Press,
    answer: { readonly status: number; readonly body: unknown },
  ): Promise<void> {
    await this.kept.run({ press, sealed: sealJson(this.keyring, recordIdOf(press), answer) });
  }

  /** The answer that was given before; undefined where this request is the one to do the work. */
  private async begin(press: Press): Promise<z.infer<typeof answerSchema> | undefined> {
    const before = await this.begun.run(press);
    if (before === 'won') return undefined;
    if (before && before.request_hash !== press.requestHash) {
      throw new ApiProblem(409, 'idempotency-key-reused', {
        ja: 'この Idempotency-Key は別の内容の操作で使用済みです。',
        en: 'This Idempotency-Key was used for another request.',
      });
    }
    if (before?.sealed_answer) {
      return answerSchema.parse(openJson(this.keyring, recordIdOf(press), before.sealed_answer));
    }
    throw new ApiProblem(409, 'still-in-progress', {
      ja: '同じ操作をまだ処理しています。しばらくしてから、もう一度お試しください。',
      en: 'The same request is still being worked on. Please try again in a moment.',
    });
  }

  /** Which of these are the first of their keys; of the others, what is known. Of two alike that come together the first counts. */
  private async claim(presses: readonly Press[]): Promise<readonly ('won' | StoredRow | undefined)[]> {
    const now = this.clock.now();
    const first = new Map(presses.toReversed().map((press) => [recordIdOf(press), press]));
    const rows = [...first.values()].map((press) => ({ ...keyRow(press), request_hash: press.requestHash }));
    const { sql, parameters } = unnestRows({ ...keyColumns, request_hash: 'text' }, rows, 3);
    // In one order by everybody, so that two hubs wait for each other instead of dying.
    const won = await this.database.query<Pick<StoredRow, 'user_id' | 'key'>[]>(
      `insert into idempotency_keys as known (user_id, key, request_hash, created_at)
       select user_id, key, request_hash, $1::timestamptz from ${sql} n order by user_id, key
       on conflict (user_id, key) do update set created_at = excluded.created_at
         where known.sealed_answer is null and known.created_at < $2 and known.request_hash = excluded.request_hash
       returning user_id, key`,
      [now, new Date(now.getTime() - abandonedMs), ...parameters],
    );
    const mine = new Set(won.map(recordOfRow));
    const isMine = (press: Press) => mine.has(recordIdOf(press)) && first.get(recordIdOf(press)) === press;
    const known = await this.known(presses.filter((press) => !isMine(press)));
    return presses.map((press) => (isMine(press) ? 'won' : known.get(recordIdOf(press))));
  }

  private async known(presses: readonly Press[]): Promise<ReadonlyMap<string, StoredRow>> {
    if (presses.length === 0) return new Map();
    const { sql, parameters } = unnestRows(keyColumns, presses.map(keyRow));
    const rows = await this.database.query<StoredRow[]>(
      `select k.user_id, k.key, k.request_hash, k.sealed_answer from idempotency_keys k
       join ${sql} n on k.user_id = n.user_id and k.key = n.key`,
      parameters,
    );
    return new Map(rows.map((row) => [recordOfRow(row), row]));
  }

  private async store(answers: readonly Kept[]): Promise<readonly undefined[]> {
    const rows = answers.map(({ press, sealed }) => ({ ...keyRow(press), sealed }));
    const { sql, parameters } = unnestRows({ ...keyColumns, sealed: 'bytea' }, rows);
    await this.database.query(
      `update idempotency_keys k set sealed_answer = n.sealed from ${sql} n
       where k.user_id = n.user_id and k.key = n.key`,
      parameters,
    );
    return answers.map(() => undefined);
  }

  private async remove(presses: readonly Press[]): Promise<readonly undefined[]> {
    const { sql, parameters } = unnestRows(keyColumns, presses.map(keyRow));
    await this.database.query(
      `delete from idempotency_keys k using ${sql} n
       where k.user_id = n.user_id and k.key = n.key and k.sealed_answer is null`,
      parameters,
    );
    return presses.map(() => undefined);
  }

  /** Removes answers that nobody will ask for again. */
  @Interval(3_600_000)
  async purge(): Promise<void> {
    await this.database.query('delete from idempotency_keys where created_at < $1', [
      new Date(this.clock.now().getTime() - keptMs),
    ]);
  }
}
