import { AsyncLocalStorage } from 'node:async_hooks';

const causes = new AsyncLocalStorage<string>();

/**
 * Does some work under the id of what brought it about: a request, a run of a cart, an import, a comparison. The id
 * stands in every line of the log and in the history of every transaction that the work moves.
 */
export const withCause = <Result>(id: string, work: () => Result): Result => causes.run(id, work);

/** The id of what brought the present work about; undefined where nothing did but the clock. */
export const presentCause = (): string | undefined => causes.getStore();
