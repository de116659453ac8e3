import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { AuthorizeAnswer, Clock, Facts } from '@np-hub/model';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from '../backpressure/pace.js';
import { Batches } from '../batches.js';
import { onceMoreIfKnown } from '../database/once-more.js';
import { callGateway, failureOfEnd, heldUp, type CallEnd } from '../dispatch/gateway-call.js';
import { Presence } from '../dispatch/presence.js';
import { ApiProblem } from '../http/problem.js';
import { readingNow } from '../intake/told-times.js';
import { unreadable } from '../open-orders/results.js';
import { Connections } from '../shops/connections.js';
import { adapterOf, type OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { Beginnings, type Ask, type Begun, type ShopAsk } from './begin.js';
import { Completions, type Ended } from './complete.js';
import { Desks, type Desk } from './desks.js';
import type { AskedCall } from './intents.js';
import { refusals } from './refusals.js';
import { answerOf, verdictOf } from './verdict.js';

interface Question extends ShopAsk {
  readonly desk: Desk;
  /** The cart has stopped waiting. */
  isLate: boolean;
}

/** So many questions of this hub may be on their way; more are told to come again. */
const mostAtOnce = 500;
/** One batch at a time of the shops of one connection, so that under load more go together, each cheaper. */
const mostInBatch = 100;
/** A process that stood still this long after its intent may find it in other hands. */
const standstillMs = 5_000;

/**
 * Real time: answers a cart that asks before it makes an order. The order is taken in as provisional and its intent
 * stored, NP is called with this one order, and the answer is stored before it is given. A call whose answer is lost is
 * a doubt as any other: it is never repeated as a new registration, whoever asks again.
 */
@Injectable()
export class Authorizations implements BeforeApplicationShutdown {
  /** By the shop's connection: a page of orders that another merchant's shop takes in holds up none of these. */
  private readonly beginnings = new Map<string, Batches<Question, Begun>>();
  private readonly completions: Batches<Ended, Facts>;
  /** The question under way of each order, so that the same one asked twice waits for the first. */
  private readonly underWay = new Map<string, Promise<AuthorizeAnswer>>();

  constructor(
    @Inject(Desks) private readonly desks: Desks,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Beginnings) private readonly begins: Beginnings,
    @Inject(Completions) completes: Completions,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.completions = new Batches((ended) => completes.complete(ended), mostInBatch);
  }

  /** Answers are stored before the database goes away. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underWay.values());
  }

  /**
   * Asks NP about one order. Null where no answer has come within `waitMs`: the question goes on, and is answered when
   * the same is asked again. Throws problems that say what stands in the way; then NP has nothing new.
   */
  async ask(
    shopId: string,
    given: {
      readonly screen: Ask['screen'];
      readonly order: Readonly<Record<string, unknown>>;
      readonly waitMs: number;
    },
  ): Promise<{ readonly answer: AuthorizeAnswer | null; readonly orderNumber: string }> {
    const desk = await this.desks.of(shopId);
    if (desk.shop.mode !== 'live') throw refusals.notLive();
    const order = readAsked(desk.shop, given.order, this.clock.now());
    if (!desk.routeOf(order).rules.realTime) throw refusals.notRealTime();
    const key = `${shopId}/${order.orderNumber}`;
    const before = this.underWay.get(key);
    if (!before && this.underWay.size >= mostAtOnce) throw refusals.busy();
    const { shop, routeOf } = desk;
    const question: Question = { order, screen: given.screen, shop, routeOf, desk, isLate: false };
    const asking = (before ?? Promise.resolve()).then(
      () => this.answer(question),
      () => this.answer(question),
    );
    this.underWay.set(key, asking);
    const forget = (): void => {
      if (this.underWay.get(key) === asking) this.underWay.delete(key);
    };
    asking.then(forget, forget);
    const limit = new AbortController();
    const tooLate = sleep(given.waitMs, null, { signal: limit.signal }).then(
      () => {
        question.isLate = true;
        return null;
      },
      () => null,
    );
    try {
      return { answer: await Promise.race([asking, tooLate]), orderNumber: order.orderNumber };
    } finally {
      limit.abort();
    }
  }

  private async answer(question: Question): Promise<AuthorizeAnswer> {
    const { desk, screen, order } = question;
    const begun = await this.batchesOf(desk.shop.connectionId).run(question);
    if (begun.kind === 'refused') throw begun.problem;
    const { shopId, transactionId, former, call } = begun;
    const called = call && { call, ...(await this.call(desk, call)) };
    const facts = await this.completions.run({
      shopId,
      transactionId,
      screen,
      former,
      asked: question,
      isLate: question.isLate,
      called,
    });
    // After the answer is stored: it must not be lost with what is noted of the line.
    if (called?.isNews) {
      const { connectionId, operation } = called.call;
      await this.pace.noteCall({ lane: 'write', connectionId, operation }, called.end, 1);
    }
    const verdict = verdictOf(facts);
    if (verdict === 'unavailable') throw refusals.unavailable();
    if (verdict === 'not-possible') throw facts.wanted.release ? refusals.notOurs() : refusals.notPossible();
    return answerOf({ transactionId, order, screen, facts }, verdict, desk.shop.policies);
  }

  /** The call itself: one order. `isNews`: it says something of the connection, which is left alone where it does not answer. */
  private async call(
    { connections }: Desk,
    { connectionId, operation, line, lease }: AskedCall,
  ): Promise<{ started: Date; finished: Date; end: CallEnd; isNews: boolean }> {
    const kept = connections.get(connectionId);
    // Whether what rested goes on again is not left to what was kept.
    const connection = kept && kept.recovery !== 'down' ? kept : await this.connections.open(connectionId);
    const started = this.clock.now();
    const stoodStill = started.getTime() - Date.parse(lease.now) > standstillMs;
    const mayLeave = this.presence.isHeld(lease.owner) && !stoodStill && connection.recovery !== 'down';
    const end = mayLeave ? await callGateway(connection, operation, [line]) : heldUp;
    const finished = this.clock.now();
    const isNews = mayLeave && (failureOfEnd(end) !== null || connection.recovery !== null);
    return { started, finished, end, isNews };
  }

  private batchesOf(connectionId: string): Batches<Question, Begun> {
    const known = this.beginnings.get(connectionId);
    if (known) return known;
    const made = new Batches<Question, Begun>((questions) => {
      const connections = questions.flatMap(({ desk }) => [...desk.connections.values()]);
      const callDeadlineMs = Math.max(...connections.map(({ gateway }) => gateway.callDeadlineMs));
      return onceMoreIfKnown(() => this.begins.begin(questions, { callDeadlineMs }));
    }, mostInBatch);
    this.beginnings.set(connectionId, made);
    return made;
  }
}

/** The order in the words of the open API, whatever cart asks. Throws 400, which names each field. */
export function readAsked(shop: OpenShop, raw: Readonly<Record<string, unknown>>, now: Date): Ask['order'] {
  const open = adapterOf('any-system');
  const settings = shop.adapter.id === open.id ? shop.settings : open.settings.parse({});
  const asked = open.readOrder({ ...raw, status: 'open', payment: 'np' }, settings);
  const reading = readingNow(asked, now, 'orderedAt');
  if (reading.kind === 'order') return reading.order;
  const problems = reading.kind === 'unreadable' ? reading.problems : [];
  const message = { ja: '入力内容を確認してください。', en: 'Please check what was sent.' };
  throw new ApiProblem(
    400,
    'invalid-input',
    message,
    unreadable('order', problems).map(({ field, message: text }) => ({ field, message: text })),
  );
}
