import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { anyText } from './arbitrary.js';

/** Documents by a grammar of their own: it shares nothing with the reader, so that a mistake of one is none of the other. */

export interface Service {
  readonly merchantId: string;
  readonly serviceId: string;
  readonly hashKey: string;
}

/** ASCII as it is in Shift_JIS; of anything else whatever bytes come. */
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;
const documentOf = (id: string, inner: string): string =>
  `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="${id}">${inner}</sps-api-request>`;

const noticeId = fc.oneof(
  fc.constantFrom('NT01-00101-710', 'NT02-00202-710', 'NT02-00306-710', 'NT01-00104-710'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map((id) => escaped(id).replaceAll('"', '')),
);
/** Texts that any reader of XML keeps as they are: what is signed is what is read. */
const plain = fc.stringMatching(/^[0-9A-Za-z_-]{0,40}$/u);

/** A notice with the right hash, whatever it says. */
const signed = (service: Service): fc.Arbitrary<Buffer> =>
  fc
    .record({
      id: noticeId,
      result: fc.constantFrom('OK', 'NG', 'ok', ''),
      code: plain,
      transaction: plain,
      more: fc.array(plain, { maxLength: 4 }),
    })
    .map(({ id, result, code, transaction, more }) => {
      const extra = more.map((text, index) => [`x${index}`, text] as const);
      const head = [
        ['merchant_id', service.merchantId],
        ['service_id', service.serviceId],
        ['sps_transaction_id', transaction],
        ['tracking_id', transaction.slice(0, 14)],
        ...extra,
      ] as const;
      const inner = [
        ['rec_result', result],
        ['rec_err_code', code],
      ] as const;
      const texts = [...head, ...inner].map(([, text]) => text).join('');
      const hash = createHash('sha1')
        .update(bytesOf(texts + service.hashKey))
        .digest('hex');
      const write = (fields: readonly (readonly [string, string])[]): string =>
        fields.map(([name, text]) => element(name, text)).join('');
      return bytesOf(
        documentOf(
          id,
          write(head) + element('pay_method_info', write(inner)) + element('sps_hashcode', hash),
        ),
      );
    });

/** What has brought readers of XML down: entities within entities and of files, depth, names, attributes, half of everything. */
const bombs: readonly (readonly [name: string, bytes: Buffer])[] = [
  [
    'entities',
    `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 12 }, (_, level) => `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`).join('')}]>${documentOf('NT01-00101-710', '<a>&e11;</a>')}`,
  ],
  [
    'a file',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${documentOf('NT01-00101-710', '<merchant_id>&a;</merchant_id>')}`,
  ],
  ['an address', `<!DOCTYPE x SYSTEM "http://169.254.169.254/latest">${documentOf('x', '')}`],
  ['small letters', `<!doctype x [<!entity a "b">]>${documentOf('x', '&a;')}`],
  ['depth', documentOf('x', '<a>'.repeat(15_000))],
  ['closed depth', documentOf('x', '<a>'.repeat(9_000) + '</a>'.repeat(9_000))],
  ['breadth', documentOf('x', '<a/>'.repeat(15_000))],
  ['a long name', documentOf('x', `<${'a'.repeat(60_000)}/>`)],
  [
    'attributes',
    documentOf('x', `<a ${Array.from({ length: 4_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`),
  ],
  [
    'names of objects',
    documentOf('x', '<__proto__><constructor>1</constructor></__proto__><toString>1</toString>'),
  ],
  ['an open cdata', documentOf('x', '<![CDATA['.repeat(5_000))],
  ['an open comment', documentOf('x', `<!--${'-'.repeat(60_000)}`)],
  ['character entities', documentOf('x', '&#x0;&#xD800;&#x110000;&#9999999999;'.repeat(1_000))],
  ['two roots', documentOf('x', '') + documentOf('x', '')],
  ['no end', '<sps-api-request id="x"><a>'],
  ['too large', documentOf('x', 'a'.repeat(70_000))],
].map(([name = '', text = '']) => [name, bytesOf(text)] as const);

/** The same letters in other clothes: readers that guess at an encoding have been fooled by each. */
const otherwise = (text: string): fc.Arbitrary<Buffer> =>
  fc.constantFrom(
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(text.replace('Shift_JIS', 'UTF-7').replaceAll('<', '+ADw-')),
    Buffer.concat([bytesOf(text), Buffer.from([0x81])]),
    Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), bytesOf(text)]),
    bytesOf(text).subarray(0, Math.max(1, text.length - 7)),
  );

const tree: fc.Arbitrary<string> = fc.letrec<{ node: string; inner: string }>((tie) => ({
  inner: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(
      anyText.map(escaped),
      anyText,
      fc.constant('&amp;&lt;&unknown;'),
      fc.constant('<![CDATA[<a>]]>'),
    ),
    fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
  ),
  node: fc
    .tuple(
      fc.constantFrom(
        'merchant_id',
        'service_id',
        'sps_transaction_id',
        'pay_method_info',
        'sps_hashcode',
        'ｱ',
        'a:b',
      ),
      tie('inner'),
    )
    .map(([name, inner]) => element(name, inner)),
})).node;

/** `signed`: it proves itself, and may be kept; anything else has to leave no trace. */
export const anyNotice = (
  service: Service,
): fc.Arbitrary<{ readonly body: Buffer; readonly signed: boolean }> => {
  const unsigned = fc.oneof(
    fc.constantFrom(...bombs.map(([, bytes]) => bytes)),
    fc
      .tuple(noticeId, fc.array(tree, { maxLength: 4 }))
      .map(([id, nodes]) => bytesOf(documentOf(id, nodes.join('')))),
    fc.tuple(noticeId, tree).chain(([id, node]) => otherwise(documentOf(id, node))),
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
    // One letter of a proven notice is another one.
    signed(service).map((bytes) =>
      Buffer.from(
        bytes
          .toString('latin1')
          .replace(
            /(<sps_hashcode>)(.)/u,
            (_, open: string, first: string) => open + (first === 'a' ? 'b' : 'a'),
          ),
        'latin1',
      ),
    ),
  );
  return fc.oneof(
    { weight: 3, arbitrary: unsigned.map((body) => ({ body, signed: false })) },
    { weight: 1, arbitrary: signed(service).map((body) => ({ body, signed: true })) },
  );
};

export const namedBombs = bombs;
