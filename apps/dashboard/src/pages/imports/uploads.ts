import type { ImportView } from '@np-hub/model';
import { useCallback, useEffect, useRef, useState } from 'react';
import { importsPath, useForgetImports } from '../../api/files.js';
import { newKey } from '../../api/press-key.js';
import { upload } from '../../api/upload.js';

/** The hub takes no larger file. */
const limitBytes = 200 * 1024 * 1024;

/** A file on its way. `tooLarge` and `empty` are never sent; `error` is what stopped one that was. */
export interface Uploading {
  readonly key: string;
  readonly file: File;
  /** No other file was given with it, nor before it was sent. */
  readonly alone: boolean;
  readonly share: number;
  readonly fault: 'tooLarge' | 'empty' | null;
  readonly error: unknown;
}

/** What is wrong with a file before anything is sent. */
export function faultOf({ size }: Pick<File, 'size'>): Uploading['fault'] {
  if (size === 0) return 'empty';
  return size > limitBytes ? 'tooLarge' : null;
}

interface Uploads {
  readonly waiting: readonly Uploading[];
  readonly add: (files: readonly File[]) => void;
  /** Stops it where it is being sent. */
  readonly remove: (key: string) => void;
  /** With the same key: what arrived after all is not taken twice. */
  readonly again: (key: string) => void;
}

/** Sends files one after the other. `onDone` gets each import, and whether its file was given alone. */
export function useUploads(shopId: string, onDone: (view: ImportView, alone: boolean) => void): Uploads {
  const [waiting, setWaiting] = useState<readonly Uploading[]>([]);
  const running = useRef<{ key: string; stop: AbortController } | null>(null);
  const refresh = useForgetImports(shopId);
  const done = useRef({ onDone, refresh });
  useEffect(() => {
    done.current = { onDone, refresh };
  });

  const change = useCallback((key: string, next: Partial<Uploading>) => {
    setWaiting((before) => before.map((one) => (one.key === key ? { ...one, ...next } : one)));
  }, []);

  useEffect(() => {
    const next = waiting.find(({ fault, error }) => fault === null && error === null);
    if (!next || running.current) return;
    const { key, file } = next;
    const stop = new AbortController();
    running.current = { key, stop };
    const path = `${importsPath(shopId)}?name=${encodeURIComponent(file.name)}`;
    const onProgress = (share: number) => change(key, { share });
    upload<ImportView>(path, { file, key, signal: stop.signal, onProgress })
      .then(
        (view) => {
          setWaiting((before) => before.filter((one) => one.key !== key));
          done.current.refresh();
          done.current.onDone(view, next.alone);
        },
        (error: unknown) => change(key, { error }),
      )
      .finally(() => {
        running.current = null;
        setWaiting((before) => [...before]);
      });
  }, [waiting, shopId, change]);

  useEffect(() => () => running.current?.stop.abort(), []);

  const add = useCallback((files: readonly File[]) => {
    const added = files.map((file) => ({ key: newKey(), file, share: 0, fault: faultOf(file), error: null }));
    setWaiting((before) => {
      const alone = added.length === 1 && before.length === 0;
      return [...before.map((one) => ({ ...one, alone: false })), ...added.map((one) => ({ ...one, alone }))];
    });
  }, []);
  const remove = useCallback((key: string) => {
    if (running.current?.key === key) running.current.stop.abort();
    setWaiting((before) => before.filter((one) => one.key !== key));
  }, []);
  const again = useCallback((key: string) => change(key, { error: null, share: 0 }), [change]);
  return { waiting, add, remove, again };
}
