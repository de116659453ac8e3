import { jaDeskCase, jaDeskContact, jaDeskFix } from './ja-desk-case.js';
import { jaDeskFind } from './ja-desk-find.js';
import { jaDeskInbox } from './ja-desk-inbox.js';
import { jaDeskRepairs } from './ja-desk-repairs.js';

/** サポートの机: what the pages of the desk say. */
export const jaDesk = {
  find: jaDeskFind,
  inbox: jaDeskInbox,
  case: jaDeskCase,
  contact: jaDeskContact,
  fix: jaDeskFix,
  repairs: jaDeskRepairs,
};
