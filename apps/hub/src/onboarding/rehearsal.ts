import { Inject, Injectable } from '@nestjs/common';
import { localProblem, notSent, type ConnectionCheck } from '@np-hub/kit';
import {
  actorOf,
  connectionOfMall,
  decide,
  gateOf,
  noWords,
  npTerms,
  plainRaw,
  policiesSchema,
  wordKeys,
  type Clock,
  type Order,
  type PolicyChanges,
  type Rehearsal,
  type RehearsedOrder,
  type RehearsedWord,
  type SideCheck,
  type WordAxis,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { isTakenOver } from '../intake/signs.js';
import type { Keyring } from '../security/keyring.js';
import { Connections } from '../shops/connections.js';
import { Outbound } from '../shops/outbound.js';
import { named } from '../shops/named.js';
import { sideCheckOf } from '../shops/side-check.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { readingContext, readingOf } from '../transactions/reading.js';
import { loadWordMaps } from '../words/word-maps.js';

/** A shop that does not exist yet: settings as they were typed. */
export interface ShopDraft {
  readonly adapter: string;
  readonly settings: Record<string, unknown>;
  readonly policies?: PolicyChanges | undefined;
  /** The shop it is copied from: its secrets stand in for those left blank, and its words are known. */
  readonly copyOf?: string | undefined;
  /** A saved connection, or a new one with its settings. */
  readonly connectionId?: string | undefined;
  readonly gateway?: string | undefined;
  readonly gatewaySettings?: Record<string, unknown> | undefined;
}

/** Enough to see what a shop's orders are like, few enough for one answer. */
const mostOrders = 30;
const daysBack = 14;
const dayMs = 86_400_000;
const deadlineMs = 25_000;

/** Shows what a shop would do before it exists: asks both sides, reads the latest orders, decides, and forgets. */
@Injectable()
export class Rehearsals {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Outbound) private readonly outbound: Outbound,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** How both sides answer. Nothing is saved. Throws the error of a schema whose settings are wrong. */
  async check(draft: ShopDraft): Promise<{ readonly gateway: SideCheck; readonly cart: SideCheck }> {
    const side = await this.gatewaySide(draft);
    const { adapter } = await this.cartSide(draft);
    const gateway = await sideCheckOf(side.gateway, () => side.check());
    const cart = await sideCheckOf(adapter, () => this.shops.check({ ...draft, id: draft.copyOf }));
    return { gateway, cart };
  }

  /** The connection test, and what would become of the cart's latest orders. Nothing is sent, nothing is written. */
  async run(draft: ShopDraft): Promise<Rehearsal> {
    const sides = await this.check(draft);
    const shop = await this.open(draft);
    const { adapter } = shop;
    const pulls = adapter.pull !== undefined && adapter.pull.enabled?.(shop.settings) !== false;
    const latest = pulls && sides.cart.ok ? await this.latest(shop) : { raws: [], more: false };
    const readings = latest.raws.map((raw) => adapter.readOrder(raw, shop.settings));
    const side = await this.gatewaySide(draft);
    const rules = this.shops.rulesOf(shop, side);
    const orders = readings.flatMap((reading): RehearsedOrder[] => {
      if (reading.kind === 'order') return [this.rehearse(shop, reading.order, rules)];
      if (reading.kind === 'unreadable')
        return [
          {
            ...untouched(reading.orderNumber ?? '', 'unreadable'),
            unread: reading.problems.map(localProblem),
          },
        ];
      return [];
    });
    const own = adapter.ownWords?.(shop.settings) ?? {};
    return {
      ...sides,
      pulls,
      orders,
      more: latest.more,
      words: wordsOf(
        shop,
        readings.flatMap((reading) => (reading.kind === 'order' ? [reading.order] : [])),
      ),
      outgoing: wordKeys.map((key) => {
        const word = own[key] ?? adapter.words[key];
        return { key, word: word === notSent ? null : (word as string) };
      }),
    };
  }

  private rehearse(shop: OpenShop, order: Order, rules: ReturnType<Shops['rulesOf']>): RehearsedOrder {
    const { orderNumber, orderedAt } = order;
    if (order.payment.kind === 'mapped' && order.payment.value === 'other')
      return untouched(orderNumber, 'paid-otherwise', orderedAt);
    if (order.status.kind === 'mapped' && ['cancelled', 'deleted'].includes(order.status.value))
      return untouched(orderNumber, 'closed', orderedAt);
    const { snapshot } = readingOf(order, {}, readingContext(this.keyring, shop));
    const at = this.clock.now().toISOString();
    const decision = decide(null, {
      type: 'order-received',
      at,
      seenAt: at,
      snapshot,
      takenOver: isTakenOver(shop, order),
      provisional: false,
      rules,
    });
    if (decision.kind === 'refused') return untouched(orderNumber, 'closed', orderedAt);
    const write = decision.effects.find(({ lane }) => lane === 'write');
    return {
      ...untouched(orderNumber, 'taken', orderedAt),
      billedYen: snapshot.payload.billedYen,
      state: decision.state,
      gate: gateOf(decision.facts).gate,
      actor: actorOf(decision.facts),
      operation: write?.lane === 'write' ? (write.run?.operation ?? null) : null,
      problems: [...snapshot.problems, ...(snapshot.obstacles ?? [])],
    };
  }

  /** The newest orders of the last days, the newest first. */
  private async latest(
    shop: OpenShop,
  ): Promise<{ readonly raws: readonly unknown[]; readonly more: boolean }> {
    const to = this.clock.now();
    const window = { from: new Date(to.getTime() - daysBack * dayMs), to };
    const raws: unknown[] = [];
    let complete = true;
    for await (const page of shop.adapter.pull?.fetchOrders(shop.io, window) ?? []) {
      raws.push(...page);
      // Carts tell their orders in no order that all of them share: a large shop shows some of its latest weeks.
      complete = raws.length < 20 * mostOrders && this.clock.now().getTime() - to.getTime() < deadlineMs;
      if (!complete) break;
    }
    const timeOf = (raw: unknown): string => {
      const reading = shop.adapter.readOrder(raw, shop.settings);
      return reading.kind === 'order' ? reading.order.orderedAt : '';
    };
    const dated = raws.map((raw) => ({ raw, at: Date.parse(timeOf(raw)) || 0 }));
    const newest = dated.sort((one, other) => other.at - one.at).slice(0, mostOrders);
    return { raws: newest.map(({ raw }) => raw), more: !complete || raws.length > mostOrders };
  }

  private async gatewaySide(draft: ShopDraft) {
    const { connectionId } = draft;
    if (connectionId !== undefined) {
      const open = await this.connections.open(connectionId);
      const check = (): Promise<ConnectionCheck> => open.gateway.checkConnection(open.io);
      return { id: connectionId, gateway: open.gateway, settings: open.settings, terms: open.terms, check };
    }
    const asked = { gateway: draft.gateway ?? '', settings: draft.gatewaySettings ?? {} };
    const { gateway, settings } = await named('gatewaySettings', () => this.connections.read(asked));
    const terms = gateway.termsOf?.(settings) ?? npTerms;
    return { id: 'new', gateway, settings, terms, check: () => this.connections.check(asked) };
  }

  private cartSide(draft: ShopDraft) {
    return named('settings', () => this.shops.read({ ...draft, id: draft.copyOf }));
  }

  private async open(draft: ShopDraft): Promise<OpenShop> {
    const { adapter, settings } = await this.cartSide(draft);
    const side = await this.gatewaySide(draft);
    const policies = policiesSchema.parse({ ...adapter.defaultPolicies, ...draft.policies });
    const known =
      draft.copyOf === undefined ? noWords : await loadWordMaps(this.database.manager, draft.copyOf);
    const others = await this.connections.termsOf(Object.values(policies.malls));
    return {
      id: 'rehearsal',
      name: '',
      adapter,
      settings,
      io: { settings, http: this.outbound.client('shop/rehearsal', null), clock: this.clock },
      policies,
      words: known,
      malls: { ...policies.malls, ...known.mall },
      terms: new Map([...others, [side.id, side.terms]]),
      // As if the hub had been responsible all along: these are the orders to come.
      takeoverAt: new Date(0),
      retiredAt: null,
      mode: 'draft',
      connectionId: side.id,
      mark: '',
    };
  }
}

