import type { AuthorizeAnswer, Screen, ShopView } from '@np-hub/model';
import { addConnection, type TestHub } from '../support/hub.js';
import type { ApiAnswer } from '../support/client.js';
import { orderBody } from '../open/any-system.js';

/** A live shop whose connection is in real time: the sandbox's second merchant. */
export async function addRealTimeShop(
  hub: TestHub,
  {
    policies = {},
    adapter = 'any-system',
    settings = {},
  }: { policies?: object; adapter?: string; settings?: object } = {},
): Promise<{ shopId: string; connectionId: string }> {
  const merchant = hub.sandbox.config.merchants.find(({ mode }) => mode === 'real-time');
  const { merchantCode, spCode, terminalId } = merchant ?? {};
  const connectionId = await addConnection(hub, { merchantCode, spCode, terminalId, mode: 'real-time' });
  const operator = await hub.as('operator');
  const made = await operator.post<ShopView>('/shops', {
    name: 'リアルタイム',
    adapter,
    connectionId,
    settings,
    policies: { duplicates: 'off', realTime: true, ...policies },
  });
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${made.body.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  return { shopId: made.body.id, connectionId };
}

export type Asked = ApiAnswer<AuthorizeAnswer & { error?: string; fields?: { field: string }[] }>;

/** Asks as a cart does. */
export async function authorize(
  hub: TestHub,
  question: {
    readonly shopId: string;
    readonly screen: Screen;
    readonly order: object;
    readonly waitMs?: number;
  },
  key?: string,
): Promise<Asked> {
  const { shopId, ...asked } = question;
  const client = await hub.as('support');
  return client.post(`/shops/${shopId}/authorize`, asked, key);
}

/** An order of a buyer whose company name tells the sandbox what to decide. */
export const orderOf = (hub: TestHub, orderNumber: string, magic = '', fields: object = {}) => {
  const body = orderBody(hub, fields);
  return { ...body, orderNumber, buyer: { ...body.buyer, ...(magic ? { company: magic } : {}) } };
};

/** What the sandbox's NP has of an order, the oldest first. */
export const atNp = (hub: TestHub, orderNumber: string) =>
  hub.sandbox
    .transactions()
    .filter(({ shopTransactionId: id }) => id === orderNumber || id.startsWith(`${orderNumber}-`));

/** After an answer that was lost the connection rests: the next question is asked once it goes on. */
export const untilGoingOn = (hub: TestHub): Promise<void> =>
  hub.eventually(async () => {
    const resting = await hub.database.query<unknown[]>(`select 1 from connections where recovery = 'down'`);
    return resting.length === 0;
  });
