import type { Role, UserView } from '@np-hub/model';
import { Actions } from '../src/pages/trust/users.js';
import { rendered } from './support/rendered.js';

jest.mock('react-router', () => ({ useOutletContext: () => ({ user: { role: 'operator' } }) }));

test.each([
  ['owner', 0],
  ['operator', 3],
  ['viewer', 3],
] as const)('an operator has buttons for what the API lets them do to an %s', (role: Role, buttons) => {
  const html = rendered(
    <Actions user={{ id: '1', name: '名前', role, disabled: false } as UserView} onAsk={() => {}} />,
  );
  expect(html.match(/<button/gu) ?? []).toHaveLength(buttons);
  expect(html.includes('変更できるのはオーナーだけです')).toBe(buttons === 0);
});
