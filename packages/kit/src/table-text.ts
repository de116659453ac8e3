import type { FileEncoding } from './file.js';

/** So many characters beyond ASCII settle the matter. */
const settledAt = 2_000;
/** Small chunks are put together, so that a record is not looked through again for every byte. */
const comfortableLength = 65_536;

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Tells UTF-8 from code page 932 as the bytes come by. Japanese in UTF-8 is all three-byte characters; code page 932
 * read as UTF-8 is almost all errors. A few broken bytes in a file of UTF-8 do not make it anything else.
 */
export class EncodingProbe {
  private readonly decoder = new TextDecoder('utf-8');
  private start = Buffer.alloc(0);
  private wide = 0;
  private errors = 0;

  /** Takes the next bytes; true once more bytes cannot change the answer. */
  add(chunk: Uint8Array): boolean {
    if (this.start.length < byteOrderMark.length)
      this.start = Buffer.concat([this.start, chunk.subarray(0, byteOrderMark.length)]);
    if (this.hasMark()) return true;
    this.count(this.decoder.decode(chunk, { stream: true }));
    return this.wide + this.errors >= settledAt;
  }

  /** What the bytes so far say. Nothing but ASCII is both, and is called UTF-8. */
  encoding(): FileEncoding {
    return this.hasMark() || this.errors === 0 || this.wide > 5 * this.errors ? 'utf8' : 'cp932';
  }

  private hasMark(): boolean {
    return this.start.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  }

  private count(text: string): void {
    this.errors += text.match(/\ufffd/g)?.length ?? 0;
    this.wide += text.match(/[\u0800-\ufffc]/g)?.length ?? 0;
  }
}

interface TextReader {
  write(chunk: Uint8Array): string;
  end(): string;
}

/**
 * A decoder over chunks; bytes that mean nothing become U+FFFD, and a mark at the start of UTF-8 goes. Node's own: it
 * is right at the borders of chunks too, where iconv-lite can lose what follows half a character.
 */
export function textReader(encoding: FileEncoding): TextReader {
  const decoder = new TextDecoder(encoding === 'cp932' ? 'shift_jis' : 'utf-8');
  return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

/** The text of a file in pieces of a comfortable length. */
export async function* textOf(
  source: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
): AsyncGenerator<string> {
  const reader = textReader(encoding);
  let waiting = '';
  for await (const chunk of source) {
    waiting += reader.write(chunk);
    if (waiting.length < comfortableLength) continue;
    yield waiting;
    waiting = '';
  }
  yield waiting + reader.end();
}
