import { Buyers } from './buyers.js';
import { Retention } from './retention.js';

/** Everything about the data of buyers, for the composition root. */
export const privacyProviders = [Buyers, Retention];
