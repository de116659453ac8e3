import { settlementLabels } from '@np-hub/kit';
import { words } from './words.js';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: '注文に指定がないときの送り方です。',
      en: 'Where an order does not say.',
    },
    labels: settlementLabels,
  },
  words: {
    title: { ja: '状態の言葉', en: 'Status words' },
    help: {
      ja: '変更フィードとWebhookの word に入れる言葉です。左で状態を選び、右に言葉を入力します(例: 審査OK と SHIP_OK)。行がない状態は日本語の状態名です。出荷してよい状態と、そうでない状態に同じ言葉は使えません。',
      en: 'What `word` holds in the feed and in webhooks, such as SHIP_OK for 審査OK; the Japanese names for states without a line. One word cannot stand both for a state in which the goods may go and for one in which they may not.',
    },
    labels: Object.fromEntries(
      Object.entries(words).flatMap(([key, word]) =>
        typeof word === 'string' ? [[key, { ja: word, en: word }]] : [],
      ),
    ),
  },
};
