/**
 * makeshop's prefecture codes: 13 and 14 are both Tokyo (confirmed), which it splits, so that all later ones are one
 * ahead of the official ones. 49 離島部 and 50 海外 are no prefectures.
 */
const codes01To12 = '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県';
const codes13To24 = '東京都 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県';
const codes25To36 = '三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県';
const codes37To48 = '徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県';

/** What stands for a prefecture in makeshop: the codes, and the two words for Tokyo (observed). */
export const prefectureWords: ReadonlyMap<string, string> = new Map([
  ...[codes01To12, codes13To24, codes25To36, codes37To48]
    .flatMap((row) => row.split(' '))
    .map((name, index) => [String(index + 1), name] as const),
  ['東京(23区内)', '東京都'],
  ['東京(23区外)', '東京都'],
]);
