import type { ErrorView } from '@np-hub/model';

/** A failed request: the API's own error shape, or one made here where no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly view: ErrorView,
  ) {
    super(view.error);
  }

  /** True where the hub may have done the work although no answer arrived. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

/** No answer came at all. */
export const unreachable: ErrorView = {
  error: 'unreachable',
  message: {
    ja: 'サーバーに接続できませんでした。通信状態を確認して、もう一度お試しください。',
    en: 'The server cannot be reached. Please check the connection and try again.',
  },
  fields: [],
};

const unreadable: ErrorView = {
  error: 'unreadable',
  message: {
    ja: 'サーバーから正しい応答がありませんでした。しばらくしてからもう一度お試しください。',
    en: 'The server gave no proper answer. Please try again in a while.',
  },
  fields: [],
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Options {
  readonly body?: unknown;
  /** Sent as `Idempotency-Key`. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/**
 * One call of the hub's API. `path` begins after `/api/v1`. Gives the parsed answer, undefined for an empty one;
 * throws `ApiError` for everything else.
 */
export async function call<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const response = await send(method, path, options);
  return readAnswer<Answer>(response.status, await response.text());
}

/** The parsed answer of a call that went well; throws `ApiError` for every other one, and for what cannot be read. */
export function readAnswer<Answer>(status: number, text: string): Answer {
  const answer = parse(text);
  if (status >= 200 && status < 300) {
    if (answer === unparsed) throw new ApiError(status, unreadable);
    return answer as Answer;
  }
  throw new ApiError(status, isErrorView(answer) ? answer : unreadable);
}

async function send(method: Method, path: string, { body, key, signal }: Options): Promise<Response> {
  const headers = {
    Accept: 'application/json',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  };
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, unreachable);
  }
}

const unparsed = Symbol('unparsed');

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unparsed;
  }
}

function isErrorView(answer: unknown): answer is ErrorView {
  if (typeof answer !== 'object' || answer === null) return false;
  return 'error' in answer && 'message' in answer && 'fields' in answer && Array.isArray(answer.fields);
}
