/** NP's wire, as a client without the hub speaks it to the sandbox. */
import { buyerOf } from './orders.mjs';
import { call } from './stage.mjs';

/** The calls of a merchant of its own; each gives the results of its lines. */
export async function npClient(stage, name) {
  const merchant = {
    merchantCode: `${name}00001`,
    spCode: `SP${name}01`,
    terminalId: '2000099001',
    mode: 'asynchronous',
  };
  await call('POST', `${stage.sandboxUrl}/control/merchants`, merchant);
  const headers = {
    authorization: `Basic ${Buffer.from(`${merchant.merchantCode}:${merchant.spCode}`).toString('base64')}`,
    'x-np-terminal-id': merchant.terminalId,
  };
  return async (path, transactions) =>
    (await call('POST', `${stage.sandboxUrl}/np/v1${path}`, { transactions }, headers)).body.results;
}

const customerOf = ({ name, postalCode, address, phone }) => ({
  customer_name: name,
  zip_code: postalCode.replaceAll('-', ''),
  address,
  tel: phone.replaceAll('-', ''),
});

/** The same order as `orderOf` sends to the hub. */
export function registrationOf(number) {
  const buyer = buyerOf(number);
  return {
    shop_transaction_id: number,
    shop_order_date: new Date().toISOString().slice(0, 10),
    settlement_type: '02',
    billed_amount: 3_000,
    customer: { ...customerOf(buyer), email: buyer.email },
    dest_customer: customerOf(buyer),
    goods: [{ goods_name: '見本品', goods_price: 3_000, quantity: 1 }],
  };
}
