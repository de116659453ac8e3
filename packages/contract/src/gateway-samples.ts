import type { AnswerEntry, GatewayCall, GatewayCase, SampleLine } from './gateway-case.js';

/** The n-th sample: invented people at example addresses. */
export const sampleLine = <Settings>({ wire }: GatewayCase<Settings>, number: number): SampleLine => ({
  shopTransactionId: `ORDER-${1_000 + number}`,
  npTransactionId: wire.transactionId(number),
  baseNpTransactionId: wire.transactionId(50_000 + number),
  payload: {
    shopOrderDate: '2026-11-20',
    settlementType: '02',
    billedYen: 5_100,
    customer: {
      name: '見本 花子',
      kana: 'ミホン ハナコ',
      postalCode: '107-0052',
      address: '東京都港区赤坂1-2-3 見本ビル405',
      phone: '03-1234-5678',
      email: 'hanako@example.jp',
    },
    destination: null,
    goods: [
      { name: '見本の品', unitPriceYen: 5_000, quantity: 1 },
      { name: '送料', unitPriceYen: 600, quantity: 1 },
      { name: '値引き', unitPriceYen: -500, quantity: 1 },
    ],
  },
  carrierCode: '59010',
  slipNumber: '123456789012',
  billIssuedOn: null,
});

export const sampleLines = <Settings>(gatewayCase: GatewayCase<Settings>, count: number): SampleLine[] =>
  Array.from({ length: count }, (_, number) => sampleLine(gatewayCase, number));

/** The gateway's own word for an approved credit or a paid bill; empty for calls that have no word. */
export function successWord<Settings>({ wire }: GatewayCase<Settings>, call: GatewayCall): string {
  const wanted = call === 'findPayment' ? 'paid' : 'approved';
  const words = Object.entries(call === 'findPayment' ? wire.paymentWords : wire.creditWords);
  return words.find(([, meaning]) => meaning === wanted)?.[0] ?? '';
}

export const doneEntry = (line: SampleLine, word: string): AnswerEntry => ({
  line,
  outcome: { kind: 'done', word },
});

export const refusedEntry = (line: SampleLine): AnswerEntry => ({ line, outcome: { kind: 'refused' } });
