import type { OfficeDefinition } from '../offices/office.js';
import type { World } from '../world.js';
import { actions } from './actions.js';
import { coursesOf } from './courses.js';
import { readResults, writeOrders, writeShipments } from './files.js';
import { isClosed, makeStoreOrder, type StoreId, type StoreOrder, stores } from './order.js';
import { pages } from './page.js';
import { realTimeScripts } from './real-time-scripts.js';
import { realTimeOf } from './real-time.js';
import { settle } from './results.js';
import { scripts } from './scripts.js';
import { isNpPayment, npPayments, realTimePayment } from './words.js';

/** How far each store's results and orders have been looked at. */
const looked = new WeakMap<World, Map<string, { import: object | undefined; changeMs: number }>>();

/** A store's back office: 注文データ and 出荷データ out, 決済状況 in; its courses go on by themselves. */
const store = (id: StoreId): OfficeDefinition<StoreOrder> => ({
  id,
  label: stores[id].label,
  exports: {
    orders: { label: '注文データをダウンロード', exchanged: true, write: writeOrders },
    shipments: { label: '出荷データ', exchanged: false, write: writeShipments },
  },
  readResult: readResults,
  makeOrder: (random, index, placedAtMs) => makeStoreOrder(id, random, { index, placedAtMs }),
  npNumberOf: ({ number }) => number,
  scripts: id === 'subscription-store' ? scripts : realTimeScripts,
  wordOf: ({ orderStatus, creditStatus }) => (orderStatus === '出荷済み' ? orderStatus : creditStatus),
  isClosed: (order) => isClosed(order) || !isNpPayment(order.payment),
  actions,
  pages,
  nextIndex: ({ world }) => coursesOf(world, id).drawIndex(),
  checkout: ({ world }, order, { life, leaves }) => {
    const courses = coursesOf(world, id);
    if (!courses.store.isRealTime || order.payment !== npPayments[0]) return null;
    const asked = { ...order, payment: realTimePayment, feeYen: courses.settings.feeYen };
    return realTimeOf(world, id)
      .place('checkout', asked, { life, leaves })
      .then(({ orderNumber }) => courses.orders.get(orderNumber) ?? null);
  },
  close: ({ world }) => realTimeOf(world, id).close(),
  tick: ({ world, book, imports }, nowMs) => {
    const seen = looked.get(world) ?? new Map<string, { import: object | undefined; changeMs: number }>();
    looked.set(world, seen);
    const last = seen.get(id);
    const courses = coursesOf(world, id);
    if (last?.import !== imports[0]) for (const order of book.all()) settle(courses, order);
    if (last?.changeMs !== book.lastChangeMs) {
      for (const order of book.changedAfter(last?.changeMs ?? 0)) courses.courseOf(order);
    }
    seen.set(id, { import: imports[0], changeMs: book.lastChangeMs });
    for (const { number, payment } of courses.due(nowMs)) {
      if (courses.store.isRealTime && payment === realTimePayment) realTimeOf(world, id).generate(number);
      else courses.keepChild(courses.draftChild(number, '自動生成'));
    }
  },
});

/** The one that begins with NP後払い, and the one of the demo that asks in real time. */
export const subscriptionStores = [store('subscription-store'), store('subscription-store-real-time')];
