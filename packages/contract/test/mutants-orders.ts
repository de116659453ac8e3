import { notSent } from '@np-hub/kit';
import { type Mutant, type Sample, reading, text } from './mutate.js';
import { readSample, soundAdapter } from './sample.js';

/** Faults in what is read, shown, sent and received. */
export const orderMutants: readonly Mutant[] = [
  [
    'an unmapped word taken for a known one',
    'leaves every unknown word unmapped, with what it was',
    reading(({ status }) => ({ status: { kind: 'mapped', value: 'open', raw: status.raw } })),
  ],
  [
    'an unknown word lost',
    'leaves every unknown word unmapped, with what it was',
    reading(({ payment }) => (payment.kind === 'unmapped' ? { payment: { kind: 'unmapped', raw: '' } } : {})),
  ],
  [
    'a throw',
    'never throws, whatever comes',
    { ...soundAdapter, readOrder: (raw) => readSample((raw as { valueOf(): unknown }).valueOf()) },
  ],
  [
    'a number of its own',
    'gives plain in the shape of the model, and twice the same',
    reading(({ orderNumber }) => ({ orderNumber: `${orderNumber}-1` })),
  ],
  [
    'times without an offset',
    'gives plain in the shape of the model, and twice the same',
    reading(() => ({ orderedAt: '2026-11-20T09:05:00' })),
  ],
  [
    'an order out of shape',
    'gives plain in the shape of the model, and twice the same',
    reading(() => ({ billedYen: 0.5 })),
  ],
  [
    'an edit that is swallowed',
    'lets every edit in the cart through',
    reading(() => ({ billedYen: 5100, lines: [] })),
  ],
  [
    'a missing amount taken for nothing',
    'invents nothing for a missing field',
    {
      ...soundAdapter,
      readOrder: (raw) => {
        const free = readSample(
          JSON.parse(
            JSON.stringify(raw, (key, value: unknown) => (key === 'billed' && value === '' ? '0' : value)),
          ),
        );
        return free;
      },
    },
  ],
  [
    'a broken text let through',
    'stays sound on hostile strings',
    reading(({ note, buyer }) => ({
      note: buyer.name.length > 1_000 || buyer.name === '\0' ? (null as unknown as string) : note,
    })),
  ],
  [
    'several destinations without a flag',
    'flags several destinations, and only those',
    reading(() => ({ flags: [] })),
  ],
  [
    'local time',
    'does not depend on the time zone of the machine',
    reading(({ orderedAt }) => ({ note: String(new Date(orderedAt).getHours()) })),
  ],
  [
    'a local date',
    'does not depend on the time zone of the machine',
    reading(() => ({ note: String(Date.parse('2026/11/20 9:05')) })),
  ],
  [
    'an unlabelled button',
    'buttons: labelled, known, each once in a state',
    { ...soundAdapter, buttons: [{ action: 'report', label: { ja: '', en: '' }, states: ['approved'] }] },
  ],
  [
    'a button without a state',
    'buttons: labelled, known, each once in a state',
    { ...soundAdapter, buttons: [{ action: 'report', label: text, states: [] }] },
  ],
  [
    'a button twice',
    'buttons: labelled, known, each once in a state',
    { ...soundAdapter, buttons: [{ action: 'report', label: text, states: ['approved', 'approved'] }] },
  ],
  [
    'an unknown action',
    'buttons: labelled, known, each once in a state',
    { ...soundAdapter, buttons: [{ action: 'explode' as 'report', label: text, states: ['approved'] }] },
  ],
  [
    'an empty reminder',
    'reminders: in both languages, in known states',
    { ...soundAdapter, reminders: [{ states: ['released'], text: { ja: '', en: 'x' } }] },
  ],
  [
    'a reminder without a state',
    'reminders: in both languages, in known states',
    { ...soundAdapter, reminders: [{ states: [], text }] },
  ],
  [
    'a reminder twice',
    'reminders: in both languages, in known states',
    {
      ...soundAdapter,
      reminders: [
        { states: ['released'], text },
        { states: ['paid'], text },
      ],
    },
  ],
  [
    'an instruction twice',
    'instructions: known, and there is a way to give them',
    { ...soundAdapter, instructions: ['change-to-cod', 'change-to-cod'] },
  ],
  [
    'an instruction without a way',
    'instructions: known, and there is a way to give them',
    (({ push: _push, file: _file, ...rest }: Sample): Sample => rest)(soundAdapter),
  ],
  [
    'a policy that the cart cannot do',
    'instructions: known, and there is a way to give them',
    { ...soundAdapter, instructions: [] },
  ],
  [
    'an unknown policy',
    'default policies: known, with values that they can have',
    { ...soundAdapter, defaultPolicies: { luck: true } as Sample['defaultPolicies'] & object },
  ],
  [
    'a policy out of range',
    'default policies: known, with values that they can have',
    { ...soundAdapter, defaultPolicies: { creditDaysBefore: -1 } },
  ],
  [
    'malls of one shop',
    'default policies: known, with values that they can have',
    { ...soundAdapter, defaultPolicies: { malls: {} } },
  ],
  [
    'an own word for nothing',
    'own words: for known situations',
    { ...soundAdapter, ownWords: () => ({ approved: ' ' }) },
  ],
  [
    'a word left empty',
    'words: one, or notSent, for every situation',
    { ...soundAdapter, words: { ...soundAdapter.words, paid: '' } },
  ],
  [
    'a silent rejection',
    'words: nothing unapproved says that the goods may go',
    { ...soundAdapter, words: { ...soundAdapter.words, rejected: notSent } },
  ],
  [
    'a rejection that ships',
    'words: nothing unapproved says that the goods may go',
    { ...soundAdapter, words: { ...soundAdapter.words, rejected: '与信OK' } },
  ],
  [
    'one page only',
    'fetchOrders brings every order of every page once',
    {
      ...soundAdapter,
      pull: {
        checkConnection: () => Promise.resolve({ kind: 'ok', message: text }),
        fetchOrders: async function* one({ http }) {
          const { json } = await http.send({ method: 'GET', url: 'https://cart.example/?page=1' });
          yield (json as { orders?: unknown[] }).orders ?? [];
        },
      },
    },
  ],
  [
    'orders that come otherwise each time',
    'fetchOrders brings the orders of an overlap alike',
    (() => {
      let turn = 0;
      const pull = soundAdapter.pull as NonNullable<Sample['pull']>;
      return {
        ...soundAdapter,
        pull: {
          ...pull,
          fetchOrders: async function* turning(io, window) {
            turn += 1;
            for await (const page of pull.fetchOrders(io, window))
              yield page.map((order) => ({ order, turn }));
          },
        },
      } satisfies Sample;
    })(),
  ],
  [
    'a limit that is not heeded',
    'pushStatus says how long a cart wants to be left alone',
    { ...soundAdapter, push: { enabled: () => true, pushStatus: () => Promise.reject(new Error('429')) } },
  ],
  [
    'a limit that is not heeded while pulling',
    'fetchOrders says how long a cart wants to be left alone',
    {
      ...soundAdapter,
      pull: {
        checkConnection: () => Promise.resolve({ kind: 'ok', message: text }),
        fetchOrders: async function* none() {},
      },
    },
  ],
  [
    'a signature compared letter by letter',
    'webhook signatures are compared in constant time',
    {
      ...soundAdapter,
      webhook: {
        read: ({ headers }) =>
          headers['x-signature'] === '1'
            ? { kind: 'hint', orderNumbers: ['1'], deleted: [] }
            : { kind: 'rejected', reason: 'bad-signature' },
      },
    },
  ],
];
