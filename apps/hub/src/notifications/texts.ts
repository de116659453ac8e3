import type { LocalText } from '@np-hub/kit';
import type { Topic } from '@np-hub/model';

export type Language = 'ja' | 'en';

interface Words {
  readonly topics: Readonly<Record<Topic, string>>;
  readonly title: string;
  readonly digest: string;
  readonly comma: string;
  readonly inbox: string;
  readonly testTitle: string;
  readonly testLine: string;
  readonly count: (topic: string, count: number) => string;
  readonly rest: (count: number) => string;
  readonly order: (number: string) => string;
  readonly outage: (name: string, failure: string) => string;
  readonly firstSeen: (code: string) => string;
}

/** What a message says beside the notice itself. */
export const words: Readonly<Record<Language, Words>> = {
  ja: {
    topics: {
      ng: '審査NG',
      hold: '審査保留',
      stop: '処理停止',
      drift: '差異',
      outage: '接続障害',
      'first-seen': '未知のコード',
    },
    title: 'np-hub：',
    digest: 'np-hub 本日のまとめ：',
    comma: '、',
    inbox: '対応待ち：',
    testTitle: 'np-hub：テスト通知',
    testLine: 'この通知先に届きました。設定は「通知の設定」で変更できます。',
    count: (topic, count) => `${topic}${count.toLocaleString('ja-JP')}件`,
    rest: (count) => `ほか${count.toLocaleString('ja-JP')}件は、対応待ちで確認してください。`,
    order: (number) => `注文${number}`,
    outage: (name, failure) => `「${name}」：${failure}。復旧すると自動で再開します。`,
    firstSeen: (code) =>
      `初めて受け取ったコード「${code}」です。意味が分かったら、コード辞書に説明を書いてください。`,
  },
  en: {
    topics: {
      ng: 'Rejected',
      hold: 'Held',
      stop: 'Stopped',
      drift: 'Difference',
      outage: 'Outage',
      'first-seen': 'Unknown code',
    },
    title: 'np-hub: ',
    digest: 'np-hub, the day: ',
    comma: ', ',
    inbox: 'Inbox:',
    testTitle: 'np-hub: test',
    testLine: 'This channel works. Change it under "Notifications".',
    count: (topic, count) => `${topic} ${count.toLocaleString('en-GB')}`,
    rest: (count) => `${count.toLocaleString('en-GB')} more are in the inbox.`,
    order: (number) => `order ${number}`,
    outage: (name, failure) => `"${name}": ${failure}. Work goes on by itself once it answers.`,
    firstSeen: (code) =>
      `The code "${code}" came for the first time. Once its meaning is known, write its card in the dictionary.`,
  },
};

/** Kinds of `IoError`. */
export const outageTitles: Readonly<Record<string, LocalText>> = {
  unauthorized: { ja: '認証情報が受け付けられません', en: 'the credentials are refused' },
  throttled: { ja: 'アクセスが制限されています', en: 'calls are throttled' },
  unavailable: { ja: '応答がありません', en: 'no answer' },
  rejected: { ja: '呼び出しが受け付けられません', en: 'calls are rejected' },
  malformed: { ja: '応答を読み取れません', en: 'the answer cannot be read' },
};

/** What a finding of a comparison is, in general: the page says it in full. */
export function findingTitle(kind: string, language: Language): string {
  if (kind.startsWith('cart-'))
    return { ja: 'カートの状態と食い違っています。', en: 'The cart shows something else.' }[language];
  return { ja: 'NPの状態と食い違っています。', en: 'NP shows something else.' }[language];
}
