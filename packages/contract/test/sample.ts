import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type CartAdapter,
  type FileOrder,
  type FileRow,
  type HttpClient,
  type OrderReading,
  type OutgoingWords,
  type WebhookRequest,
  cellText,
  errorOfStatus,
  everyPage,
  problemAt,
  unreadableText,
  writtenTime,
  writtenYen,
} from '@np-hub/kit';
import { mapWord, partySchema, wordKeys } from '@np-hub/model';
import type { AdapterSubject } from '../src/adapter-subject.js';

const text = { ja: '見本', en: 'sample' };
/** zod types `title` as one string, ours has two languages: hence the narrow type. */
const secretField: { secret: boolean } = Object.assign({ secret: true }, { title: text, help: text });
/** zod by way of the model, which is all that this package depends on. */
const settingsSchema = partySchema.pick({}).extend({
  secret: partySchema.shape.name.meta(secretField),
});
export interface SampleSettings {
  readonly secret: string;
}

const isRow = (value: unknown): value is FileRow =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((cell) => typeof cell === 'string');

const row = (raw: unknown, layout: string): FileRow | undefined => {
  const rows: unknown = typeof raw === 'object' && raw !== null ? (raw as FileOrder)[layout] : undefined;
  const last: unknown = Array.isArray(rows) ? rows.at(-1) : undefined;
  return isRow(last) ? last : undefined;
};

/** Reads one row of orders and the newest slip; plain on purpose, to be broken by mutants in one place at a time. */
export function readSample(raw: unknown): OrderReading {
  const [order, slip] = [row(raw, 'orders'), row(raw, 'slips')];
  const orderNumber = cellText(order ?? slip ?? {}, 'number');
  if (orderNumber === '')
    return { kind: 'unreadable', orderNumber: null, problems: [problemAt('number', unreadableText)] };
  if (!order) return { kind: 'incomplete', orderNumber, missing: ['orders'] };
  const of = (column: string) => cellText(order, column);
  const [orderedAt, billedYen] = [writtenTime(of('orderedAt')), writtenYen(of('billed'))];
  if (orderedAt === null || billedYen === null)
    return { kind: 'unreadable', orderNumber, problems: [problemAt('orderedAt or billed', unreadableText)] };
  const party = (prefix: string) => ({
    name: of(`${prefix}Name`),
    postalCode: '107-0052',
    address: of(`${prefix}Address`),
    phone: '03-0000-0000',
  });
  const buyer = party('buyer');
  const receivers = [party('receiver'), party('second')].filter(({ name }) => name !== '');
  const carrier = slip ? mapWord({ ヤマト: 'yamato' } as const, cellText(slip, 'carrier')) : null;
  return {
    kind: 'order',
    order: {
      orderNumber,
      orderedAt,
      changedAt: null,
      status: mapWord({ 新規: 'open', 取消: 'cancelled' } as const, of('status')),
      payment: mapWord({ NP後払い: 'np', 代引き: 'other' } as const, of('payment')),
      npWord: null,
      npTransactionId: null,
      settlementType: '02',
      buyer,
      destinations: receivers,
      lines: [{ name: '品', unitPriceYen: billedYen, quantity: 1 }],
      billedYen,
      parcels: slip ? [{ carrier, slipNumber: cellText(slip, 'slip'), shippedAt: orderedAt }] : [],
      flags: receivers.length > 1 ? ['several-destinations'] : [],
      note: '',
    },
  };
}

const words: OutgoingWords = Object.fromEntries(
  wordKeys.map((key) => [key, key === 'approved' ? '与信OK' : '与信中']),
) as OutgoingWords;

const signature = (body: string, at: string, secret: string): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');

const slipShape = /(?:\d-?){9,13}\d/;

