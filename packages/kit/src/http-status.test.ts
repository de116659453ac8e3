import { errorOfStatus, retryAfterMs } from './http-status.js';

const clock = { now: () => new Date('2026-11-21T00:00:00Z') };

describe('errorOfStatus', () => {
  it.each([200, 201, 204])('%p is no error', (status) => {
    expect(errorOfStatus({ status, headers: {}, json: {} }, 'register', clock)).toBeNull();
  });

  it.each([
    [401, 'unauthorized', 'no'],
    [403, 'unauthorized', 'no'],
    [429, 'throttled', 'no'],
    [400, 'rejected', 'no'],
    [404, 'rejected', 'no'],
    [408, 'unavailable', 'unknown'],
    [500, 'unavailable', 'unknown'],
    [503, 'unavailable', 'unknown'],
    [302, 'malformed', 'unknown'],
  ])('%p is %s, applied %s', (status, kind, applied) => {
    const error = errorOfStatus({ status, headers: { 'retry-after': '7' }, json: {} }, 'register', clock);
    expect(error).toMatchObject({ kind, details: { applied, httpStatus: status, retryAfterMs: 7_000 } });
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    ['Sat, 21 Nov 2026 00:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('%p → %p', (value, expected) => {
    expect(retryAfterMs({ 'retry-after': value }, clock)).toBe(expected);
  });
});
