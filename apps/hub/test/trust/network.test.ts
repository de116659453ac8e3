import { LoginThrottle } from '../../src/accounts/login-throttle.js';
import { KeyThrottle } from '../../src/api-keys/key-throttle.js';
import { networkOf } from '../../src/http/network.js';
import { ApiProblem } from '../../src/http/problem.js';

const clock = { now: () => new Date('2026-11-21T00:00:00Z') };

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1:2:3:4:5:6::', '1:2:3:4::/64'],
  ['unknown', 'unknown'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('whoever changes addresses within a /64 is counted as one, at sign-ins and with keys; the neighbour is not', () => {
  const logins = new LoginThrottle(clock);
  const tryFrom = (network: string, index: number) =>
    logins.begin(`login ${index}`, `2001:db8:0:${network}::${index.toString(16)}`);
  for (let index = 0; index < 50; index += 1) tryFrom('1', index);
  expect(() => tryFrom('1', 51)).toThrow(ApiProblem);
  tryFrom('2', 52);
  const keys = new KeyThrottle(clock);
  for (let index = 0; index < 300; index += 1) keys.failed(`key ${index}`, `2001:db8:0:1::${index}`);
  expect(() => keys.check('another', '2001:db8:0:1::ffff')).toThrow(ApiProblem);
  keys.check('another', '2001:db8:0:2::ffff');
});
