import { IoError, type CartAdapter, type ConnectionCheck, type PaymentGateway } from '@np-hub/kit';
import type { SideCheck } from '@np-hub/model';
import { fieldsOf } from './settings.js';

/**
 * A test of settings with the fields of the form: those that the side names, or its secrets where it refuses them, or its
 * addresses where they are not taken. None are named where the answer says nothing of the settings: nobody was reached.
 */
export async function sideCheckOf(
  side: Pick<CartAdapter | PaymentGateway, 'settings'>,
  ask: () => Promise<ConnectionCheck>,
): Promise<SideCheck> {
  const failed = (kind: string, message: SideCheck['message'], named: readonly string[] = []): SideCheck => {
    const all = fieldsOf(side.settings);
    const secrets = all.filter(({ secret, required }) => secret && required).map(({ name }) => name);
    // Those that the hub calls: the address of the shop's own site is none.
    const addresses = all
      .filter(({ name }) => /^(?!site).*(url|endpoint)/iu.test(name))
      .map(({ name }) => name);
    const guess = kind === 'unauthorized' ? secrets : kind === 'rejected' ? addresses : [];
    return { ok: false, message, fields: [...(named.length > 0 ? named : guess)] };
  };
  try {
    const check = await ask();
    if (check.kind === 'ok') return { ok: true, message: check.message, fields: [] };
    const { error, fields = [] } = check;
    const kind = error.split(':')[0] ?? '';
    const isPlain = fields.length > 0 || kind === 'unauthorized';
    // Where nobody knows which setting is to blame, the other side's own words are all that people have.
    const { ja, en } = check.message;
    const message = isPlain ? check.message : { ja: `${ja}（${error}）`, en: `${en} (${error})` };
    return failed(kind, message, fields);
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    const { message } = error;
    return failed(error.kind, {
      ja: `接続できませんでした（${message}）。`,
      en: `No connection (${message}).`,
    });
  }
}
