// Receives the hub's webhook, checks its signature, and prints the changes.
//
//   NP_HUB_WEBHOOK_SECRET=whsec_… PORT=8080 node receive-webhook.mjs

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { NP_HUB_WEBHOOK_SECRET, PORT = '8080' } = process.env;
const toleranceSeconds = 300;

/** True where the hub has sent exactly these bytes, and not long ago. `body` is the raw text, before JSON.parse. */
function isFromHub(header, body, nowMs = Date.now()) {
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!time || Math.abs(nowMs / 1000 - Number(time)) > toleranceSeconds) return false;
  const expected = createHmac('sha256', NP_HUB_WEBHOOK_SECRET).update(`${time}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex'));
}

// Keep this beside your data: a call may come twice (an answer was lost, somebody pressed "replay").
const seen = new Set();

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  if (!isFromHub(request.headers['x-np-hub-signature'], body)) {
    response.writeHead(401).end('bad signature');
    return;
  }
  for (const change of JSON.parse(body).changes) {
    if (seen.has(change.cursor)) continue;
    seen.add(change.cursor);
    process.stdout.write(`${change.orderNumber} ${change.state} ${change.gate}\n`);
  }
  // Any 2xx within ten seconds means: taken. Everything else is sent again later, in order.
  response.writeHead(204).end();
});
server.listen(Number(PORT), () => process.stdout.write(`listening on ${server.address().port}\n`));
