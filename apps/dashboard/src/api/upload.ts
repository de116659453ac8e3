import { ApiError, readAnswer, unreachable } from './client.js';

interface Upload {
  readonly file: File;
  /** Sent as `Idempotency-Key`: a file that is sent once more after a lost answer is not taken twice. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Sends the raw bytes of a file to the API. By XMLHttpRequest, because only that tells how far an upload has come.
 * `path` begins after `/api/v1`. Throws `ApiError`, also where it was given up.
 */
export function upload<Answer>(path: string, { file, key, signal, onProgress }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new ApiError(0, unreachable));
    request.open('POST', `/api/v1${path}`);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () => {
      try {
        resolve(readAnswer<Answer>(request.status, request.responseText));
      } catch (error) {
        reject(error instanceof Error ? error : new ApiError(0, unreachable));
      }
    });
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    request.addEventListener('timeout', fail);
    if (signal.aborted) return fail();
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
