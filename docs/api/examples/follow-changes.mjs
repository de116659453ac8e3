// Follows the feed of changes. Where it stopped stands in a file, so that a restart neither skips nor repeats.
// The file is made where you start it (cursor.txt where you name none): keep it beside your data, not under version control.
//
//   NP_HUB_URL=https://hub.example.jp NP_HUB_API_KEY=nph_… node follow-changes.mjs cursor.txt [--once]

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { NP_HUB_URL, NP_HUB_API_KEY } = process.env;
const [file = 'cursor.txt', mode] = process.argv.slice(2);
let cursor = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';

async function nextPage() {
  const query = new URLSearchParams({ limit: '500', ...(cursor && { after: cursor }) });
  const response = await fetch(`${NP_HUB_URL}/api/v1/changes?${query}`, {
    headers: { authorization: `Bearer ${NP_HUB_API_KEY}` },
  });
  if (response.status === 410) throw new Error('The cursor has expired: read all transactions afresh.');
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

for (;;) {
  const page = await nextPage();
  for (const change of page.rows) {
    // Your own work goes here. Make it safe to repeat: the cursor is saved only after it.
    process.stdout.write(
      `${change.at} ${change.orderNumber} ${change.state} ${change.gate} ${change.word ?? '-'}\n`,
    );
  }
  cursor = page.next;
  writeFileSync(`${file}.new`, cursor);
  renameSync(`${file}.new`, file);
  if (page.more) continue;
  if (mode === '--once') break;
  await sleep(5000);
}
