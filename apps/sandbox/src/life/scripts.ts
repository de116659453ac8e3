import { type Outcome, outcomeSchema } from '../np/magic.js';
import type { Order, Party } from '../makeshop/store.js';
import type { Staff } from '../makeshop/staff.js';
import { between, pick, type Random } from '../random.js';
import type { World } from '../world.js';
import { makeMobileNumber, postalCodeOf } from './generate.js';

interface StepContext {
  readonly world: World;
  readonly staff: Staff;
  readonly random: Random;
  readonly order: Order;
}

/** What staff (or the buyer) do once makeshop shows one of the words, and whether they take long over it. */
interface Step {
  readonly words: readonly string[];
  readonly act: (context: StepContext) => void;
  readonly slow?: boolean;
}

/** One kind of order: how it begins, what NP will say, and what people do with it. */
interface Script {
  readonly weight: number;
  readonly ja: string;
  readonly spoil?: (party: Party) => Partial<Party>;
  readonly outcome?: Partial<Outcome>;
  readonly steps: readonly Step[];
}

const carriers = ['001', '002', '003', '006', '019'];

const ship: Step = {
  words: ['審査OK'],
  act: ({ staff, random, order }) =>
    staff.ship(
      order,
      null,
      `${between(random, 1000, 9999)}-${between(random, 1000, 9999)}-${between(random, 1000, 9999)}`,
      pick(random, carriers),
    ),
};

const pay: Step = {
  words: ['出荷報告完了'],
  act: ({ world, order }) => {
    const reported = world.np.withShopTransactionId(order.displayOrderNumber).find((known) => known.report);
    if (reported && reported.cancelledAtMs === null) {
      world.np.change(reported, { paidAtMs: world.nowMs() });
    }
  },
};

/** A change of the buyer, and of the receiver where it is the same person. */
function correct(words: readonly string[], change: (party: Party, random: Random) => Partial<Party>): Step {
  return {
    words,
    act: ({ staff, random, order }) => {
      const sender = change(order.sender, random);
      const { email: _email, ...receiver } = sender;
      const same = order.deliveries.filter(({ receiver: { name } }) => name === order.sender.name);
      staff.edit(
        order,
        {},
        sender,
        same.map(({ deliveryId }) => ({ deliveryId, receiver })),
      );
    },
  };
}

const needsCheck = ['要確認'];

export const scripts: Readonly<Record<string, Script>> = {
  paid: { weight: 26, ja: '審査OK → 出荷 → 入金', steps: [ship, pay] },
  shipped: { weight: 14, ja: '審査OK → 出荷', steps: [ship] },
  'hold-address': {
    weight: 9,
    ja: '保留(住所) → 建物名を追記 → 出荷',
    outcome: { result: 'hold', hold: ['RE009'], onlyOnce: true },
    steps: [correct(['審査保留'], () => ({ address2: '第二コーポ305号室' })), ship, pay],
  },
  'hold-phone': {
    weight: 5,
    ja: '保留(電話番号) → 番号を訂正 → 出荷',
    outcome: { result: 'hold', hold: ['RE021'], onlyOnce: true },
    steps: [correct(['審査保留'], (_party, random) => ({ tel: makeMobileNumber(random) })), ship],
  },
  rejected: {
    weight: 7,
    ja: '審査NG → 代金引換へ変更',
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [{ words: ['審査NG'], act: ({ staff, order }) => staff.changePaymentMethod(order, 'R') }],
  },
  'long-address': {
    weight: 5,
    ja: '住所が長すぎる → 短くする → 出荷',
    spoil: () => ({
      address2:
        '中央第一ショッピングセンター別館南棟ビルディング12階1203号室 さくら工芸株式会社気付 総務部資材課',
    }),
    steps: [correct(needsCheck, () => ({ address2: '南棟1203号室' })), ship],
  },
  'short-phone': {
    weight: 5,
    ja: '電話番号が9桁 → 訂正 → 出荷',
    spoil: () => ({ tel: '031234567' }),
    steps: [correct(needsCheck, (_party, random) => ({ tel: makeMobileNumber(random) })), ship],
  },
  'wrong-postal-code': {
    weight: 4,
    ja: '郵便番号と住所の不一致 → 訂正 → 出荷',
    spoil: ({ post }) => ({ post: post.startsWith('9') ? '530-0001' : '900-0015' }),
    steps: [correct(needsCheck, ({ address, post }) => ({ post: postalCodeOf(address) ?? post })), ship],
  },
  'refused-by-np': {
    weight: 4,
    ja: 'NPが登録を拒否 → 住所を訂正 → 出荷',
    outcome: { refuse: { register: ['E0100061'] }, onlyOnce: true },
    steps: [correct(needsCheck, () => ({ address2: 'メゾン緑202' })), ship],
  },
  edited: {
    weight: 7,
    ja: '審査OK → 住所を変更 → 再審査 → 出荷',
    steps: [correct(['審査OK'], () => ({ address2: 'ハイツ若葉102' })), ship, pay],
  },
  cancelled: {
    weight: 5,
    ja: '審査OK → キャンセル',
    steps: [{ words: ['審査OK'], act: ({ staff, order }) => staff.cancel(order) }],
  },
  'cancelled-early': {
    weight: 3,
    ja: '審査中にキャンセル',
    steps: [{ words: ['審査待ち', '審査中'], act: ({ staff, order }) => staff.cancel(order) }],
  },
  deleted: {
    weight: 2,
    ja: '審査OK → 注文削除',
    steps: [{ words: ['審査OK'], act: ({ staff, order }) => staff.remove(order) }],
  },
  lapsed: {
    weight: 2,
    ja: '審査OK → 失効',
    outcome: { lapse: true },
    steps: [{ ...ship, slow: true }],
  },
  stuck: { weight: 2, ja: '審査中のまま', outcome: { result: 'review' }, steps: [] },
};

/** Makes a fresh order into one of a kind: spoils its data and tells NP what to answer. */
export function applyScript(world: World, order: Order, name: string): void {
  const script = scripts[name];
  if (!script) throw new Error(`No script ${name}`);
  if (script.spoil) {
    order.sender = { ...order.sender, ...script.spoil(order.sender) };
    order.deliveries = order.deliveries.map((delivery) => ({ ...delivery, receiver: order.sender }));
  }
  if (script.outcome) world.np.prepareOutcome(order.displayOrderNumber, outcomeSchema.parse(script.outcome));
}

/** One script by chance, under weights that may name only some. */
export function pickScript(random: Random, weights: Readonly<Record<string, number>>): string {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let left = random() * total;
  for (const [name, weight] of Object.entries(weights)) {
    left -= weight;
    if (left < 0) return name;
  }
  return Object.keys(weights)[0] ?? 'shipped';
}

export const defaultWeights: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(scripts).map(([name, { weight }]) => [name, weight]),
);

/** What goes on at a shop whose results come from SBPS: nothing in it depends on NP's own ledger or on a hold. */
export const relayWeights: Readonly<Record<string, number>> = {
  shipped: 12,
  edited: 2,
  cancelled: 2,
  'cancelled-early': 1,
  'short-phone': 2,
};
