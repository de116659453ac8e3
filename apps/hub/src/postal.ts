import type { PostalLookup } from '@np-hub/model';
import { getAddress } from 'yubin';

/** Japan Post's codes from the offline data of `yubin`; null for a code it does not know. */
export const postalLookup: PostalLookup = (postalCode) => {
  const found = getAddress(postalCode);
  return found && [{ prefecture: found.prefecture, city: found.city, town: found.town }];
};
