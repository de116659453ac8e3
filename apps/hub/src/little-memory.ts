import { setFlagsFromString } from 'node:v8';

let atWork = 0;

/**
 * Lets the heap grow in small steps while a large file comes in, so that the hub stays within 512 MB. It collects more often
 * then: a hub without such work does not pay for it.
 */
export async function inLittleMemory<Result>(work: () => Promise<Result>): Promise<Result> {
  atWork += 1;
  setFlagsFromString('--heap-growing-percent=25');
  try {
    return await work();
  } finally {
    atWork -= 1;
    // 0: as V8 finds best.
    if (atWork === 0) setFlagsFromString('--heap-growing-percent=0');
  }
}
