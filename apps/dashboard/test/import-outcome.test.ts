import type { ImportView } from '@np-hub/model';
import { personName } from '../src/components/person.js';
import { barrenOf } from '../src/pages/imports/outcome.js';
import { ja } from '../src/text/ja.js';

const none = { taken: 0, unchanged: 0, waiting: 0, older: 0, refused: 0, ignored: 0, newWords: 0 };
const done = (counts: Partial<ImportView['counts']>, state: ImportView['state'] = 'done') =>
  barrenOf({ state, counts: { ...none, ...counts } });

test('an import that took nothing in is not called done: it had no rows, or all were refused', () => {
  expect(done({})).toBe('nothing');
  expect(done({ ignored: 3 })).toBe('nothing');
  expect(done({ refused: 2 })).toBe('refused');
  expect(done({ refused: 2, ignored: 1 })).toBe('unusable');
  for (const kind of ['taken', 'unchanged', 'waiting', 'older'] as const)
    expect(done({ refused: 2, [kind]: 1 })).toBeNull();
  expect(done({}, 'running')).toBeNull();
});

test('who did something is named as people know them', () => {
  const colleagues = [{ login: 'operator', name: '管理 花子' }];
  const names = ['operator', 'gone', 'key:カート連携', 'folder', 'buyer-link'];
  expect(names.map((by) => personName(by, colleagues, ja))).toEqual([
    '管理 花子',
    'gone',
    'カート連携（APIキー）',
    ja.files.by.folder,
    ja.desk.case.buyer,
  ]);
});
