import type { OfficeDefinition } from '../offices/office.js';
import type { World } from '../world.js';
import { actions } from './actions.js';
import { coursesOf } from './courses.js';
import { readResults, writeOrders, writeShipments } from './files.js';
import { isClosed, makeStoreOrder, orderBookId, type StoreOrder } from './order.js';
import { pages } from './page.js';
import { settle } from './results.js';
import { scripts } from './scripts.js';
import { isNpPayment } from './words.js';

/** How far each sandbox's results and orders have been looked at. */
const looked = new WeakMap<World, { import: object | undefined; changeMs: number }>();

/** サブスクストア's back office: 注文データ and 出荷データ out, 決済状況 in; its courses go on by themselves. */
export const subscriptionStore: OfficeDefinition<StoreOrder> = {
  id: orderBookId,
  label: 'サブスクストア',
  exports: {
    orders: { label: '注文データをダウンロード', exchanged: true, write: writeOrders },
    shipments: { label: '出荷データ', exchanged: false, write: writeShipments },
  },
  readResult: readResults,
  makeOrder: makeStoreOrder,
  npNumberOf: ({ number }) => number,
  scripts,
  wordOf: ({ orderStatus, creditStatus }) => (orderStatus === '出荷済み' ? orderStatus : creditStatus),
  isClosed: (order) => isClosed(order) || !isNpPayment(order.payment),
  actions,
  pages,
  tick: ({ world, book, imports }, nowMs) => {
    const last = looked.get(world);
    const courses = coursesOf(world);
    if (last?.import !== imports[0]) for (const order of book.all()) settle(world, order);
    if (last?.changeMs !== book.lastChangeMs) {
      for (const order of book.changedAfter(last?.changeMs ?? 0)) courses.courseOf(order);
    }
    looked.set(world, { import: imports[0], changeMs: book.lastChangeMs });
    courses.tick(nowMs);
  },
};
