import type { Role } from '@np-hub/model';
import { RoleOnly } from '../src/components/operator-only.js';
import { menu } from '../src/menu.js';
import { reserved } from '../src/reserved.js';
import { rendered } from './support/rendered.js';

let role: Role = 'viewer';
jest.mock('react-router', () => ({
  Link: 'a',
  useOutletContext: () => ({ user: { role } }),
}));

const shown = (path: string) => {
  const found = reserved.find((one) => one.path === path);
  if (!found) throw new Error(`No page is reserved at ${path}`);
  return rendered(
    <RoleOnly least={found.least} title={found.title}>
      the page
    </RoleOnly>,
  );
};

test.each(['settlements', 'reports', 'status', 'notifications', 'np-lists'])(
  '/%s tells a viewer who may use it, under its own title; support has it',
  (path) => {
    role = 'viewer';
    expect(shown(path)).toMatch(/<h1.*このページは、サポート・管理者・オーナーだけが利用できます。/u);
    expect(shown(path)).not.toContain('the page');
    role = 'support';
    expect(shown(path)).toBe('the page');
  },
);

test('/moves tells support the same; an operator has it', () => {
  role = 'support';
  expect(shown('moves')).toMatch(/<h1.*このページは管理者だけが利用できます。/u);
  role = 'operator';
  expect(shown('moves')).toBe('the page');
});

test('a page is reserved for those who have it in the menu', () => {
  const inMenu = new Map(menu.flatMap(({ entries }) => entries).map(({ to, least }) => [to.slice(1), least]));
  for (const { path, least } of reserved.filter((one) => inMenu.has(one.path)))
    expect([path, inMenu.get(path)]).toEqual([path, least]);
});