export const soundAdapter: CartAdapter<SampleSettings> = {
  id: 'sample',
  label: text,
  settings: settingsSchema,
  words,
  shippingWords: ['与信OK'],
  editOpenWord: null,
  readOrder: readSample,
  file: {
    layouts: [
      {
        id: 'orders',
        label: text,
        help: text,
        columns: {
          number: { label: text, headers: ['注文番号'], required: true },
          orderedAt: { label: text, headers: ['注文日時'], required: true },
          status: { label: text, headers: ['状態'] },
          payment: { label: text, headers: ['支払方法'] },
          billed: { label: text, headers: ['請求額'] },
          buyerName: { label: text, headers: ['注文者'] },
          buyerAddress: { label: text, headers: ['住所'] },
          receiverName: { label: text, headers: ['送付先'] },
          receiverAddress: { label: text, headers: ['送付先住所'] },
          secondName: { label: text, headers: ['送付先2'] },
          secondAddress: { label: text, headers: ['送付先住所2'] },
        },
        orderNumberOf: (cells) => cellText(cells, 'number'),
      },
      {
        id: 'slips',
        label: text,
        help: text,
        columns: {
          number: { label: text, headers: ['管理番号'], required: true, position: 0, shape: /\d+/ },
          slip: { label: text, headers: ['伝票番号'], required: true, position: 1, shape: slipShape },
          carrier: { label: text, headers: ['配送業者'], position: 2 },
        },
        orderNumberOf: (cells) => cellText(cells, 'number'),
        rowKeyOf: (cells) => cellText(cells, 'slip'),
      },
    ],
    results: {
      encoding: 'cp932',
      fileName: (at) => `result_${at.toISOString().replaceAll(/\D/g, '')}.csv`,
      header: ['注文番号', '状況', '指示'],
      row: ({ orderNumber, word, instruction }) => [orderNumber, word, instruction ?? ''],
    },
  },
  pull: {
    fetchOrders: ({ http, clock }) =>
      everyPage('sample', async (page) => {
        const response = await http.send({ method: 'GET', url: `https://cart.example/orders?page=${page}` });
        const failure = errorOfStatus(response, 'sample', clock);
        if (failure) throw failure;
        return response.json as { total: number; orders: unknown[] };
      }),
    checkConnection: () => Promise.resolve({ kind: 'ok', message: text }),
  },
  push: {
    enabled: () => true,
    pushStatus: async ({ http, clock }, updates) => {
      const failure = errorOfStatus(
        await http.send({ method: 'POST', url: 'https://cart.example/' }),
        'sample',
        clock,
      );
      if (failure) throw failure;
      return updates.map(() => ({ kind: 'done' }));
    },
  },
  webhook: {
    read: ({ headers, body }, { secret }) => {
      const given = Buffer.from(headers['x-signature'] ?? '');
      const expected = Buffer.from(signature(body.toString(), headers['x-at'] ?? '', secret));
      const isGood = given.length === expected.length && timingSafeEqual(given, expected);
      return isGood
        ? { kind: 'hint', orderNumbers: ['1'], deleted: [] }
        : { kind: 'rejected', reason: 'bad-signature' };
    },
  },
  instructions: ['change-to-cod'],
  buttons: [{ action: 'report', label: text, states: ['approved'] }],
  reminders: [{ states: ['released'], text }],
  defaultPolicies: { onRejected: 'change-to-cod' },
};

const header = '注文番号,注文日時,状態,支払方法,請求額,注文者,住所,送付先,送付先住所,送付先2,送付先住所2';
const order = (number: number, status: string, rest: string) =>
  `${header}\r\n${number},2026/11/20 9:05,${status},${rest}\r\n`;
const buyer = '見本 花子,東京都港区赤坂1-2-3';

/** Fixtures by file name. */
export const soundFixtures: Readonly<Record<string, string>> = {
  'plain.orders.in.csv': order(1, '新規', `NP後払い,"5,100",${buyer},,,,`),
  'cancelled.orders.in.csv': order(2, '取消', `NP後払い,5100,${buyer},,,,`),
  'shipped.orders.in.csv': order(3, '新規', `NP後払い,5100,${buyer},,,,`),
  'shipped.slips.in.csv': '3,1234-5678-9012,ヤマト\r\n',
  'other-payment.orders.in.csv': order(4, '新規', `代引き,5100,${buyer},,,,`),
  'gift.orders.in.csv': order(5, '新規', `NP後払い,5100,${buyer},見本 太郎,大阪市北区,,`),
  'two.orders.in.csv': order(6, '新規', `NP後払い,5100,${buyer},見本 太郎,大阪市北区,見本 次郎,札幌市中央区`),
  'unreadable.orders.in.csv': order(7, '新規', `NP後払い,,${buyer},,,,`),
  'slip-alone.slips.in.csv': '8,1234-5678-9013,ヤマト\r\n',
};

/** Writes a package with these fixtures, with goldens as the sound adapter reads them. */
export function writePackage(fixtures: Readonly<Record<string, string | null>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'np-hub-contract-')), 'adapter-sample');
  const files: Readonly<Record<string, string | null>> = {
    'package.json': JSON.stringify({ dependencies: { '@np-hub/kit': 'workspace:*' } }),
    'src/index.ts': "import { defineAdapter } from '@np-hub/kit';\n",
    ...Object.fromEntries(Object.entries(fixtures).map(([name, content]) => [`fixtures/${name}`, content])),
  };
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A cart that holds so many orders, 100 on a page. */
function cartHolding(count: number): HttpClient {
  return {
    send: ({ url }) => {
      const page = Number(new URL(url).searchParams.get('page'));
      const orders = Array.from({ length: count }, (_, index) => ({ number: index }));
      const json = { total: count, orders: orders.slice((page - 1) * 100, page * 100) };
      return Promise.resolve({ status: 200, headers: {}, json });
    },
  };
}

const settings = { secret: 'sample-secret-0000' };

export const subjectOf = (
  adapter: CartAdapter<SampleSettings>,
  folder: string,
): AdapterSubject<SampleSettings> => ({
  adapter: Object.freeze(adapter),
  settings,
  folder,
  pull: { cartHolding },
  push: { cartRefusing: () => cartHolding(0) },
  webhook: {
    body: '{}',
    sign: (body, at): WebhookRequest => {
      const time = String(at.getTime());
      return {
        headers: { 'x-at': time, 'x-signature': signature(body, time, settings.secret) },
        body: Buffer.from(body),
      };
    },
  },
});
