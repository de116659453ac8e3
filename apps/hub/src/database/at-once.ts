/**
 * Waits for all of several statements that one session was asked at once, in the order in which they were asked. The first
 * one's error is thrown: those after it say only that the transaction has come to its end.
 */
export async function atOnce<T extends readonly unknown[]>(
  asked: readonly [...{ [Index in keyof T]: Promise<T[Index]> }],
): Promise<T> {
  const ended = await Promise.allSettled(asked);
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  }) as unknown as T;
}
