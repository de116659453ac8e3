import {
  type AdapterIo,
  type ConnectionCheck,
  IoError,
  checkBy,
  defineAdapter,
  errorOfStatus,
  everyPage,
} from '@np-hub/kit';
import { checkTexts } from './data/texts.js';
import { shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type __PASCAL__Settings, settingsSchema } from './settings.js';
import { cartName, ordersUrl, pageAnswer, requestHeaders } from './wire.js';

type Io = AdapterIo<__PASCAL__Settings>;
type Window = Readonly<Record<'from' | 'to', Date>>;

/** FILL_IN: one sentence on the cart, and on how orders come and results go. */
export const __CAMEL__Adapter = defineAdapter<__PASCAL__Settings>({
  id: '__NAME__',
  label: { ja: 'FILL_IN', en: 'FILL_IN' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord: null,
  readOrder,
  pull: { fetchOrders, checkConnection },
});

/** One page of a window. Throws `IoError`; its message never repeats what the cart answered. */
async function readPage({ settings, http, clock }: Io, window: Window, page: number) {
  const response = await http.send({
    method: 'GET',
    url: ordersUrl(settings, window, page),
    headers: requestHeaders(settings),
    safeRetries: 2,
  });
  const failure = errorOfStatus(response, cartName, clock);
  if (failure) throw failure;
  const { data } = pageAnswer.safeParse(response.json);
  if (data) return data;
  throw new IoError('malformed', `${cartName}: an answer of unknown shape`, { applied: 'no' });
}

function fetchOrders(io: Io, window: Window): AsyncIterable<readonly unknown[]> {
  return everyPage(cartName, (page) => readPage(io, window, page));
}

/** Asks for the orders of the last hour. */
function checkConnection(io: Io): Promise<ConnectionCheck> {
  const to = io.clock.now();
  return checkBy(() => readPage(io, { from: new Date(to.getTime() - 3_600_000), to }, 1), checkTexts);
}
