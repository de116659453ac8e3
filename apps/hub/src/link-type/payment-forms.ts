import { Inject, Injectable } from '@nestjs/common';
import type { FormOrder, PaymentForm, RegisterLine } from '@np-hub/kit';
import { currentAttempt, factsSchema, type Clock, type Facts, type PaymentFormView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { onceMoreIfKnown } from '../database/once-more.js';
import type { Environment } from '../env.js';
import type { ApiProblem } from '../http/problem.js';
import { Intake } from '../intake/intake.js';
import { readAsked } from '../real-time/authorize.js';
import { Beginnings, type Ask, type ShopAsk } from '../real-time/begin.js';
import type { AskedCall } from '../real-time/intents.js';
import { refusals } from '../real-time/refusals.js';
import type { Keyring } from '../security/keyring.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK, ENVIRONMENT, KEYRING } from '../tokens.js';
import { loadPayloads } from '../transactions/payloads.js';
import { readingContext, readingOf } from '../transactions/reading.js';
import { formRefusals } from './refusals.js';
import { htmlOf } from './form-html.js';

/** What a cart asks a form for. */
export interface FormAsk {
  readonly order: Readonly<Record<string, unknown>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly errorUrl: string;
}

interface OpenForm {
  readonly transactionId: string;
  readonly shopTransactionId: string;
  readonly endsAt: Date;
  readonly facts: Facts;
}

/**
 * The link type: the buyer's browser registers with a signed form. The intent is stored before the form is given out, as
 * before any call, and the order is provisional until its result is told. One purchase an order number, ever: asked again,
 * the same purchase gets a fresh form, and the gateway refuses its number the second time.
 */
@Injectable()
export class PaymentForms {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Beginnings) private readonly begins: Beginnings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
  ) {}

  /** The form of one order. Throws problems that say what stands in the way; then nothing new is registered. */
  async make(shopId: string, asked: FormAsk): Promise<PaymentFormView> {
    const shop = await this.shops.open(shopId);
    if (shop.mode !== 'live') throw refusals.notLive();
    const order = readAsked(shop, asked.order, this.clock.now());
    const routeOf = await this.intake.routesOf(shop);
    const connection = await this.connections.open(routeOf(order).connectionId);
    const { publicUrl } = this.environment;
    if (!publicUrl) throw formRefusals.noPublicUrl();
    const noticeUrl = `${publicUrl}/gateways/${connection.id}/notifications`;
    const made = (line: RegisterLine, now: Date): PaymentForm => {
      const { order: _, ...urls } = asked;
      const form = formOf(connection, { line, now, noticeUrl, ...urls });
      if (!form) throw formRefusals.noLinkType();
      return form;
    };
    const payload = readingOf(order, {}, readingContext(this.keyring, shop));
    // Before anything is stored: whether there can be a form at all, and how long it stays open.
    const { completeWithinMs } = made(
      { shopTransactionId: order.orderNumber, payload: payload.payload },
      this.clock.now(),
    );
    const begun = await onceMoreIfKnown(() =>
      this.begin(shop, { order, screen: 'checkout' }, { routeOf, connection, completeWithinMs }),
    );
    const open = await this.openForm(shopId, begun.transactionId);
    const facts = open?.facts ?? (await this.factsOf(shopId, begun.transactionId));
    const sent = currentAttempt(facts)?.sent;
    if (!open || !sent) throw formRefusals.notPossible({ facts });
    if (!begun.isNew && sent.hash !== payload.snapshot.payload.hash) throw formRefusals.formOpen();
    const [kept] = await loadPayloads(this.database.manager, this.keyring, [
      { shopId, transactionId: open.transactionId, hash: sent.hash },
    ]);
    if (!kept) throw formRefusals.known();
    const now = this.clock.now();
    const form = made({ shopTransactionId: open.shopTransactionId, payload: kept }, now);
    return {
      orderNumber: order.orderNumber,
      transactionId: open.transactionId,
      shopTransactionId: open.shopTransactionId,
      url: form.url,
      charset: form.charset,
      fields: [...form.fields],
      html: htmlOf(form),
      sendBy: new Date(now.getTime() + form.sendWithinMs).toISOString(),
      resultBy: open.endsAt.toISOString(),
    };
  }

  private async begin(
    shop: OpenShop,
    ask: Ask,
    of: {
      readonly routeOf: ShopAsk['routeOf'];
      readonly connection: OpenConnection;
      readonly completeWithinMs: number;
    },
  ): Promise<{ readonly transactionId: string; readonly isNew: boolean }> {
    const { routeOf, connection, completeWithinMs } = of;
    // A form asked for in the last minute of the checkout may still be completed after it.
    const openMs = shop.policies.checkoutMinutes * 60_000 + completeWithinMs;
    const [begun] = await this.begins.begin([{ ...ask, shop, routeOf }], {
      callDeadlineMs: connection.gateway.callDeadlineMs,
      byBuyer: {
        openMs,
        sortOf: sortOfForm,
        departing: (manager, calls) => this.note(manager, connection, { calls, openMs }),
      },
    });
    if (!begun) throw formRefusals.known();
    if (begun.kind === 'refused') throw begun.problem;
    return { transactionId: begun.transactionId, isNew: begun.call !== null };
  }

  /** With the intent: by this row the result finds its order, and time ends what has none. */
  private async note(
    manager: EntityManager,
    connection: OpenConnection,
    { calls, openMs }: { readonly calls: readonly AskedCall[]; readonly openMs: number },
  ): Promise<void> {
    const now = this.clock.now();
    for (const { line, shopId, transactionId, attempt, connectionId } of calls) {
      const { shopTransactionId, payload } = line as RegisterLine;
      await manager.query(
        `insert into payment_forms (merchant, shop_transaction_id, shop_id, transaction_id, attempt, connection_id,
           billed_yen, made_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          connection.merchant,
          shopTransactionId,
          shopId,
          transactionId,
          attempt,
          connectionId,
          payload.billedYen,
          now,
          new Date(now.getTime() + openMs),
        ],
      );
    }
  }

  private async openForm(shopId: string, transactionId: string): Promise<OpenForm | null> {
    const [row] = await this.database.query<{ shop_transaction_id: string; ends_at: Date; facts: unknown }[]>(
      `select f.shop_transaction_id, f.ends_at, t.facts from payment_forms f
       join transactions t on t.shop_id = f.shop_id and t.id = f.transaction_id
       where f.shop_id = $1 and f.transaction_id = $2 and f.outcome is null`,
      [shopId, transactionId],
    );
    return row
      ? {
          transactionId,
          shopTransactionId: row.shop_transaction_id,
          endsAt: row.ends_at,
          facts: factsSchema.parse(row.facts),
        }
      : null;
  }

  private async factsOf(shopId: string, transactionId: string): Promise<Facts> {
    const [row] = await this.database.query<{ facts: unknown }[]>(
      'select facts from transactions where shop_id = $1 and id = $2',
      [shopId, transactionId],
    );
    return factsSchema.parse(row?.facts);
  }
}

const formOf = ({ gateway, settings }: OpenConnection, order: FormOrder): PaymentForm | null =>
  gateway.paymentForm?.(order, settings) ?? null;

/**
 * An order of which nothing has ever left may be sent anew; one whose form is open gets the same purchase again; any
 * other has had its purchase, and a second one beside it could be billed twice.
 */
function sortOfForm({ wanted, inFlight, attempts }: Facts): 'take' | 'known' | ApiProblem {
  if (wanted.release) return refusals.notOurs();
  const abandoned = wanted.cancel?.by === 'clock';
  if (attempts.length === 0 && (wanted.provisional || abandoned)) return 'take';
  // The cart may have sent its own record of the order meanwhile, before the buyer has paid.
  const isOpen = !wanted.cancel && inFlight?.operation === 'register' && inFlight.phase === 'sent';
  return isOpen ? 'known' : formRefusals.known();
}
