import { HttpException } from '@nestjs/common';
import type { ErrorView } from '@np-hub/model';

/** An answer other than success, in the one shape of the API. Thrown by controllers and services. */
export class ApiProblem extends HttpException {
  readonly view: ErrorView;

  /** `error` is the name that programs read; 409 with the name of the refusal where an action is refused. */
  constructor(
    status: number,
    error: string,
    message: ErrorView['message'],
    fields: ErrorView['fields'] = [],
  ) {
    const view = { error, message, fields };
    super(view, status);
    this.view = view;
  }
}

/** 400 about one field of the request. */
export const wrongField = (field: string, message: ErrorView['message']): ApiProblem =>
  new ApiProblem(400, 'invalid-input', message, [{ field, message }]);

/** Said of a field with text that no database keeps. */
export const notKept = {
  ja: '使用できない文字（NUL、または壊れた文字）が含まれています。',
  en: 'It holds a character that cannot be kept: NUL, or half of one.',
};

/** What is said for a status where nobody has said anything better. */
const standard: Readonly<Record<number, readonly [error: string, ja: string, en: string]>> = {
  400: ['invalid-input', '入力内容を読み取れませんでした。', 'The request could not be read.'],
  401: ['not-signed-in', 'ログインしてください。', 'Please sign in.'],
  403: ['not-allowed', 'この操作を行う権限がありません。', 'You are not allowed to do this.'],
  404: ['not-found', '見つかりませんでした。', 'Not found.'],
  405: ['method-not-allowed', 'この操作はできません。', 'This method is not allowed here.'],
  408: ['too-slow', '時間内に受信できませんでした。', 'The request took too long to arrive.'],
  409: ['conflict', '現在の状態ではこの操作はできません。', 'This is not possible in the current state.'],
  413: ['too-large', '送信された内容が大きすぎます。', 'The request is too large.'],
  414: [
    'address-too-long',
    '送られた内容が長すぎます。検索の文字や条件を短くしてください。',
    'What was sent is too long. Please search with fewer characters or filters.',
  ],
  415: ['not-json', 'JSON で送信してください。', 'Please send JSON.'],
  429: [
    'too-many-tries',
    '回数の上限に達しました。しばらくしてからもう一度お試しください。',
    'Too many tries. Please wait a while and try again.',
  ],
  431: [
    'headers-too-large',
    '送られた内容が長すぎます。検索の文字や条件を短くしてください。',
    'What was sent is too long. Please search with fewer characters or filters.',
  ],
  503: [
    'unavailable',
    '現在ご利用いただけません。しばらくしてからもう一度お試しください。',
    'Not available at the moment. Please try again in a while.',
  ],
};

/** The standard problem of a status. Any status without words of its own answers 400 or 500 alike. */
export function problemOf(status: number): ApiProblem {
  const [error, ja, en] = standard[status] ??
    (status < 500 ? standard[400] : undefined) ?? [
      'internal',
      'サーバーで問題が発生しました。しばらくしてからもう一度お試しください。',
      'Something went wrong in the hub. Please try again in a while.',
    ];
  return new ApiProblem(status, error, { ja, en });
}
