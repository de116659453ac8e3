import { IoError, type CartAdapter, type ConnectionCheck, type PaymentGateway } from '@np-hub/kit';
import type { SideCheck } from '@np-hub/model';
import { fieldsOf } from './settings.js';

/**
 * A test of settings with the fields of the form: those that the side names, or its secrets where it refuses them, its addresses where they are
 * not allowed. None are named where the answer says nothing of the settings: nobody was reached, or nobody known.
 */
export async function sideCheckOf(
  side: Pick<CartAdapter | PaymentGateway, 'settings'>,
  ask: () => Promise<ConnectionCheck>,
): Promise<SideCheck> {
  const failed = (kind: string, message: SideCheck['message'], named: readonly string[] = []): SideCheck => {
    const all = fieldsOf(side.settings);
    const secrets = all.filter(({ secret, required }) => secret && required).map(({ name }) => name);
    const addresses = all.filter(({ name }) => /url|endpoint/iu.test(name)).map(({ name }) => name);
    const guess = kind === 'unauthorized' ? secrets : kind === 'rejected' ? addresses : [];
    return { ok: false, message, fields: [...(named.length > 0 ? named : guess)] };
  };
  try {
    const check = await ask();
    if (check.kind === 'ok') return { ok: true, message: check.message, fields: [] };
    const { ja, en } = check.message;
    const side = failed(check.error.split(':')[0] ?? '', check.message, check.fields);
    // Where no field is to blame, what the other side answered is all that people have.
    const message = { ja: `${ja}（${check.error}）`, en: `${en} (${check.error})` };
    return side.fields.length > 0 ? side : { ...side, message };
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    const { message } = error;
    return failed(error.kind, {
      ja: `接続できませんでした（${message}）。`,
      en: `No connection (${message}).`,
    });
  }
}
