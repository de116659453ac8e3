/** A large cp932 file in, and the result file out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { writeTable } from '@np-hub/kit';
import { peakMemoryMb, Stage } from './stage.mjs';

const orderHeader =
  '注文番号,お名前(姓),お名前(名),メールアドレス,電話番号1,電話番号2,電話番号3,郵便番号1,郵便番号2,都道府県,住所1,値引き,お支払い合計,支払い方法,対応状況,注文日時,更新日時,NP後払いステータス,請求書区分,配送業者,配送伝票番号';
const itemHeader =
  '注文番号,お名前(姓),お名前(名),電話番号1,電話番号2,電話番号3,郵便番号1,郵便番号2,都道府県,住所1,商品名,販売価格(税込),数量';

const japaneseTime = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

function table(header, count, row) {
  const rows = Array.from({ length: count }, (_, index) => row(index).split(','));
  return writeTable('cp932', header.split(','), rows).bytes;
}

async function take(stage, shopId, name, bytes) {
  const startedAt = performance.now();
  const response = await fetch(`${stage.url}/api/v1/shops/${shopId}/imports?name=${name}&start=1`, {
    method: 'POST',
    headers: { cookie: stage.cookie, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  const view = await response.json();
  if (response.status !== 201) throw new Error(`The upload answered ${response.status}`);
  for (let seen = view; seen.state === 'running'; await sleep(100))
    seen = await stage.ask('GET', `/shops/${shopId}/imports/${view.id}`);
  const ended = await stage.ask('GET', `/shops/${shopId}/imports/${view.id}`);
  if (ended.state !== 'done') throw new Error(`The import ended as ${ended.state}`);
  return (performance.now() - startedAt) / 1_000;
}

export async function files({ rows = 100_000 }) {
  const stage = await Stage.open();
  try {
    const policies = { creditTiming: 'by-hand' };
    const connectionId = await stage.addConnection(1);
    const shopId = await stage.addShop({ adapter: 'cagolab', connectionId, policies });
    const day = japaneseTime();
    const half = Math.floor(rows / 2);
    const orders = table(
      orderHeader,
      half,
      (index) =>
        `${index + 1},開発,花子,hanako@example.jp,097,555,0123,870,0026,大分県,大分市金池町2-1-10,0,1000,NP後払い,新規受付,${day},${day},,別送,佐川急便,`,
    );
    const items = table(
      itemHeader,
      half,
      (index) =>
        `${index + 1},開発,花子,097,555,0123,870,0026,大分県,大分市金池町2-1-10,今治タオル ${index % 500},1000,1`,
    );
    const orderSeconds = await take(stage, shopId, 'orders.csv', orders);
    const itemSeconds = await take(stage, shopId, 'items.csv', items);
    const again = await take(stage, shopId, 'again.csv', items);
    const outAt = performance.now();
    await stage.ask('POST', `/shops/${shopId}/results`, {});
    const outSeconds = (performance.now() - outAt) / 1_000;
    return {
      bench: 'files',
      rows: half * 2,
      rowsPerSecondIn: Math.round((half * 2) / (orderSeconds + itemSeconds)),
      rowsPerSecondUnchanged: Math.round(half / again),
      seconds: { orders: Number(orderSeconds.toFixed(2)), items: Number(itemSeconds.toFixed(2)) },
      resultFileSeconds: Number(outSeconds.toFixed(2)),
      peakMemoryMb: peakMemoryMb(stage.hubs[0].pid),
    };
  } finally {
    await stage.close();
  }
}
