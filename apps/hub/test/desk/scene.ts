import { Accounts } from '../../src/accounts/accounts.js';
import { cartOf, type Cart } from '../path/cart.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';

export interface Desk {
  readonly hub: TestHub;
  readonly cart: Cart;
  readonly orders: Readonly<Record<'held' | 'blocked' | 'shipped' | 'rejected' | 'approved', string>>;
}

/** A hub with one order of each kind that the desk looks at, and a person `elsewhere` who may see none of them. */
export async function startDesk(given?: TestHub): Promise<Desk> {
  const hub = given ?? (await startTestHub());
  const cart = cartOf(hub);
  const sender = {
    name: '東雲 あかり',
    kana: 'シノノメ アカリ',
    tel: '090-1357-2468',
    address2: '保留RE009',
  };
  const orders = {
    held: await cart.place({ sender }),
    blocked: await cart.place({ sender: { name: '髙橋 一郎', tel: '031234567' } }),
    shipped: await cart.place({ sender: { name: '佐藤 花子', tel: '0669991111' } }),
    rejected: await cart.placeMagic('審査NG001'),
    approved: await cart.place(),
  };
  await hub.until(orders.shipped, 'approved');
  await cart.ship(orders.shipped, '1234-5678-9012');
  await hub.until(orders.shipped, 'reported');
  for (const state of ['held', 'blocked', 'rejected', 'approved'] as const)
    await hub.until(orders[state], state);
  const accounts = hub.app.get(Accounts, { strict: false });
  const shopIds = [hub.connectionId];
  await accounts.ensureUser({ login: 'elsewhere', name: 'E', role: 'support', password, shopIds });
  return { hub, cart, orders };
}
