import { jaDeskFind } from './ja-desk-find.js';

/** サポートの机: what the pages of the desk say. */
export const jaDesk = { find: jaDeskFind };
