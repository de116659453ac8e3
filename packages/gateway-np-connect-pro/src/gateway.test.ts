import { type HttpRequest, type HttpResponse, IoError, type LineResult } from '@np-hub/kit';
import { npConnectPro } from './gateway.js';
import { settingsSchema } from './settings.js';

const given = { merchantCode: 'M1', spCode: 'S1', terminalId: '2000022000' };
const party = {
  name: '見本 花子',
  postalCode: '107-0052',
  address: '東京都港区赤坂1-2-3',
  phone: '03-1234-5678',
};
const payload = {
  shopOrderDate: '2026-11-20',
  settlementType: '02' as const,
  billedYen: 1_000,
  customer: party,
  destination: null,
  goods: [{ name: '見本の品', unitPriceYen: 1_000, quantity: 1 }],
};
const idA = '10000000001';
const idB = '10000000002';
const orders = [
  { shopTransactionId: 'A', payload },
  { shopTransactionId: 'B', payload },
];

function ioAnswering(
  status: number,
  json: unknown,
  changed: Partial<typeof given> & { duplicateGuardCode?: string } = {},
) {
  const requests: HttpRequest[] = [];
  const answer: HttpResponse = { status, headers: {}, json };
  return {
    requests,
    settings: settingsSchema.parse({ ...given, ...changed }),
    clock: { now: () => new Date('2026-11-21T00:00:00Z') },
    http: {
      send: async (request: HttpRequest) => {
        requests.push(request);
        return answer;
      },
    },
  };
}

const kinds = (results: readonly LineResult<unknown>[]) => results.map(({ kind }) => kind);

it('authenticates with merchant code and SP code, and names the terminal', async () => {
  const io = ioAnswering(200, { results: [] });
  await npConnectPro.cancel(io, [{ npTransactionId: idA }]);
  expect(io.requests[0]?.headers).toEqual({
    authorization: 'Basic TTE6UzE=',
    'X-NP-Terminal-Id': '2000022000',
  });
});

it('sends PATCH as POST with the override header where the shop asked for it', async () => {
  const io = ioAnswering(200, { results: [] });
  await npConnectPro.cancel({ ...io, settings: { ...io.settings, patchOverride: true } }, [
    { npTransactionId: idA },
  ]);
  expect(io.requests[0]).toMatchObject({ method: 'POST', headers: { 'X-HTTP-Method-Override': 'PATCH' } });
});

describe('settings', () => {
  it('default to production, to 100 registrations a call, and to a guard that is not confirmed', () => {
    const settings = settingsSchema.parse(given);
    expect(settings.baseUrl).toBe('https://cp.np-payment-gateway.com/v1');
    expect(npConnectPro.batchLimit(settings, 'register')).toBe(100);
    expect(npConnectPro.batchLimit(settings, 'cancel')).toBe(1_000);
    expect(npConnectPro.duplicateGuardConfirmed(settings)).toBe(false);
  });

  it('mark the SP code, and it alone, as secret, and have a title in both languages for every field', () => {
    const fields = Object.entries(settingsSchema.shape).map(([name, field]) => ({
      name,
      meta: field.meta(),
    }));
    expect(fields.filter(({ meta }) => meta?.secret === true).map(({ name }) => name)).toEqual(['spCode']);
    const text = { ja: expect.stringMatching(/./), en: expect.stringMatching(/./) };
    for (const { meta } of fields) expect(meta).toMatchObject({ title: text, help: text });
  });

  it.each([{ merchantCode: 'M 1' }, { spCode: '' }, { terminalId: 'x\r\ny' }, { registerBatchSize: 1_001 }])(
    'refuse %j',
    (bad) => {
      expect(settingsSchema.safeParse({ ...given, ...bad }).success).toBe(false);
    },
  );

  it('tell the test address from production in the name of the merchant', () => {
    const production = settingsSchema.parse(given);
    const test = settingsSchema.parse({ ...given, baseUrl: 'https://ctcp.np-payment-gateway.com/v1' });
    expect(npConnectPro.merchantOf(production)).not.toBe(npConnectPro.merchantOf(test));
  });
});

describe('a registration is done only with a valid id of its own', () => {
  it.each(['1000000001', '100000000012', '1000000000A', '１００００００００００', '', null, 10_000_000_001])(
    'the id %p is none',
    async (id) => {
      const io = ioAnswering(201, {
        results: [{ shop_transaction_id: 'A', np_transaction_id: id, authori_result: '00' }],
      });
      expect(kinds(await npConnectPro.register(io, [{ shopTransactionId: 'A', payload }]))).toEqual(['lost']);
    },
  );

  it('one id for two orders is none for both', async () => {
    const results = ['A', 'B'].map((id) => ({ shop_transaction_id: id, np_transaction_id: idA }));
    expect(kinds(await npConnectPro.register(ioAnswering(201, { results }), orders))).toEqual([
      'lost',
      'lost',
    ]);
  });

  it('two ids for one order are none; the same entry twice is one', async () => {
    const entry = { shop_transaction_id: 'A', np_transaction_id: idA };
    const twice = {
      results: [entry, { ...entry, np_transaction_id: idB }, { ...entry, shop_transaction_id: 'B' }],
    };
    expect(kinds(await npConnectPro.register(ioAnswering(201, twice), orders))).toEqual(['lost', 'done']);
    const repeated = { results: [entry, entry] };
    expect(kinds(await npConnectPro.register(ioAnswering(201, repeated), orders))).toEqual(['done', 'lost']);
  });

  it('a reissue of another base transaction is none', async () => {
    const line = { baseNpTransactionId: idB, shopTransactionId: 'A-2', payload };
    const entry = { base_np_transaction_id: idB, shop_transaction_id: 'A-2', np_transaction_id: idA };
    const other = { ...entry, base_np_transaction_id: '10000000003' };
    expect(
      kinds((await npConnectPro.reissue?.(ioAnswering(200, { results: [entry] }), [line])) ?? []),
    ).toEqual(['done']);
    expect(
      kinds((await npConnectPro.reissue?.(ioAnswering(200, { results: [other] }), [line])) ?? []),
    ).toEqual(['lost']);
  });
});

