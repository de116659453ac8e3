import { writeBackOf } from '../src/write-back.js';

const capabilities = { pull: true, files: false, push: true, buttons: [], instructions: [] };

test.each([
  ['a cart that is written to', capabilities, true, 'push'],
  ['a cart whose shop keeps that off', capabilities, false, 'hand'],
  ['a cart whose shop keeps that off, and takes files', { ...capabilities, files: true }, false, 'file'],
  ['a cart that takes files alone', { ...capabilities, files: true, push: false }, false, 'file'],
  ['a system that asks by itself', { ...capabilities, pull: false, push: false }, false, 'feed'],
] as const)('the status of %s', (_name, brought, writeBack, way) => {
  expect(writeBackOf({ capabilities: { ...brought, buttons: [], instructions: [] }, writeBack })).toBe(way);
});
