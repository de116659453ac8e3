import type { NumberLimits } from '@np-hub/model';
import type { jaNumbers } from './ja-numbers.js';

const shown = (value: number): string => value.toLocaleString('en-US');

export const enNumbers: typeof jaNumbers = {
  within: ({ min, max, places }: NumberLimits) => {
    const range =
      min === null
        ? max === null
          ? ''
          : `, at most ${shown(max)}`
        : max === null
          ? `, at least ${shown(min)}`
          : ` from ${shown(min)} to ${shown(max)}`;
    const what = places === 0 ? 'a whole number' : 'a number';
    const fraction = places === null || places === 0 ? '' : ` with up to ${places} decimal places`;
    return `Please give ${what}${range}${fraction}.`;
  },
};
