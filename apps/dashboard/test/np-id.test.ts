import { npIdFault, readNpId } from '../src/np-id.js';

describe('an NP transaction id that a person types', () => {
  it.each([
    ['12345678901', '12345678901'],
    ['１２３４５６７８９０１', '12345678901'],
    [' 123-4567-8901 ', '12345678901'],
    ['１２３ー４５６７－８９０１', '12345678901'],
  ])('reads %s as %s', (typed, id) => {
    expect(readNpId(typed)).toBe(id);
    expect(npIdFault(id)).toBeNull();
  });

  it('says whether digits are missing or something is no digit', () => {
    expect(npIdFault(readNpId('1234'))).toBe('length');
    expect(npIdFault(readNpId('123456789012'))).toBe('length');
    expect(npIdFault(readNpId('NP123456789'))).toBe('digits');
  });
});
