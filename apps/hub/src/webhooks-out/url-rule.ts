import { wrongField } from '../http/problem.js';
import { isPublicAddress, literalAddress } from './addresses.js';

const needsHttps = {
  ja: 'https:// のURLを指定してください。',
  en: 'Give an address that begins with https://.',
};
const notPublic = {
  ja: '社内や自分自身を指すアドレスには送信できません。',
  en: 'Nothing is sent to private, local or reserved addresses.',
};

/**
 * What can be told from the address alone; names are looked up at each call. Throws 400, which names `field`.
 * `allowPrivate` lets everything through.
 */
export function refusePrivateUrl(text: string, allowPrivate: boolean, field = 'url'): void {
  if (allowPrivate) return;
  const url = new URL(text);
  const literal = literalAddress(url);
  if (url.protocol !== 'https:') throw wrongField(field, needsHttps);
  if (literal && !isPublicAddress(literal)) throw wrongField(field, notPublic);
}
