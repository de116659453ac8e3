import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type AnswerEntry, gatewayContract, type GatewayCall, type NoticeMeant } from '@np-hub/contract';
import type { HttpRequest, HttpResponse } from '@np-hub/kit';
import { sbps } from './gateway.js';
import { settingsSchema, type SbpsSettings } from './settings.js';

const settings = settingsSchema.parse({
  baseUrl: 'https://stbfep.example.jp/api/xmlapi.do',
  merchantId: '30132',
  serviceId: '002',
  basicUser: '30132002',
  basicPassword: 'BASIC-SECRET-0917',
  hashKey: 'HASH-SECRET-4711',
});

const functionOf: Partial<Record<GatewayCall, string>> = {
  register: 'ST01-00101-710',
  report: 'ST02-00202-710',
  cancel: 'ST02-00306-710',
};

const xml = (call: GatewayCall, inner: string): HttpResponse => ({
  status: 200,
  headers: {},
  json: undefined,
  bytes: Buffer.from(
    `<?xml version="1.0" encoding="Shift_JIS" ?>\n<sps-api-response id="${functionOf[call]}">\n${inner}\n</sps-api-response>`,
  ),
});

/** The entries about the payment that the request names, one after the other. */
function answer(call: GatewayCall, entries: readonly AnswerEntry[], request: HttpRequest): HttpResponse {
  const asked = request.body?.bytes.toString('latin1') ?? '';
  const told = entries.filter(({ line }) =>
    asked.includes(call === 'register' ? line.shopTransactionId : (line.npTransactionId.split('/')[1] ?? '')),
  );
  return xml(
    call,
    told
      .map(({ line, outcome }) => {
        const [transactionId, trackingId] = line.npTransactionId.split('/');
        return outcome.kind === 'done'
          ? `<res_result>OK</res_result><res_sps_transaction_id>${transactionId}</res_sps_transaction_id><res_tracking_id>${trackingId}</res_tracking_id><res_err_code/>`
          : '<res_result>NG</res_result><res_err_code>71004008</res_err_code>';
      })
      .join('\n'),
  );
}

/** The rule of the hash, written here once more: all texts in order, then the key. */
function notice(of: SbpsSettings, meant: NoticeMeant, npTransactionId: string): Buffer {
  const [transactionId = '', trackingId = ''] = npTransactionId.split('/');
  const [id, method] = noticeOf[meant];
  const signed: readonly (readonly [string, string])[] = [
    ['merchant_id', of.merchantId],
    ['service_id', of.serviceId],
    ['sps_transaction_id', transactionId],
    ['tracking_id', trackingId],
    ['rec_datetime', '20261121120000'],
    ['pay_method_info', method],
    ['request_date', '20261121120003'],
  ];
  const texts = signed.map(([, text]) => text.replaceAll(/<[^>]*>/gu, '')).join('');
  const hash = createHash('sha1').update(`${texts}${of.hashKey}`).digest('hex');
  const inner = signed.map(([name, text]) => `<${name}>${text}</${name}>`).join('');
  return Buffer.from(
    `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="${id}">${inner}<sps_hashcode>${hash}</sps_hashcode></sps-api-request>`,
  );
}

const resultOf = (word: string, code = ''): string =>
  `<rec_result>${word}</rec_result><rec_err_code>${code}</rec_err_code>`;
const noticeOf: Readonly<Record<NoticeMeant, readonly [id: string, method: string]>> = {
  approved: ['NT01-00101-710', resultOf('OK')],
  rejected: ['NT01-00101-710', resultOf('NG', '71084999')],
  garbled: ['NT01-00101-710', resultOf('PERHAPS')],
  cancelled: ['NT02-00306-710', resultOf('OK')],
  'cancel-refused': ['NT02-00306-710', resultOf('NG', '71086999')],
  reported: ['NT02-00202-710', resultOf('OK')],
  'report-refused': ['NT02-00202-710', resultOf('NG', '71007999')],
  lapsed: ['NT01-00104-710', ''],
};

gatewayContract({
  gateway: sbps,
  settings,
  secrets: ['BASIC-SECRET-0917', 'HASH-SECRET-4711'],
  fixtures: join(__dirname, '../fixtures'),
  accepted: { cancel: 'pending', report: 'pending' },
  wire: {
    transactionId: (number) =>
      `B30132002ST010010171000${String(number).padStart(8, '0')}/${String(20_000_000_000_000 + number)}`,
    answer,
    connected: xml('cancel', '<res_result>NG</res_result><res_err_code>71012999</res_err_code>'),
    creditWords: {},
    paymentWords: {},
    notices: {
      made: notice,
      otherKey: { ...settings, hashKey: 'SOMEBODY-ELSES' },
      otherMerchant: { ...settings, merchantId: '99999' },
      replies: { taken: /<res_result>OK<\/res_result>/u, refused: /<res_result>NG<\/res_result>/u },
    },
  },
});
