import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';

/**
 * SBPS's wire as public programs know it for other methods; what is 710's own is assumed, as in no other file here.
 *
 * confirmed: function ids (SBPS's overview), the envelope, SHA-1 over the plain texts in order and then the key, Basic
 *   authentication, one request a document, an error of eight characters.
 * assumed: everything in `pay_method_info`, the ids of the notices but the number of an expiry, and when they come.
 */

export const functions = {
  purchase: 'ST01-00101-710',
  settle: 'ST02-00202-710',
  cancel: 'ST02-00306-710',
} as const;
export type SbpsFunction = keyof typeof functions;

export const noticeIds = {
  purchase: 'NT01-00101-710',
  settle: 'NT02-00202-710',
  cancel: 'NT02-00306-710',
  lapse: 'NT01-00104-710',
} as const;
export type NoticeKind = keyof typeof noticeIds;

export const contentType = 'text/xml; charset=Shift_JIS';

/** The sixteen carriers that a settlement may name (assumed: by NP's digits). */
export const carrierMaster: ReadonlySet<string> = new Set(
  '50000 59010 59020 59030 59040 59041 59042 59043 59050 59060 59080 59090 59100 59110 59140 59150'.split(
    ' ',
  ),
);

/** Error codes: method, type, field. */
export const codes = {
  unreadable: '99900999',
  unknownFunction: '99902000',
  unknownService: '99914999',
  wrongHash: '99909025',
  expired: '99910024',
  required: (field: string) => `71003${field}`,
  format: (field: string) => `71006${field}`,
  duplicate: '71096999',
  unknownTracking: '71012027',
  /** Not in a state for it: what 710 answers then is not public. */
  notPossible: '71086999',
  carrier: '71007999',
  rejected: '71084999',
} as const;

/** Elements whose text is Base64 of Shift_JIS. */
const isWide = (name: string, isInMethod: boolean): boolean =>
  isInMethod ? name !== 'order_date' : /^(item_name|free[123]|dtl_item_name)$/.test(name);

/** A request, read: plain texts by name (the last of a name), and all of them in order. */
export interface SbpsRequest {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  readonly hash: string;
}

/** Null where the bytes are no request. */
export function readRequest(bytes: Buffer): SbpsRequest | null {
  const xml = iconv.decode(bytes, 'cp932');
  const root = /<sps-api-request id="([^"]*)">([\s\S]*)<\/sps-api-request>\s*$/.exec(xml);
  if (!root) return null;
  const inner = root[2] ?? '';
  const method = /<pay_method_info>([\s\S]*)<\/pay_method_info>/.exec(inner);
  const values: Record<string, string> = {};
  const texts: string[] = [];
  for (const leaf of inner.matchAll(/<([a-z_0-9]+)>([^<]*)<\/\1>/g)) {
    const [, name = '', raw = ''] = leaf;
    const isInMethod =
      method !== null && leaf.index > method.index && leaf.index < method.index + method[0].length;
    const text = isWide(name, isInMethod)
      ? iconv.decode(Buffer.from(raw, 'base64'), 'cp932')
      : raw
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&');
    values[name] = text;
    if (name !== 'sps_hashcode') texts.push(text.trim());
  }
  return { id: root[1] ?? '', values, texts, hash: values['sps_hashcode'] ?? '' };
}

export const hashOf = (texts: readonly string[], hashKey: string): string =>
  createHash('sha1')
    .update(iconv.encode(texts.join('') + hashKey, 'cp932'))
    .digest('hex');

type Leaf = readonly [name: string, content: string | readonly Leaf[]];

const written = (leaves: readonly Leaf[]): string =>
  leaves
    .map(
      ([name, content]) => `<${name}>${typeof content === 'string' ? content : written(content)}</${name}>`,
    )
    .join('\n');

const textsOf = (leaves: readonly Leaf[]): string[] =>
  leaves.flatMap(([, content]) => (typeof content === 'string' ? [content] : textsOf(content)));

export const answerDocument = (id: string, leaves: readonly Leaf[]): Buffer =>
  iconv.encode(
    `<?xml version="1.0" encoding="Shift_JIS" ?>\n<sps-api-response id="${id}">\n${written(leaves)}\n</sps-api-response>`,
    'cp932',
  );

/** A notice with its hash. */
export function noticeDocument(id: string, leaves: readonly Leaf[], hashKey: string): Buffer {
  const signed: readonly Leaf[] = [...leaves, ['sps_hashcode', hashOf(textsOf(leaves), hashKey)]];
  return iconv.encode(
    `<?xml version="1.0" encoding="Shift_JIS" ?>\n<sps-api-request id="${id}">\n${written(signed)}\n</sps-api-request>`,
    'cp932',
  );
}
