import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';

/*
 * magic (8 bytes) · id of the backup (16) · frames: length (4, big endian) · sealed piece of the gzipped content.
 * Each frame is bound to the backup, to its place in it, and to being the last one or not: pieces that are missing,
 * changed, swapped or of another backup do not open.
 */
const magic = Buffer.from('NPHUBBK1', 'ascii');
const idBytes = 16;
const pieceBytes = 1024 * 1024;
const mostFrameBytes = 2 * pieceBytes;

/** The file is none of ours, is cut off, or was changed. The message is for people. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const recordId = (id: string, number: number, isLast: boolean): string =>
  `backup:${id}:${number}${isLast ? ':last' : ''}`;

/** Content in, the bytes of a backup file out. */
export async function* sealFrames(keyring: Keyring, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const id = randomBytes(idBytes);
  yield Buffer.concat([magic, id]);
  const frame = (number: number, piece: Buffer, isLast: boolean): Buffer => {
    const sealed = sealBytes(keyring, recordId(id.toString('hex'), number, isLast), piece);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([length, sealed]);
  };
  let held: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of content) {
    held = Buffer.concat([held, chunk]);
    while (held.length > pieceBytes) {
      yield frame(number, held.subarray(0, pieceBytes), false);
      held = Buffer.from(held.subarray(pieceBytes));
      number += 1;
    }
  }
  yield frame(number, held, true);
}

/** The bytes of a backup file in, its content out. Throws `BackupError`, and `CipherError` for a key that is missing. */
export async function* openFrames(keyring: Keyring, file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = readerOf(file);
  if (!(await reader.take(magic.length))?.equals(magic)) throw notABackup();
  const id = (await reader.take(idBytes))?.toString('hex') ?? '';
  for (let number = 0; ; number += 1) {
    const length = (await reader.take(4))?.readUInt32BE() ?? 0;
    if (length === 0 || length > mostFrameBytes) throw cutOff();
    const sealed = await reader.take(length);
    if (!sealed) throw cutOff();
    const isLast = await reader.isAtEnd();
    yield openBytes(keyring, recordId(id, number, isLast), sealed);
    if (isLast) return;
  }
}

interface Reader {
  /** That many bytes; undefined where the file ends before. */
  take(bytes: number): Promise<Buffer | undefined>;
  isAtEnd(): Promise<boolean>;
}

function readerOf(file: AsyncIterable<Buffer>): Reader {
  const source = file[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const fill = async (bytes: number): Promise<boolean> => {
    const parts = [held];
    let length = held.length;
    while (length < bytes) {
      const { value, done } = await source.next();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    held = Buffer.concat(parts);
    return length >= bytes;
  };
  return {
    take: async (bytes) => {
      if (!(await fill(bytes))) return undefined;
      const taken = held.subarray(0, bytes);
      held = Buffer.from(held.subarray(bytes));
      return taken;
    },
    isAtEnd: async () => !(await fill(1)),
  };
}

const notABackup = (): BackupError =>
  new BackupError('np-hub のバックアップではありません。 / This is no backup of np-hub.');
const cutOff = (): BackupError =>
  new BackupError('バックアップのファイルが途中で切れています。 / The backup is cut off.');
