import type { LocalText } from '@np-hub/kit';
import type { Actor } from '@np-hub/model';

/** One type of error: the middle two characters of a code (sbps.md). */
export interface ErrorType {
  readonly title: LocalText;
  readonly fix: LocalText;
  readonly actor: Exclude<Actor, 'buyer' | 'none'>;
  /** Whether the last three digits name a field of the request. */
  readonly names: 'field' | 'nothing';
}

/** One field that a code can name: its last three digits (sbps.md), with the payload path where the hub has one. */
export interface ErrorField {
  readonly label: LocalText;
  readonly path: string | null;
}

const type = (
  [ja, en]: readonly [string, string],
  [fixJa, fixEn]: readonly [string, string],
  actor: ErrorType['actor'] = 'shop',
  names: ErrorType['names'] = 'nothing',
): ErrorType => ({ title: { ja, en }, fix: { ja: fixJa, en: fixEn }, actor, names });

const settingsFix = [
  '接続の設定（マーチャントID・サービスID・ハッシュキー・接続先URL）をSBPSの案内と照らし合わせてください。',
  'Compare the settings of the connection (merchant ID, service ID, hash key, address) with what SBPS gave you.',
] as const;
const fieldFix = [
  '注文の該当項目を直すと、自動でもう一度送ります。直せない場合はSBPSに問い合わせてください。',
  'Correct the field of the order: it is then sent again by itself. If you cannot, ask SBPS.',
] as const;
const consoleFix = [
  'SBPSの決済管理ツールで、この購入の状態を確認してください。',
  'Look this purchase up in the payment administration tool of SBPS.',
] as const;
const laterFix = [
  'SBPS側の問題です。時間をおいてもう一度実行し、続く場合はSBPSに問い合わせてください。',
  'The problem is at SBPS. Try again later, and ask SBPS if it goes on.',
] as const;

/** Types of seed sbps.md that do not belong to credit cards alone. */
export const errorTypes: Readonly<Record<string, ErrorType>> = {
  '00': type(['XMLの形式が正しくない', 'The XML is malformed'], laterFix),
  '01': type(['決済手段が正しくない', 'Invalid payment method'], settingsFix),
  '02': type(['機能IDが正しくない', 'Invalid API request id'], settingsFix),
  '03': type(['必須項目がない', 'A required field is missing'], fieldFix, 'shop', 'field'),
  '04': type(['文字の種類が正しくない', 'Wrong type of data'], fieldFix, 'shop', 'field'),
  '05': type(['長さが正しくない', 'Wrong length'], fieldFix, 'shop', 'field'),
  '06': type(['形式が正しくない', 'Wrong format'], fieldFix, 'shop', 'field'),
  '07': type(['使える値ではない', 'Not one of the allowed values'], fieldFix, 'shop', 'field'),
  '09': type(['ハッシュ値が一致しない', 'The hash value is wrong'], settingsFix),
  '10': type(
    ['リクエストの有効時間切れ', 'The request has expired'],
    [
      'サーバーの時計がずれていないか確認してください。正しければ、もう一度実行してください。',
      'Check that the clock of the server is right, then try again.',
    ],
  ),
  '11': type(
    ['該当するSBPSトランザクションIDの決済がない', 'No payment for the SBPS transaction id'],
    consoleFix,
  ),
  '12': type(['該当するトラッキングIDの決済がない', 'No payment for the tracking id'], consoleFix),
  '13': type(['使えない項目がある', 'A parameter is not allowed'], fieldFix, 'shop', 'field'),
  '14': type(['マーチャントIDまたはサービスIDが見つからない', 'Unknown merchant or service id'], settingsFix),
  '80': type(['SBPSの内部エラー', 'Internal error of SBPS'], laterFix, 'np'),
  '81': type(['SBPSの内部で内容が一致しない', 'Internal mismatch at SBPS'], consoleFix),
  '83': type(['SBPSに記録がない', 'SBPS has no record'], consoleFix),
  '84': type(['決済機関（NP）でエラーになった', 'Failure at the payment company (NP)'], consoleFix),
  '85': type(['決済機関（NP）でエラーになった', 'Failure at the payment company (NP)'], consoleFix),
  '86': type(
    ['売上・キャンセルができなかった（詳細は非公開）', 'The request was not taken (meaning not public)'],
    consoleFix,
  ),
  '90': type(['SBPSの予期しないエラー', 'Unexpected error of SBPS'], laterFix, 'np'),
  '92': type(['決済機関への接続に失敗した', 'SBPS could not reach the payment company'], laterFix, 'np'),
  '93': type(['再試行の回数を超えた', 'SBPS gave up trying'], laterFix, 'np'),
  '94': type(['処理が完了しなかった', 'The request was not completed'], laterFix, 'np'),
  '96': type(['同じ購入IDがすでに要求されている', 'The purchase id has been requested already'], consoleFix),
  '97': type(
    ['同じトラッキングIDの返金がすでに要求されている', 'The refund has been requested already'],
    consoleFix,
  ),
};

const field = (ja: string, en: string, path: string | null = null): ErrorField => ({
  label: { ja, en },
  path,
});

export const errorFields: Readonly<Record<string, ErrorField>> = {
  '000': field('機能ID', 'API request id'),
  '001': field('マーチャントID', 'merchant id'),
  '002': field('サービスID', 'service id'),
  '003': field('顧客ID', 'customer id', 'shopTransactionId'),
  '004': field('購入ID', 'purchase id', 'shopTransactionId'),
  '005': field('商品ID', 'item id', 'goods'),
  '006': field('商品名', 'item name', 'goods'),
  '007': field('税額', 'tax'),
  '008': field('金額', 'amount', 'billedYen'),
  '009': field('結果通知先', 'result address'),
  '010': field('自由欄1', 'free field 1'),
  '011': field('自由欄2', 'free field 2'),
  '012': field('自由欄3', 'free field 3'),
  '013': field('購入枝番', 'branch number'),
  '014': field('明細行番号', 'line number', 'goods'),
  '015': field('明細の商品ID', 'item id of a line', 'goods'),
  '016': field('明細の商品名', 'item name of a line', 'goods'),
  '017': field('明細の数量', 'quantity of a line', 'goods'),
  '018': field('明細の税額', 'tax of a line', 'goods'),
  '019': field('明細の金額', 'amount of a line', 'goods'),
  '023': field('要求日時', 'request date'),
  '024': field('リクエスト許容時間', 'request tolerance'),
  '025': field('チェックサム', 'checksum'),
  '026': field('SBPSトランザクションID', 'SBPS transaction id', 'npTransactionId'),
  '027': field('トラッキングID', 'tracking id', 'npTransactionId'),
  '029': field('処理日時', 'processing date'),
};

/** The last three digits where a code names no field. observed (recorded answers end in 999). */
export const noField = '999';
/** NP後払い, and what all methods share. confirmed (sbps.md) */
export const methods = ['710', '999'] as const;
