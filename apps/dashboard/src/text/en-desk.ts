import { enDeskFind } from './en-desk-find.js';
import type { Texts } from './texts.js';

export const enDesk: Texts['desk'] = { find: enDeskFind };
