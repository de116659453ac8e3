import type { RuleId } from './rules.js';
import type { Texts } from './texts.js';

/** Rules whose text names figures, for where only the rule is known, as in what goes out to other systems and to chats. */
export const plainTexts: Readonly<Partial<Record<RuleId, Texts>>> = {
  'too-long': { ja: '文字数の上限を超えています。', en: 'Too many characters.' },
  'prohibited-characters': {
    ja: '使えない制御文字（改行やタブなど）があります。',
    en: 'Control characters such as line breaks or tabs.',
  },
  'not-encodable': {
    ja: '送ると文字化けする文字（絵文字や環境依存文字）があります。別の字に置きかえてください。',
    en: 'Characters that would arrive garbled, such as emoji or rare kanji. Please write them differently.',
  },
  'postal-format': { ja: '桁数が違います。', en: 'The number of digits is wrong.' },
  'phone-eleven-digits': {
    ja: '090などで始まる番号の桁数が違います。',
    en: 'A number beginning with 090 or the like has another number of digits.',
  },
  'phone-ten-digits': {
    ja: '固定電話などの番号の桁数が違います。',
    en: 'A landline number or the like has another number of digits.',
  },
  'goods-total': {
    ja: '商品明細の合計と請求金額の差が大きすぎます。',
    en: 'The goods total and the billed amount differ by too much.',
  },
  'amount-positive': { ja: '1円以上にしてください。', en: 'It has to be ¥1 or more.' },
  'slip-format': {
    ja: '半角英数字とハイフンで、決められた文字数以内にしてください。',
    en: 'Too long, or other characters than half-width letters, digits or hyphens.',
  },
  'invoice-date-window': {
    ja: '出荷報告日から離れすぎています。',
    en: 'It lies too far from the shipment report.',
  },
  'np-id-length': { ja: '桁数が違います。', en: 'The number of digits is wrong.' },
};
