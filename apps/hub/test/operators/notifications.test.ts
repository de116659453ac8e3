import { createHmac, randomUUID } from 'node:crypto';
import {
  channelsViewSchema,
  newChannelViewSchema,
  type ChannelTest,
  type ChannelView,
  type CodeCardView,
  type NewChannelView,
  type UnknownCode,
} from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import { AlertCollector } from '../../src/notifications/collector.js';
import { quietUntil, nextMinute } from '../../src/notifications/quiet.js';
import { callOf } from '../../src/notifications/targets.js';
import { startReceiver, type Receiver } from '../open/receiver.js';
import { cartOf, type Cart } from '../path/cart.js';
import type { ApiAnswer } from '../support/client.js';
import { addConnection, password, startTestHub, type TestHub } from '../support/hub.js';
import { startMailServer, type MailServer } from './mail-server.js';

let hub: TestHub;
let cart: Cart;
let receiver: Receiver;
let mail: MailServer;

beforeAll(async () => {
  receiver = await startReceiver();
  mail = await startMailServer();
  hub = await startTestHub({
    variables: {
      NP_HUB_WEBHOOK_PRIVATE: 'on',
      NP_HUB_SMTP_URL: mail.url,
      NP_HUB_MAIL_FROM: 'hub@example.jp',
      NP_HUB_PUBLIC_URL: 'https://hub.example.jp',
    },
  });
  cart = cartOf(hub);
}, 60_000);
afterAll(async () => {
  await hub.stop();
  await receiver.stop();
  await mail.stop();
});

const usual = { shopIds: null, language: 'ja', quietFrom: null, quietTo: null, digestAt: null };

async function add(
  target: object,
  changes: object = {},
  login = 'support',
): Promise<ApiAnswer<NewChannelView>> {
  const body = { ...usual, name: 'x', topics: ['ng', 'hold', 'stop'], ...changes, target };
  return (await hub.as(login)).post<NewChannelView>('/notifications/channels', body);
}

async function channelOf(id: string, login = 'support'): Promise<ChannelView | undefined> {
  const { body } = await (await hub.as(login)).get<object>('/notifications/channels');
  return channelsViewSchema.parse(body).channels.find((one) => one.id === id);
}

const textTo = (path: string): string =>
  receiver
    .callsTo(path)
    .map(({ text }) => text)
    .join('\n');

/** Lets the time pass for which the hub waits for more. */
const afterBatch = (): void => hub.clock.forward(60_000);

test('tells orders in one message each channel, without personal data, and repeats after a refusal', async () => {
  receiver.behaviour.set('/slack', { status: 500 });
  const slack = await add({ kind: 'slack', url: `${receiver.url}/slack` });
  const webhook = await add({ kind: 'webhook', url: `${receiver.url}/signed` });
  const post = await add({ kind: 'mail', address: 'staff@example.jp' });
  expect([slack.status, webhook.status, post.status]).toEqual([201, 201, 201]);
  const { channel, secret } = newChannelViewSchema.parse(webhook.body);
  expect(JSON.stringify(await channelOf(channel.id))).not.toContain(secret ?? '-');

  const sender = { name: '東雲 あかり', tel: '090-1357-2468' };
  const orders = [
    await cart.place({ sender: { ...sender, address2: '審査NG001' } }),
    await cart.place({ sender: { ...sender, tel: '090-1357-2469', address2: '審査NG002' } }),
  ];
  for (const order of orders) await hub.until(order, 'rejected');
  await hub.eventually(async () => ((await channelOf(channel.id))?.waiting ?? 0) === 2);
  expect(receiver.callsTo('/signed')).toHaveLength(0);
  afterBatch();
  await hub.eventually(async () => receiver.callsTo('/signed').length > 0 && mail.mails.length > 0);
  await hub.eventually(async () => receiver.callsTo('/slack').length > 0);
  receiver.behaviour.set('/slack', { status: 200 });
  await hub.eventually(async () => {
    hub.clock.forward(1_000);
    return receiver.callsTo('/slack').some(({ status }) => status === 200);
  });

  const [signed] = receiver.callsTo('/signed');
  expect(receiver.callsTo('/signed')).toHaveLength(1);
  const [, time = '', digest] =
    /^t=(\d+),v1=(\w+)$/u.exec(String(signed?.headers['x-np-hub-signature'])) ?? [];
  expect(digest).toBe(
    createHmac('sha256', secret ?? '')
      .update(`${time}.${signed?.text ?? ''}`)
      .digest('hex'),
  );
  const [row] = [await hub.stored(orders[0] ?? '')];
  for (const text of [textTo('/slack'), textTo('/signed')]) {
    for (const order of orders) expect(text).toContain(order);
    for (const personal of ['東雲', '1357', '審査NG001']) expect(text).not.toContain(personal);
  }
  expect(textTo('/slack')).toContain(`https://hub.example.jp/transactions/${hub.shopId}/${row?.id ?? ''}`);
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toContain('To: staff@example.jp');
  expect(await channelOf(channel.id)).toMatchObject({ waiting: 0, failures: 0, trouble: null });
});

