import type { Reminder } from '@np-hub/kit';

/** What the cart leaves to people (confirmed, https://help.subscription-store.com/175be6b0caea8067b0ecffde45cfd216, but where said). */
export const reminders: readonly Reminder[] = [
  {
    states: ['rejected', 'lapsed'],
    text: {
      ja: '出荷停止の状態です。変わるのは与信情報（与信NG）だけで、注文の「出荷停止」にチェックは入りません。',
      en: 'Shipment is on hold: only the credit state (与信NG) changes, the 出荷停止 box of the order is not ticked.',
    },
  },
  {
    states: ['rejected', 'lapsed'],
    text: {
      ja: 'お客様と連絡を取り、サブスクストアで支払方法の変更などをしてください。代引きへの自動変更は、設定した場合だけ行われます。',
      en: 'Contact the customer and change the payment method in サブスクストア. It becomes 代引き by itself only where the shop has set that.',
    },
  },
  {
    states: ['rejected', 'held'],
    text: {
      ja: '定期注文の場合：定期注文マスターで支払い方法の変更かNG理由の解消を行い、定期を再開してください。再開すると翌日の朝7時に子注文が自動生成されます（手動での生成もできます）。',
      en: 'Recurring order: change the payment method or clear the reason in 定期注文マスター, then 再開. The next child order is generated at 07:00 the next day, or by hand at once.',
    },
  },
  {
    states: ['rejected', 'blocked', 'cancelled'],
    text: {
      ja: '定期2回目以降の注文を削除すると、次回の定期回数は削除した回数と同じになります。登録し直すときは、定期注文マスターの次回発送予定日を元の日付に戻し、変更前の予定日を控えてから子注文を生成してください。',
      en: 'Deleting an order from the second on gives its 定期回数 to the next one. To register it again: note the planned date, set it in 定期注文マスター, generate the child order and compare both dates.',
    },
  },
  {
    states: ['rejected', 'released'],
    text: {
      ja: '代引きに変わった注文は手数料が変わります。請求金額を確認し、お客様にもお知らせください。変更は通知ログに残ります。',
      en: 'The fee of an order that became 代引き is another one: check the amount and tell the customer. The 通知ログ keeps the change.',
    },
  },
  {
    states: ['report-failed'],
    text: {
      ja: '出荷報告には、注文状況「出荷済み」・出荷番号・発送日の3つがそろっている必要があります。',
      en: 'The shipment report needs all three: 注文状況 出荷済み, 出荷番号 and 発送日 (confirmed for the sister product).',
    },
  },
  {
    states: ['cancelling', 'cancel-failed', 'cancelled'],
    text: {
      ja: 'NPの取引はnp-hubが取り消します。サブスクストアの一括更新で「決済もキャンセル」を選ぶ必要はありません。',
      en: 'np-hub cancels at NP: there is no need to have サブスクストア cancel the payment too in its bulk update.',
    },
  },
];
