import { moveSettingsSchema, type MoveStepView } from '@np-hub/model';
import { keys } from '../src/api/queries.js';
import { stepsBeforeSwitch } from '../src/pages/moves/before-switch.js';
import { EnclosedOpen } from '../src/pages/moves/enclosed-open.js';
import { rendered } from './support/rendered.js';

const step = (id: string, fields: Partial<MoveStepView> = {}): MoveStepView => ({
  id,
  phase: 'switch',
  dueOn: '2099-02-01',
  irreversible: false,
  title: { ja: id, en: id },
  help: { ja: '', en: '' },
  undo: null,
  by: 'person',
  done: null,
  seen: null,
  open: null,
  missing: [],
  ...fields,
});

test('a shop is not switched before its steps, unless the hub sees them done and ticks them itself', () => {
  const planned = (seen: boolean, ...missing: string[]) =>
    stepsBeforeSwitch([
      step('apply'),
      step('connection', { seen }),
      step('cart-service'),
      step('hub-switch', { missing }),
    ]).map(({ id }) => id);
  expect(planned(false, 'connection', 'cart-service')).toEqual(['connection', 'cart-service']);
  expect(planned(true, 'connection', 'cart-service')).toEqual(['cart-service']);
  expect(planned(true, 'connection')).toEqual([]);
});

test('a plan without enclosed invoices is warned of while the shop has such orders', () => {
  const shown = (enclosedInvoice: string, printed: number) => {
    const settings = moveSettingsSchema.parse({
      kind: 'batch-to-real-time',
      switchOn: '2099-02-01',
      enclosedInvoice,
    });
    const counts = { 'to-print': 30, printed, 'to-report': 1, late: 9 };
    const page = {
      counts: printed === 0 ? { ...counts, 'to-print': 0, 'to-report': 0 } : counts,
      rows: [],
      next: null,
    };
    return rendered(<EnclosedOpen settings={settings} shopId="shop" />, [
      [[...keys.transactions, 'invoices', 'to-print', 'shop'], { pages: [page], pageParams: [null] }],
    ]);
  };
  expect(shown('none', 6)).toContain('請求書同梱の未報告の注文が37件あります');
  expect(shown('kept', 6)).toBe('');
  expect(shown('none', 0)).toBe('');
});
