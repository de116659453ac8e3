import { join } from 'node:path';
import { type AnswerEntry, gatewayContract, type GatewayCall } from '@np-hub/contract';
import { npConnectPro } from './gateway.js';
import { settingsSchema } from './settings.js';

const settings = settingsSchema.parse({
  baseUrl: 'https://ctcp.np-payment-gateway.com/v1',
  merchantCode: 'MERCHANT01',
  spCode: 'SP-SECRET-5309',
  terminalId: '2000022000',
});

/** How NP names a line in an answer: its own id everywhere but where the shop's id is all there is. */
const idOf = (call: GatewayCall, { line }: AnswerEntry) =>
  call === 'register' || call === 'reissue' ? line.shopTransactionId : line.npTransactionId;

const resultOf = (call: GatewayCall, { line, outcome }: AnswerEntry) => ({
  np_transaction_id: line.npTransactionId,
  ...(call === 'register' || call === 'amend' || call === 'reissue'
    ? { shop_transaction_id: line.shopTransactionId }
    : {}),
  ...(call === 'reissue' ? { base_np_transaction_id: line.baseNpTransactionId } : {}),
  ...(outcome.kind === 'done' && call === 'findCredit' ? { authori_result: outcome.word } : {}),
  ...(outcome.kind === 'done' && call === 'findPayment' ? { payment_status: outcome.word } : {}),
});

gatewayContract({
  gateway: npConnectPro,
  settings,
  secrets: ['SP-SECRET-5309'],
  fixtures: join(__dirname, '../fixtures'),
  wire: {
    transactionId: (number) => String(10_000_000_000 + number),
    answer: (call, entries) => ({
      status: entries.some(({ outcome }) => outcome.kind === 'refused') ? 400 : 200,
      headers: {},
      json: {
        results: entries
          .filter(({ outcome }) => outcome.kind === 'done')
          .map((entry) => resultOf(call, entry)),
        errors: entries
          .filter(({ outcome }) => outcome.kind === 'refused')
          .map((entry) => ({ id: idOf(call, entry), codes: ['E0100113', 'E0100999'] })),
      },
    }),
    connected: { status: 400, headers: {}, json: { errors: [{ codes: ['EPRO0101'] }] } },
    creditWords: {
      '00': 'approved',
      '10': 'held',
      '20': 'rejected',
      '40': 'pending',
      '50': 'pending',
      '': 'pending',
    },
    paymentWords: { '10': 'unpaid', '20': 'paid', '30': 'undisclosed' },
  },
});
