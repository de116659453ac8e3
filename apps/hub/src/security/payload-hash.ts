import { createHmac } from 'node:crypto';
import { payloadVersion } from '@np-hub/model';
import type { Keyring } from './keyring.js';

/**
 * Hash of exactly the fields that NP is sent, as `1:<hex>`. Keyed, so that a name cannot be guessed from it; with a
 * version, because hashes of two versions say nothing about each other. It outlives changes of the data key.
 */
export const hashPayload = (keyring: Keyring, canonicalJson: string): string =>
  `${payloadVersion}:${createHmac('sha256', keyring.payloadHashKey).update(canonicalJson, 'utf8').digest('hex')}`;
