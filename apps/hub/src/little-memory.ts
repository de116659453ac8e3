import { setFlagsFromString } from 'node:v8';

let atWork = 0;

/**
 * Keeps the heap as small as V8 can while a large file comes in, so that the hub stays within 512 MB. It collects all the
 * time then, which costs whatever else is done a third more: a hub without such work does not pay for it.
 */
export async function inLittleMemory<Result>(work: () => Promise<Result>): Promise<Result> {
  atWork += 1;
  setFlagsFromString('--optimize-for-size');
  try {
    return await work();
  } finally {
    atWork -= 1;
    if (atWork === 0) setFlagsFromString('--no-optimize-for-size');
  }
}