const untouched = (
  orderNumber: string,
  outcome: RehearsedOrder['outcome'],
  orderedAt: string | null = null,
): RehearsedOrder => ({
  orderNumber,
  orderedAt: orderedAt === null ? null : new Date(orderedAt).toISOString(),
  billedYen: null,
  outcome,
  state: null,
  gate: null,
  actor: null,
  operation: null,
  problems: [],
  unread: [],
});

/** The words that stand in the orders, with the hub's meaning of each. */
function wordsOf(shop: OpenShop, orders: readonly Order[]): RehearsedWord[] {
  const found = new Map<string, RehearsedWord>();
  const note = (axis: WordAxis, raw: string, value: string | null): void => {
    const key = `${axis}:${raw}`;
    found.set(key, { axis, raw, value, orders: (found.get(key)?.orders ?? 0) + 1 });
  };
  const meaningOf = (axis: WordAxis, word: { kind: string; value?: string; raw?: string }): void => {
    const raw = plainRaw(word.raw ?? word.value ?? '');
    note(axis, raw, word.kind === 'mapped' ? (word.value ?? null) : (shop.words[axis][raw] ?? null));
  };
  for (const order of orders) {
    meaningOf('status', order.status);
    meaningOf('payment', order.payment);
    for (const { carrier } of order.parcels) if (carrier) meaningOf('carrier', carrier);
    const { mall } = order;
    const connectionId = connectionOfMall(order, shop.malls);
    if (mall && connectionId !== null) note('mall', plainRaw(mall), connectionId ?? null);
  }
  return [...found.values()];
}
