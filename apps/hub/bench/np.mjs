/** NP's wire, as a client without the hub speaks it to the sandbox. */
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

const buyer = {
  customer_name: '見本 太郎',
  zip_code: '1060032',
  address: '東京都港区六本木1-1-1 入金ビル301',
  tel: '0312345678',
};

/** The same order as `orderOf` sends to the hub. */
export const registrationOf = (number) => ({
  shop_transaction_id: number,
  shop_order_date: new Date().toISOString().slice(0, 10),
  settlement_type: '02',
  billed_amount: 3_000,
  customer: { ...buyer, email: `buyer-${number}@example.jp` },
  dest_customer: buyer,
  goods: [{ goods_name: '見本品', goods_price: 3_000, quantity: 1 }],
});
