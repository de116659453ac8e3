import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { cp932Text } from '@np-hub/kit';
import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { SbpsSettings } from './settings.js';
import { charset } from './wire.js';

/** One element as it is sent. `text` goes into the hash, `wide` says that the document carries it in Base64. */
export interface Field {
  readonly name: string;
  readonly content: string | readonly Field[];
  readonly wide?: true;
}

/** What a document said: its own name, its function id, and every element in order. */
export interface ReadDocument {
  readonly root: string;
  readonly id: string;
  readonly fields: readonly ReadField[];
}
export interface ReadField {
  readonly name: string;
  readonly content: string | readonly ReadField[];
}

type Keys = Pick<SbpsSettings, 'hashKey'>;
type Cipher = Pick<SbpsSettings, 'cipherKey' | 'cipherVector'>;

export const bytesOf = (text: string): Buffer => iconv.encode(cp932Text(text).text, charset);

/** Every text of a document in its order, the hash itself aside. */
const textsOf = (fields: readonly ReadField[]): string =>
  fields
    .filter(({ name }) => name !== 'sps_hashcode')
    .map(({ content }) => (typeof content === 'string' ? content.trim() : textsOf(content)))
    .join('');

/** SHA-1 over all texts and the key. Over the plain texts: before Base64 and 3DES (confirmed by V and R). */
export const hashOf = (fields: readonly ReadField[], { hashKey }: Keys): string =>
  createHash('sha1')
    .update(bytesOf(textsOf(fields) + hashKey))
    .digest('hex');

/** Whether the document carries its own hash. Both are hashed once more, so that they compare in constant time. */
export function hasOwnHash({ fields }: ReadDocument, keys: Keys): boolean {
  return isSameSecret((textOf(fields, 'sps_hashcode') ?? '').toLowerCase(), hashOf(fields, keys));
}

/** Constant time, whatever the lengths. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** A signed request. With a 3DES key the texts within `pay_method_info` are encrypted, and `encrypted_flg` says so. */
export function writeRequest(id: string, fields: readonly Field[], settings: Keys & Cipher): Buffer {
  const signed = [...fields, { name: 'sps_hashcode', content: hashOf(fields, settings) }];
  return documentOf('sps-api-request', id, written(signed, settings.cipherKey === '' ? null : settings));
}

/** A document without signature. */
export const documentOf = (root: string, id: string, inner: string): Buffer =>
  bytesOf(`<?xml version="1.0" encoding="Shift_JIS"?><${root} id="${escaped(id)}">${inner}</${root}>`);

function written(fields: readonly Field[], cipher: Cipher | null, isInMethod = false): string {
  return fields
    .map(({ name, content, wide }) => {
      const within = isInMethod || name === 'pay_method_info';
      if (typeof content !== 'string') return `<${name}>${written(content, cipher, within)}</${name}>`;
      if (cipher && isInMethod && content !== '')
        return `<${name}>${encrypted(bytesOf(content), cipher)}</${name}>`;
      return `<${name}>${wide ? bytesOf(content).toString('base64') : escaped(content)}</${name}>`;
    })
    .join('');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const blockBytes = 8;
const blank = 0x20;

/** 3DES-CBC, filled up with blanks to a whole block, in Base64. assumed: the filling (V). */
export function encrypted(bytes: Buffer, { cipherKey, cipherVector }: Cipher): string {
  const missing = (blockBytes - (bytes.length % blockBytes)) % blockBytes;
  const cipher = createCipheriv('des-ede3-cbc', cipherKey, cipherVector).setAutoPadding(false);
  const whole = Buffer.concat([bytes, Buffer.alloc(missing, blank)]);
  return Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64');
}

/** The text again; null where it is none of ours. */
export function decrypted(text: string, { cipherKey, cipherVector }: Cipher): string | null {
  try {
    const cipher = createDecipheriv('des-ede3-cbc', cipherKey, cipherVector).setAutoPadding(false);
    const bytes = Buffer.concat([cipher.update(Buffer.from(text, 'base64')), cipher.final()]);
    return new TextDecoder('shift_jis').decode(bytes).trimEnd();
  } catch {
    return null;
  }
}

/** Entities stay as they stand, so that none can be blown up, and no text becomes a number. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type Parsed = Readonly<Record<string, unknown>>;
const attributes = ':@';

/** Reads a document of SBPS; null where the bytes are none: not XML, no root of that name, or no function id. */
export function readDocument(bytes: Uint8Array | undefined, root: string): ReadDocument | null {
  if (!bytes || bytes.length === 0) return null;
  try {
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
    if (/<!DOCTYPE|<!ENTITY/iu.test(text)) return null;
    const nodes = (parser.parse(text, true) as Parsed[]).filter((node) => root in node);
    const [node] = nodes;
    const id = (node?.[attributes] as Parsed | undefined)?.['id'];
    if (!node || nodes.length > 1 || typeof id !== 'string') return null;
    const fields = fieldsOf(node[root]);
    return typeof fields === 'string' ? null : { root, id, fields };
  } catch {
    return null;
  }
}

function fieldsOf(children: unknown): string | readonly ReadField[] {
  const nodes = Array.isArray(children) ? (children as Parsed[]) : [];
  const texts = nodes.flatMap((node) => (typeof node['#text'] === 'string' ? [node['#text']] : []));
  const elements = nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== attributes && key !== '#text');
    return name === undefined ? [] : [{ name, content: fieldsOf(node[name]) }];
  });
  return elements.length > 0 ? elements : texts.join('');
}

/** The text of an element that stands there exactly once; undefined otherwise. */
export function textOf(fields: readonly ReadField[], name: string): string | undefined {
  const [found, ...others] = fields.filter((field) => field.name === name);
  return found && others.length === 0 && typeof found.content === 'string' ? found.content : undefined;
}

/** The elements within another. */
export function within(fields: readonly ReadField[], name: string): readonly ReadField[] {
  const found = fields.find((field) => field.name === name);
  return found && typeof found.content !== 'string' ? found.content : [];
}
