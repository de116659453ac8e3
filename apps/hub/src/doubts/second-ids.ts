import { Inject, Injectable } from '@nestjs/common';
import type { CreditAnswer, LineResult, Registered } from '@np-hub/kit';
import { shopTransactionIdOf, type Clock, type IdSource, type SecondIdSettled } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { Pace } from '../backpressure/pace.js';
import { recordCall } from '../dispatch/calls.js';
import { callGateway, failureOfEnd, type CallEnd } from '../dispatch/gateway-call.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import { TransactionList, type ListedRow } from '../transactions/list.js';
import { refusalTexts } from '../transactions/refusal-texts.js';
import { Transactions } from '../transactions/transactions.js';
import { creditAt } from './whose.js';
import { CLOCK, IDS } from '../tokens.js';

/** How a second id stands at NP. `unnamed`: NP does not say whose it is. */
type Standing = SecondIdSettled['how'] | 'alive' | 'unnamed' | 'unanswered';

/**
 * A second NP transaction of one order, which an answer or NP's own list has named, must not stay alive. NP is asked
 * whose it is; what is this order's and alive is cancelled there. Nothing is stored before NP has answered, so that after
 * a lost answer the same is done again: of what is cancelled already NP says so.
 */
@Injectable()
export class SecondIds {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Throws 404, 409 with what stands in the way, 503 where NP gives no answer. */
  async end(
    user: SignedInUser,
    key: { readonly shopId: string; readonly id: string },
    npTransactionId: string,
  ): Promise<void> {
    const row = await this.list.find(user, key.shopId, key.id);
    if (!row) throw problemOf(404);
    if (!row.facts.strayIds.includes(npTransactionId)) throw refused('not-allowed');
    const connection = await this.connections.openOf({ shopId: row.shop_id, transactionId: row.id });
    const standing = await this.standingOf(row, connection, npTransactionId);
    if (standing === 'unanswered' || standing === 'unnamed') throw problems[standing]();
    const how = standing === 'not-ours' ? 'not-ours' : 'cancelled';
    const callId = standing === 'alive' ? await this.cancel(connection, npTransactionId) : null;
    const [outcome] = await this.transactions.apply([
      {
        shopId: row.shop_id,
        transactionId: row.id,
        by: user.login,
        ...(callId === null ? {} : { callId }),
        event: { type: 'second-id-settled', at: this.clock.now().toISOString(), npTransactionId, how },
      },
    ]);
    if (outcome?.kind === 'refused' && outcome.name !== 'repeated') throw refused(outcome.name);
  }

  /** What NP says of the id, and before that the hub: what another order is known by is never cancelled for this one. */
  private async standingOf(
    row: ListedRow,
    connection: OpenConnection,
    npTransactionId: string,
  ): Promise<Standing> {
    const [taken] = await this.database.query<unknown[]>(
      'select 1 from attempts where merchant = $1 and np_transaction_id = $2 limit 1',
      [connection.merchant, npTransactionId],
    );
    if (taken) return 'not-ours';
    const answers = await creditAt(connection, [{ npTransactionId }]);
    if (!answers) return 'unnamed';
    const own = row.facts.attempts.map(({ number }) => shopTransactionIdOf(row.np_number, number));
    return standingIn(answers[0], own);
  }

  /** Gives the id of the call. Throws where NP has not cancelled it. */
  private async cancel(connection: OpenConnection, npTransactionId: string): Promise<string> {
    if (connection.recovery === 'down') throw problems.unanswered();
    const started = this.clock.now();
    const end = await callGateway(connection, 'cancel', [{ npTransactionId }]);
    const callId = this.ids.next();
    await recordCall(this.database.manager, {
      id: callId,
      at: started.toISOString(),
      connectionId: connection.id,
      shopId: null,
      operation: 'cancel',
      lines: 1,
      outcome: failureOfEnd(end)?.kind ?? 'done',
      durationMs: this.clock.now().getTime() - started.getTime(),
      error: failureOfEnd(end)?.message ?? null,
    });
    await this.pace.noteCall({ lane: 'write', connectionId: connection.id, operation: 'cancel' }, end, 1);
    const result = resultOf(end);
    if (result.kind === 'done') return callId;
    if (result.kind !== 'refused') throw problems.unanswered();
    if (result.proves === 'already-cancelled') return callId;
    throw result.proves === 'already-paid'
      ? problems.paid()
      : problems.refused(result.reasons.map(({ code }) => code));
  }
}

function standingIn(answer: LineResult<CreditAnswer> | undefined, own: readonly string[]): Standing {
  if (!answer || answer.kind === 'lost' || answer.kind === 'pending') return 'unanswered';
  if (answer.kind === 'refused') return answer.proves === 'already-cancelled' ? 'cancelled' : 'not-ours';
  const { shopTransactionId } = answer.value;
  if (shopTransactionId === undefined) return 'unnamed';
  return own.includes(shopTransactionId) ? 'alive' : 'not-ours';
}

const resultOf = (end: CallEnd): LineResult<Registered | null> =>
  (end.kind === 'answered' ? end.results[0] : undefined) ?? { kind: 'lost', cause: 'no answer' };

const refused = (name: keyof typeof refusalTexts): ApiProblem =>
  new ApiProblem(409, name, refusalTexts[name]);

const problems = {
  unanswered: () =>
    new ApiProblem(503, 'np-unreachable', {
      ja: 'NPから回答がないため、取り消せたか分かりません。もう一度押しても二重には取り消されません。しばらくしてからお試しください。',
      en: 'NP gave no answer, so whether it is cancelled is not known. Try again in a while: nothing is cancelled twice.',
    }),
  unnamed: () =>
    new ApiProblem(409, 'np-id-unnamed', {
      ja: 'どの注文の取引かをNPの回答から確認できないため、取り消しませんでした。NPの管理画面で確認してください。',
      en: 'NP’s answer does not say whose transaction it is, so nothing was cancelled. Please look in NP’s console.',
    }),
  paid: () =>
    new ApiProblem(409, 'second-id-paid', {
      ja: 'この取引は購入者がすでに支払っているため、取り消せません。NPの管理画面で入金を確認し、購入者に返金してください。',
      en: 'The buyer has paid this transaction, so it cannot be cancelled. Look at the payment in NP’s console and refund it.',
    }),
  refused: (codes: readonly string[]) =>
    new ApiProblem(409, 'second-id-refused', {
      ja: `NPが取り消しを受け付けませんでした（${codes.join('、')}）。NPの管理画面で確認してください。`,
      en: `NP did not cancel it (${codes.join(', ')}). Please look in NP’s console.`,
    }),
};
