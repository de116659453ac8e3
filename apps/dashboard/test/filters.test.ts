import { longestSearch } from '@np-hub/model';
import { isNarrowed, readFilters, writeFilters } from '../src/api/filters.js';

describe('the filters of the list in the address', () => {
  it('come back as they were written', () => {
    const filters = readFilters(
      new URLSearchParams('state=held&state=blocked&actor=buyer&gate=wait&shopId=s1&attention=1&q=山田'),
    );
    expect(filters.states).toEqual(['blocked', 'held']);
    expect(readFilters(writeFilters(filters))).toEqual(filters);
    expect(isNarrowed(filters)).toBe(true);
  });

  it('cut a search that nobody would be answered', () => {
    expect(readFilters(new URLSearchParams(`q=${'山'.repeat(5_000)}`)).search).toBe(
      '山'.repeat(longestSearch),
    );
  });

  it('leave out words that mean nothing', () => {
    const filters = readFilters(new URLSearchParams('state=nonsense&actor=me&gate=open&attention=yes&q=%20'));
    expect(isNarrowed(filters)).toBe(false);
    expect(writeFilters(filters).toString()).toBe('');
  });
});
