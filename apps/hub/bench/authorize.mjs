/**
 * Real time: carts ask before they make an order, so many calls a second whether or not the ones before have been
 * answered, with NP at once. What counts is what the hub adds to NP's own time, call by call.
 */
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { orderOf } from './orders.mjs';
import { percentile, Stage } from './stage.mjs';

/** Long enough for V8 to have compiled what a hub at work has compiled. */
const warmUpSeconds = 10;
const seconds = 15;
const agent = new Agent({ keepAlive: true });

/** One question, by the cheapest way: the client works on the processors of the hub. Throws where it is refused. */
async function askAbout(url, number, key) {
  const body = JSON.stringify({ screen: 'checkout', order: orderOf(number) });
  const headers = {
    authorization: `Bearer ${key}`,
    'idempotency-key': number,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const response = await new Promise((done, fail) => {
    request(url, { agent, method: 'POST', headers }, done).on('error', fail).end(body);
  });
  const answer = await json(response);
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${answer.error}`);
  return answer;
}

/** Calls at a steady pace; gives each one's milliseconds by order number, and how many had another answer than approved. */
async function atPace(stage, { shopIds, perSecond, duration, prefix, key }) {
  const tookMs = new Map();
  const wrong = [];
  const running = [];
  const startedAt = performance.now();
  for (let index = 0; index < perSecond * duration; index += 1) {
    const dueMs = startedAt + (index * 1_000) / perSecond;
    if (dueMs > performance.now()) await sleep(dueMs - performance.now());
    const number = `${prefix}${index}`;
    const ask = async () => {
      const url = `${stage.url}/api/v1/shops/${shopIds[index % shopIds.length]}/authorize`;
      const { result } = await askAbout(url, number, key);
      // From when it was due: a sender that is behind hides no waiting.
      tookMs.set(number, performance.now() - dueMs);
      if (result !== 'approved') wrong.push(result);
    };
    running.push(ask().catch((error) => wrong.push(error.message)));
  }
  await Promise.all(running);
  return { tookMs, wrong };
}

export async function authorize({ orders: perSecond = 200 }) {
  const stage = await Stage.open();
  try {
    const connectionId = await stage.addConnection(1, 'real-time');
    const shopIds = [];
    for (let index = 0; index < 4; index += 1)
      shopIds.push(
        await stage.addShop({
          adapter: 'any-system',
          name: `Bench ${index}`,
          connectionId,
          policies: { realTime: true, checkoutMinutes: 1_440 },
        }),
      );
    const { key } = await stage.ask('POST', '/api-keys', { name: 'bench', role: 'support', shopIds });
    await atPace(stage, { shopIds, perSecond, duration: warmUpSeconds, prefix: 'W', key });
    const before = await stage.processors();
    const clientBefore = process.cpuUsage();
    const { tookMs, wrong } = await atPace(stage, {
      shopIds,
      perSecond,
      duration: seconds,
      prefix: 'A',
      key,
    });
    const client = process.cpuUsage(clientBefore);
    const after = await stage.processors();
    const perCall = (ms) => Number((ms / tookMs.size).toFixed(2));
    const used = (name) => perCall((after[name] - before[name]) * 1_000);
    const { rows } = await stage.database.query(
      `select t.order_number as number, c.duration_ms as ms from transactions t
       join history h on h.shop_id = t.shop_id and h.transaction_id = t.id and h.event ->> 'type' = 'registration-accepted'
       join calls c on c.id = h.call_id where t.order_number like 'A%'`,
    );
    const npMs = new Map(rows.map(({ number, ms }) => [number, ms]));
    const over = [...tookMs].map(([number, ms]) => ms - (npMs.get(number) ?? 0));
    const figures = (numbers) => ({
      p50Ms: Math.round(percentile(numbers, 0.5)),
      p95Ms: Math.round(percentile(numbers, 0.95)),
      p99Ms: Math.round(percentile(numbers, 0.99)),
    });
    return [
      {
        bench: 'authorize',
        perSecond,
        seconds,
        answered: tookMs.size,
        notApproved: wrong.length,
        total: figures([...tookMs.values()]),
        np: figures([...npMs.values()]),
        overNp: figures(over),
        hubProcessorShare: Number(((after.hub - before.hub) / seconds).toFixed(2)),
        hubMsPerCall: used('hub'),
        postgresMsPerCall: used('postgres'),
        sandboxMsPerCall: used('sandbox'),
        clientMsPerCall: perCall((client.user + client.system) / 1_000),
      },
    ];
  } finally {
    agent.destroy();
    await stage.close();
  }
}
