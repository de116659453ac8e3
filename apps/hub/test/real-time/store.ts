import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestHub } from '../support/hub.js';
import { programOf } from '../open/any-system.js';
import { addRealTimeShop } from './support.js';

export interface Question {
  readonly number: string;
  readonly orderNumber: string;
  readonly screen: string;
  readonly outcome: string;
  readonly answer: {
    readonly result: string;
    readonly action: string;
    readonly instruction: string | null;
  } | null;
  readonly shown: string;
}
export interface CartOrder {
  readonly number: string;
  readonly payment: string;
  readonly orderStatus: string;
  readonly creditStatus: string;
  readonly shipmentStopped: boolean;
  readonly buyer: { readonly building: string };
  readonly course: { readonly number: string; readonly count: number; readonly generation: string } | null;
  readonly notices: readonly { readonly text: string }[];
}
export interface Course {
  readonly number: string;
  readonly status: string;
  readonly payment: string;
  readonly count: number;
  readonly lastOrder: string;
}
interface Refusal {
  readonly status: number;
  readonly message: string;
}

export type Decision = 'ok' | 'over-limit' | 'information' | 'other' | 'held' | 'lost';

/** One of the sandbox's サブスクストア, by its control, as its buyers and its staff use it. */
export class Store {
  constructor(
    private readonly hub: TestHub,
    readonly office: string,
  ) {}

  private at = (path: string): string => `/offices/${this.office}${path}`;

  /** Throws where the sandbox refuses; see `refused`. */
  post = <Body>(path: string, body: object = {}): Promise<Body> =>
    this.hub.control<Body>('POST', this.at(path), body);
  get = <Body>(path: string): Promise<Body> => this.hub.control<Body>('GET', this.at(path));
  set = (settings: object): Promise<unknown> => this.hub.control('PATCH', this.at('/settings'), settings);

  /** What the screen says where it refuses. */
  async refused(path: string, body: object = {}): Promise<Refusal> {
    const response = await fetch(`${this.hub.sandbox.url}/control${this.at(path)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, message: ((await response.json()) as { message: string }).message };
  }

  buy = (decision: Decision, more: object = {}, screen = 'checkout'): Promise<Question> =>
    this.post('/checkout', { screen, decision, ...more });
  order = (number: string): Promise<CartOrder> => this.get(`/orders/${number}`);
  async isThere(number: string): Promise<boolean> {
    const response = await fetch(`${this.hub.sandbox.url}/control${this.at(`/orders/${number}`)}`);
    return response.status === 200;
  }
  questions = (): Promise<Question[]> => this.get('/questions');
  async course(number: string): Promise<Course> {
    const found = (await this.get<Course[]>('/courses')).find((course) => course.number === number);
    if (!found) throw new Error(`No course ${number}`);
    return found;
  }

  /** A course whose first order is approved and there. */
  async startCourse(): Promise<string> {
    const { orderNumber, outcome, answer } = await this.buy('ok', { course: true });
    expect({ outcome, answer }).toMatchObject({ outcome: 'made' });
    const number = `C${orderNumber.slice(2)}`;
    await this.hub.eventually(async () =>
      (await this.get<Course[]>('/courses')).some((course) => course.number === number),
    );
    return number;
  }

  /** 発送予定日 comes near, so that the cart makes the next child order by itself; gives it once the answer is there. */
  async generated(course: string, decision: Decision): Promise<CartOrder> {
    const before = await this.course(course);
    const [day = ''] = new Date(this.hub.clock.now().getTime() + 9 * 3_600_000).toISOString().split('T');
    await this.post('/next-decision', { decision });
    await this.post(`/courses/${course}/next-shipment`, { nextShipOn: day });
    await this.hub.eventually(async () => (await this.course(course)).count > before.count);
    return this.order((await this.course(course)).lastOrder);
  }
}

/** A store that asks this hub in real time, with 注文データ and results by a folder. */
export async function realTimeStore(
  hub: TestHub,
  folder: string,
  policies: object = {},
): Promise<{ store: Store; shopId: string }> {
  const { shopId } = await addRealTimeShop(hub, { adapter: 'subscription-store', policies });
  const store = new Store(hub, 'subscription-store-real-time');
  await openRealTime(hub, store, shopId);
  await hub.control('PATCH', `/offices/${store.office}`, { exchange: join(folder, shopId) });
  return { store, shopId };
}

/** The cart's side of the switch, all of it. */
async function openRealTime(hub: TestHub, store: Store, shopId: string): Promise<void> {
  const merchant = hub.sandbox.config.merchants.find(({ mode }) => mode === 'real-time');
  await store.post('/service', {
    service: 'NP後払い(リアルタイム)',
    merchantCode: merchant?.merchantCode,
    spCode: merchant?.spCode,
  });
  await store.set({
    visibility: '消費者に表示',
    feeYen: 220,
    explanation: '後払い',
    carrierCodes: { ヤマト運輸: '59010', 佐川急便: '50000', ゆうパック: '59041' },
    hub: { url: hub.url, shopId, apiKey: (await programOf(hub, shopId)).key },
  });
  await store.post('/replace-payment', { target: 'products', sure: true });
}

export const exchangeFolder = (): { folder: string; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-exchange-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