describe('an error about the request as a whole', () => {
  const whole = { errors: [{ id: '', codes: ['EPRO0106', 'EPRO0107'] }, { codes: ['EPRO0106'] }] };

  it('of several lines is thrown with its codes: nothing was applied', async () => {
    const error = await npConnectPro
      .register(ioAnswering(400, whole), orders)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(IoError);
    expect(error).toMatchObject({ kind: 'rejected', details: { applied: 'no' } });
    expect(String(error)).toContain('EPRO0106, EPRO0107');
  });

  it('of a single line is that line refused', async () => {
    const [result] = await npConnectPro.register(ioAnswering(400, whole), orders.slice(0, 1));
    expect(result).toMatchObject({ kind: 'refused', reasons: [{ code: 'EPRO0106' }, { code: 'EPRO0107' }] });
  });

  it.each([
    ['comes with results', 400, { ...whole, results: [{ shop_transaction_id: 'X' }] }],
    [
      'comes with an error that names a line',
      400,
      { errors: [...whole.errors, { id: 'X', codes: ['E0100059'] }] },
    ],
    ['comes with a 2xx', 200, whole],
    ['has no codes', 400, { errors: [{ id: '' }] }],
  ])('proves nothing where it %s', async (_name, status, json) => {
    expect(kinds(await npConnectPro.register(ioAnswering(status, json), orders))).toEqual(['lost', 'lost']);
  });
});

describe('what a refusal proves', () => {
  const line = { npTransactionId: idA };
  const run = {
    cancel: (io: ReturnType<typeof ioAnswering>) => npConnectPro.cancel(io, [line]),
    report: (io: ReturnType<typeof ioAnswering>) =>
      npConnectPro.report(io, [{ ...line, carrierCode: '59010', slipNumber: '1', billIssuedOn: null }]),
    amend: (io: ReturnType<typeof ioAnswering>) => npConnectPro.amend?.(io, [{ ...line, payload }]),
    findCredit: (io: ReturnType<typeof ioAnswering>) => npConnectPro.findCredit?.(io, [line]),
  };

  it.each([
    ['cancel', ['E0100114'], 'already-cancelled'],
    ['cancel', ['E0100118'], 'already-paid'],
    ['cancel', ['E0100114', 'E0100118'], 'already-paid'],
    ['cancel', ['E0100113'], 'not-found'],
    ['cancel', ['E0100131'], null],
    ['report', ['E0100115'], 'already-reported'],
    ['report', ['E0100114'], 'already-cancelled'],
    ['report', ['E0100118'], 'already-paid'],
    ['report', ['E0100120'], null],
    ['amend', ['E0100115'], 'already-reported'],
    ['amend', ['E0100114'], 'already-cancelled'],
    ['amend', ['E0100059', 'E0100999'], null],
    ['findCredit', ['E0100113'], 'not-found'],
  ] as const)('%s with %j: %p', async (call, codes, proves) => {
    const results = await run[call](ioAnswering(400, { errors: [{ id: idA, codes }] }));
    expect(results).toMatchObject([{ kind: 'refused', proves, reasons: codes.map((code) => ({ code })) }]);
  });

  it('takes the duplicate guard only for the code in the settings', async () => {
    const answer = { errors: [{ id: 'A', codes: ['E0100777'] }] };
    const unknown = await npConnectPro.register(ioAnswering(400, answer), orders.slice(0, 1));
    expect(unknown).toMatchObject([{ kind: 'refused', proves: null }]);
    const configured = ioAnswering(400, answer, { duplicateGuardCode: 'E0100777' });
    expect(await npConnectPro.register(configured, orders.slice(0, 1))).toMatchObject([
      { proves: 'duplicate' },
    ]);
  });
});

it.each([20, true, ['00'], { value: '00' }])(
  'gives no meaning to the credit result %p, which is no text',
  async (word) => {
    const io = ioAnswering(200, {
      results: [{ np_transaction_id: idA, authori_result: word, payment_status: word }],
    });
    expect(await npConnectPro.findCredit?.(io, [{ npTransactionId: idA }])).toMatchObject([
      { value: { result: 'unknown' } },
    ]);
    expect(await npConnectPro.findPayment?.(io, [{ npTransactionId: idA }])).toMatchObject([
      { value: { status: 'unknown' } },
    ]);
  },
);

it('asks with an empty list to check the connection, so that nothing can change', async () => {
  const io = ioAnswering(400, { errors: [{ codes: ['EPRO0101'] }] });
  await npConnectPro.checkConnection(io);
  expect(io.requests).toMatchObject([{ method: 'POST', json: { transactions: [] } }]);
  expect(io.requests[0]?.url).toMatch(/\/authorizations\/find$/);
});

it.each([401, 403])(
  'blames the credentials for a connection check answered with %p, whatever its body',
  async (status) => {
    const check = await npConnectPro.checkConnection(
      ioAnswering(status, { errors: [{ codes: ['EPRO0101'] }] }),
    );
    expect(check).toMatchObject({ kind: 'failed', message: { ja: expect.stringContaining('SPコード') } });
  },
);
