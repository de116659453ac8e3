import { once } from 'node:events';

/** Ends the server of the test run; the keeper removes its data. */
export default async function tearDown() {
  const run = globalThis.npHubTestRun;
  if (!run) return;
  await run.server.stop({ always: true });
  const gone = once(run.keeper, 'exit');
  run.keeper.stdin.end();
  await gone;
}
