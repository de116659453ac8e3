import { rmSync } from 'node:fs';

/** Ends the server of the test run and removes its data. */
export default async function tearDown() {
  const run = globalThis.npHubTestRun;
  if (!run) return;
  await run.server.stop({ always: true });
  for (const folder of run.folders) rmSync(folder, { recursive: true, force: true });
}
