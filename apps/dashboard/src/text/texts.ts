import type { ja } from './ja.js';

/** What every language has to say: the Japanese dictionary's shape, so that a missing text does not compile. */
export type Texts = typeof ja;
