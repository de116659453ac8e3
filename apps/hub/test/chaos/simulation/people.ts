import type { Chance } from './chance.js';
import type { CartOrder, OutsideWorld } from './world.js';

/** What the people of the simulation act on, and by what chance. */
export interface Stage {
  readonly world: OutsideWorld;
  readonly chance: Chance;
  /** The numbers of all orders. */
  readonly numbers: readonly string[];
  /** How often an edit makes NP answer its former result for a while. */
  readonly staleAnswer: number;
}

type Act = (stage: Stage, order: CartOrder) => Promise<unknown>;

const on = (action: string, body?: (chance: Chance) => object): Act => {
  return ({ world, chance }, { displayOrderNumber: number }) =>
    world.control('POST', `/makeshop/orders/${number}/${action}`, body?.(chance));
};

const edit = (changes: (stage: Stage) => object): Act => {
  return (stage, { displayOrderNumber: number }) =>
    stage.world.control('PATCH', `/makeshop/orders/${number}`, changes(stage));
};

const both = (party: object) => ({ sender: party, receiver: party });

/** An address and a phone number that pass every check, whatever was wrong before. */
const soundParty = (chance: Chance): object => ({
  post: '530-0001',
  prefecture: '大阪府',
  address: '大阪市北区梅田1-1-1',
  address2: `若葉ビル${chance.between(101, 999)}`,
  tel: `090${chance.between(10_000_000, 99_999_999)}`,
});

/** What makes the sandbox's NP answer its former result for a while, and then hold the order, or approve it again. */
function magicOf({ chance, staleAnswer }: Stage): string {
  if (!chance.happens(staleAnswer)) return '';
  return chance.happens(0.5) ? '古い00保留RE009' : '古い00';
}

const acts: Readonly<Record<string, Act>> = {
  ship: on('ship', (chance) => ({
    slipNumber: String(chance.between(100_000_000_000, 999_999_999_999)),
    deliveryCompanyCode: chance.pick(['001', '002', '003', '006', '019']),
  })),
  withdraw: on('withdraw-shipment', () => ({})),
  cancel: on('cancel'),
  delete: on('delete'),
  other: on('payment-method', () => ({ payMethod: 'R' })),
  paint: on('word', (chance) => ({
    paymentStatus: chance.pick(['審査OK', '審査NG', '審査中', '出荷報告完了']),
  })),
  items: edit(({ chance }) => ({
    items: [{ productName: '手ぬぐい', priceYen: chance.between(1_000, 4_000), quantity: 2 }],
  })),
  move: edit((stage) => both({ address2: `若葉荘${stage.chance.between(101, 909)}号室${magicOf(stage)}` })),
  correct: edit(({ chance }) => both(soundParty(chance))),
  part: async (stage, order) => {
    const { chance, world } = stage;
    const shopTransactionId = world.lastAtNp(order.displayOrderNumber)?.shopTransactionId;
    if (shopTransactionId !== undefined && chance.happens(0.2)) {
      const refuse = { reregister: [chance.pick(['E0131006', 'E0131011'])] };
      const outcome = { result: 'approve', refuse };
      await world.control('POST', '/np/outcome', { shop_transaction_id: shopTransactionId, outcome });
    }
    await acts['less']?.(stage, order);
  },
  // Nearly always less than before; where it is more, nothing can be re-registered.
  less: edit(({ chance }) => ({
    items: [{ productName: '手ぬぐい', priceYen: chance.between(300, 1_500), quantity: 1 }],
  })),
  pay: async ({ world }, { displayOrderNumber }) => {
    const np = world.lastAtNp(displayOrderNumber);
    if (np?.state === 'reported')
      await world.control('POST', '/np/pay', { np_transaction_id: np.npTransactionId });
  },
};

/** What people at the shop do when makeshop shows a word, at its best and at its worst moments. */
const byWord: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  審査OK: { ship: 75, move: 25, items: 10, cancel: 7, delete: 3, other: 3, paint: 2 },
  審査保留: { correct: 70, cancel: 10, other: 10 },
  要確認: { correct: 75, cancel: 8, other: 5 },
  審査NG: { other: 60, cancel: 15, delete: 5 },
  審査中: { move: 8, items: 4, cancel: 5, delete: 1, none: 60 },
  審査待ち: { items: 5, cancel: 4, ship: 2, other: 2, none: 60 },
  '審査待ち(準備中)': { items: 4, cancel: 3, delete: 2, none: 60 },
  出荷報告中: { withdraw: 1, cancel: 4, none: 20 },
  出荷報告完了: { pay: 20, cancel: 3, part: 25, none: 20, paint: 1 },
};

/** What the cart tells of a change. */
export interface Notice {
  readonly event: 'order_updated' | 'order_deleted';
  readonly number: string;
}

const looks = 8;

/** One person does one thing to one order by chance; gives what the cart tells of it. */
export async function actOnce(stage: Stage): Promise<Notice | null> {
  const { world, chance } = stage;
  for (let look = 0; look < looks; look += 1) {
    const number = chance.pick(stage.numbers);
    const order = number === undefined ? null : await world.order(number);
    const isOpen = order && !order.isDeleted && order.payMethod === 'N';
    const weights = isOpen && byWord[order.paymentStatus];
    if (weights) return act(stage, order, chance.weighted(weights));
  }
  return null;
}

async function act(stage: Stage, order: CartOrder, name: string): Promise<Notice | null> {
  const closed = order.deliveries.every(({ status }) => status === 'C');
  const does = acts[name];
  if (closed || !does || !fits(name, order)) return null;
  await does(stage, order);
  const event = name === 'delete' ? 'order_deleted' : 'order_updated';
  return { event, number: order.displayOrderNumber };
}

/** What has left is not packed again, and only what has left can come back. */
function fits(name: string, { deliveries }: CartOrder): boolean {
  const left = deliveries[0]?.status === 'Y';
  if (name === 'withdraw') return left;
  const beforehand = ['ship', 'items', 'move', 'correct', 'delete', 'other'];
  return !(left && beforehand.includes(name));
}