test('a code that nobody knows is told once, gets one card, and is then explained to everybody', async () => {
  const support = await hub.as('support');
  await add({ kind: 'slack', url: `${receiver.url}/codes` }, { topics: ['first-seen'] });
  for (const tel of ['090-1100-2233', '090-1100-2244']) {
    const order = await cart.place({ sender: { tel, address2: 'エラーE0109999' } });
    await hub.until(order, 'blocked');
  }
  const unknown = async () => (await support.get<UnknownCode[]>('/codes/unknown')).body;
  await hub.eventually(async () => (await unknown()).length > 0);
  expect((await unknown()).map(({ code }) => code)).toEqual(['E0109999']);
  afterBatch();
  await hub.eventually(async () => receiver.callsTo('/codes').length > 0);
  expect(textTo('/codes').match(/E0109999/gu)).toHaveLength(1);

  const card = {
    title: { ja: '住所の形式' },
    explanation: { ja: '説明' },
    fix: { en: 'Correct it' },
    actor: 'shop',
  };
  expect((await support.put('/codes/E0109999', { ...card, title: {} })).status).toBe(400);
  expect((await support.put('/codes/E0109999', card)).status).toBe(200);
  expect((await support.put('/codes/E0109999', { ...card, title: { ja: '別の題' } })).status).toBe(200);
  expect(await unknown()).toEqual([]);
  const cards = (await (await hub.as('viewer')).get<CodeCardView[]>('/codes')).body;
  const mine = cards.filter(({ code }) => code === 'E0109999');
  expect(mine).toHaveLength(1);
  expect(mine[0]).toMatchObject({ title: { ja: '別の題', en: '別の題' }, staff: { by: 'support' } });
  expect((await support.put(`/codes/${cards[0]?.code ?? ''}`, card)).status).toBe(409);
  const audited = await hub.database.query<{ action: string }[]>(
    `select action from audit where object = 'code:E0109999'`,
  );
  expect(audited).toHaveLength(2);
  expect((await support.delete('/codes/E0109999')).status).toBe(204);
  expect(await unknown()).toHaveLength(1);
});

test('nobody is told of shops that are not theirs, and each sees their own channels alone', async () => {
  const accounts = hub.app.get(Accounts, { strict: false });
  await accounts.ensureUser({
    login: 'other',
    name: 'O',
    role: 'support',
    password,
    shopIds: [randomUUID()],
  });
  await hub.database.query(`update users set shop_ids = '{}' where login = 'other'`);
  const wide = await add({ kind: 'slack', url: `${receiver.url}/other` }, {}, 'other');
  expect(wide.status).toBe(201);
  expect(
    (await add({ kind: 'slack', url: `${receiver.url}/other` }, { shopIds: [hub.shopId] }, 'other')).status,
  ).toBe(400);
  const { id } = wide.body.channel;
  expect(
    (await (await hub.as('support')).patch(`/notifications/channels/${id}`, { paused: true })).status,
  ).toBe(404);
  const mine = await add({ kind: 'slack', url: `${receiver.url}/mine` });
  const order = await cart.placeMagic('審査NG002');
  await hub.until(order, 'rejected');
  await hub.eventually(async () => ((await channelOf(mine.body.channel.id))?.waiting ?? 0) > 0);
  afterBatch();
  await hub.eventually(async () => textTo('/mine').includes(order));
  expect(receiver.callsTo('/other')).toHaveLength(0);
});

test('an outage is told once; a digest waits for its minute; a test goes at once', async () => {
  const at = hub.clock.now();
  const minute = ((Math.floor((at.getTime() + 9 * 3_600_000) / 60_000) % 1_440) + 120) % 1_440;
  const digest = await add(
    { kind: 'slack', url: `${receiver.url}/digest` },
    { topics: ['outage'], digestAt: minute },
  );
  const { id } = digest.body.channel;
  // One that no order uses: nothing that goes well on it ends its trouble meanwhile.
  const connectionId = await addConnection(hub);
  await hub.database.query(
    `update connections set trouble = 'unauthorized: HTTP 401', trouble_since = $1, recovery = 'down', paused_until = $2
     where id = $3`,
    [at, new Date(at.getTime() + 10 * 86_400_000), connectionId],
  );
  await hub.eventually(async () => ((await channelOf(id))?.waiting ?? 0) === 1);
  await hub.app.get(AlertCollector, { strict: false }).run();
  expect((await channelOf(id))?.waiting).toBe(1);
  afterBatch();
  const test = await (await hub.as('support')).post<ChannelTest>(`/notifications/channels/${id}/test`);
  expect(test.body).toMatchObject({ ok: true });
  expect(textTo('/digest')).not.toContain('認証情報');
  hub.clock.forward(2 * 3_600_000);
  await hub.eventually(async () => textTo('/digest').includes('認証情報'));
});

test('quiet hours go over midnight in Japan', () => {
  const hours = { quietFrom: 22 * 60, quietTo: 7 * 60, digestAt: null };
  expect(quietUntil(new Date('2026-11-28T15:30:00Z'), hours)).toEqual(new Date('2026-11-28T22:00:00Z'));
  expect(quietUntil(new Date('2026-11-28T13:00:00Z'), hours)).toEqual(new Date('2026-11-28T22:00:00Z'));
  expect(quietUntil(new Date('2026-11-28T22:00:00Z'), hours)).toBeNull();
  expect(nextMinute(new Date('2026-11-28T22:00:00Z'), 7 * 60)).toEqual(new Date('2026-11-29T22:00:00Z'));
});

test('nothing that comes from outside becomes a mention', () => {
  const about = {
    id: 'x',
    at: new Date(0),
    message: { title: 't', lines: ['[toall] <!channel>'] },
    alerts: [],
  };
  const chatwork = callOf({ kind: 'chatwork', token: 'x'.repeat(10), room: '1' }, about);
  expect(new URLSearchParams(chatwork.body).get('body')).not.toContain('[toall]');
  expect(callOf({ kind: 'slack', url: 'https://a.example/' }, about).body).not.toContain('<!');
});
