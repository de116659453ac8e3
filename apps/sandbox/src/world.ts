import {
  type Merchant,
  type SandboxConfig,
  type SbpsService,
  type Settings,
  defaultSettings,
  type Shop,
} from './config.js';
import { Faults } from './faults.js';
import type { Journal, JournalEntry } from './journal.js';
import { OrderStore } from './makeshop/store.js';
import { NpLedger } from './np/ledger.js';
import { SbpsLedger } from './sbps/ledger.js';
import { OfficeBook, type OfficeOrder, type OfficeState } from './offices/book.js';

const merchantKey = ({ merchantCode, spCode, terminalId }: Merchant): string =>
  [merchantCode, spCode, terminalId].join(':');

const sbpsKey = ({ merchantId, serviceId }: SbpsService): string => `${merchantId}-${serviceId}`;

/** All that the stand-ins remember. One journal, replayed at start; counters live in memory only. */
export class World {
  readonly np: NpLedger;
  readonly orders: OrderStore;
  readonly faults: Faults;
  readonly merchants = new Map<string, Merchant>();
  readonly shops = new Map<string, Shop>();
  readonly sbps: SbpsLedger;
  readonly sbpsServices = new Map<string, SbpsService>();
  readonly settings: Settings;
  readonly #counts = new Map<string, number>();
  readonly #books = new Map<string, OfficeBook<OfficeOrder>>();
  readonly #offices = new Map<string, OfficeState>();

  constructor(
    readonly journal: Journal,
    readonly nowMs: () => number,
    config: SandboxConfig,
    entries: readonly JournalEntry[],
  ) {
    this.faults = new Faults(journal);
    this.np = new NpLedger(journal);
    this.sbps = new SbpsLedger(journal);
    this.orders = new OrderStore(journal);
    this.settings = { ...defaultSettings, ...config.settings };
    for (const merchant of config.merchants) this.merchants.set(merchantKey(merchant), merchant);
    for (const shop of config.shops) this.shops.set(shop.shopId, shop);
    for (const service of config.sbpsServices) this.sbpsServices.set(sbpsKey(service), service);
    for (const entry of entries) this.#replay(entry);
  }

  #replay({ kind, id, set }: JournalEntry): void {
    if (kind === 'np') this.np.restore(id, set);
    else if (kind === 'order') this.orders.restore(id, set);
    else if (kind === 'office-order') this.#restoreOfficeOrder(id, set);
    else if (kind === 'office') this.#offices.set(id, set as OfficeState);
    else if (kind === 'outcome') this.np.restoreOutcome(id, set);
    else if (kind === 'fault') this.faults.restore(id, set);
    else if (kind === 'settings') Object.assign(this.settings, set);
    else if (kind === 'shop') this.shops.set(id, set as Shop);
    else if (kind === 'sbps') this.sbps.restore(id, set);
    else if (kind === 'sbps-service') this.sbpsServices.set(id, set as SbpsService);
    else if (kind === 'merchant') this.merchants.set(id, set as Merchant);
    else this.#forget();
  }

  #forget(): void {
    this.np.clear();
    this.sbps.clear();
    this.orders.clear();
    for (const book of this.#books.values()) book.clear();
  }

  #restoreOfficeOrder(id: string, set: object): void {
    const cut = id.indexOf('/');
    this.book(id.slice(0, cut)).restore(id.slice(cut + 1), set);
  }

  /** The orders of one office, whose kind of order only that office writes. */
  book<Order extends OfficeOrder>(officeId: string): OfficeBook<Order> {
    const known = this.#books.get(officeId) ?? new OfficeBook(officeId, this.journal, this.nowMs);
    this.#books.set(officeId, known);
    return known as unknown as OfficeBook<Order>;
  }

  officeState(officeId: string): OfficeState {
    return this.#offices.get(officeId) ?? { exchange: null, exportedMs: 0 };
  }

  changeOfficeState(officeId: string, set: OfficeState): void {
    this.#offices.set(officeId, set);
    this.journal.append({ kind: 'office', id: officeId, set });
  }

  /** Changes settings; they survive a restart and outrank the configuration file. */
  changeSettings(set: Partial<Settings>): void {
    Object.assign(this.settings, set);
    this.journal.append({ kind: 'settings', id: '', set });
  }

  putMerchant(merchant: Merchant): void {
    this.merchants.set(merchantKey(merchant), merchant);
    this.journal.append({ kind: 'merchant', id: merchantKey(merchant), set: merchant });
  }

  putSbpsService(service: SbpsService): void {
    this.sbpsServices.set(sbpsKey(service), service);
    this.journal.append({ kind: 'sbps-service', id: sbpsKey(service), set: service });
  }

  putShop(shop: Shop): void {
    this.shops.set(shop.shopId, shop);
    this.journal.append({ kind: 'shop', id: shop.shopId, set: shop });
  }

  /** Forgets transactions, orders, outcomes, faults and counts; shops, merchants, settings and exchange folders stay. */
  reset(): void {
    this.#forget();
    this.faults.clear();
    this.#counts.clear();
    this.journal.append({ kind: 'reset', id: '', set: {} });
  }

  /** Counts one call of an operation. */
  count(operation: string): void {
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
