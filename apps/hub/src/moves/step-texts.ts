import type { LocalText } from '@np-hub/kit';
import type { MoveSettings, MoveStep, MoveStepName } from '@np-hub/model';

interface StepText {
  readonly title: LocalText;
  readonly help: LocalText;
  /** How to take it back before the switch; null where nothing has to be, or can be. */
  readonly undo: LocalText | null;
}

type Texts = Readonly<Record<MoveStepName, (settings: MoveSettings, method: string) => StepText>>;

const text = (ja: string, en: string): LocalText => ({ ja, en });

/** What each step says: for real time after サブスクストア's manual (seed 001), section by section. */
const texts: Texts = {
  apply: () => ({
    title: text('NPへリアルタイム与信を申し込む', 'Apply to NP for real-time credit'),
    help: text(
      '再審査があり、切り替えまで約1ヶ月かかります。審査の結果、利用できない場合もあります。',
      'NP examines the shop again, which takes about a month, and may refuse.',
    ),
    undo: null,
  }),
  tsukuru: () => ({
    title: text('つくーる側もリアルタイム与信を設定する', 'Set up real time in つくーる as well'),
    help: text(
      '売れるD2Cつくーるとサブスクストアの両方で設定が必要です。つくーる側は売れるネット広告社へ問い合わせてください。',
      'Both sides need it. For つくーる, ask its vendor.',
    ),
    undo: text('つくーる側の設定を元に戻してください。', 'Set つくーる back.'),
  }),
  connection: () => ({
    title: text('新しい接続をハブに登録する', 'Enter the new connection in the hub'),
    help: text(
      'NPから発行された加盟店コードと新しいSPコードで接続を作り、この切替に選びます。今の接続は消しません。切替前の取引は、その接続のまま続きます。',
      'Make a connection with the codes that NP has issued and choose it for this move. The present one stays: older transactions go on with it.',
    ),
    undo: null,
  }),
  'credit-timing-zero': ({ creditDaysBefore }) => ({
    title: text('「与信タイミング」を0日にする', 'Set 与信タイミング to 0 days'),
    help: text(
      `今の設定は${creditDaysBefore}日前です。【設定】>【重要項目設定】>【支払い方法設定】>【後払い】と、ハブのショップの方針の両方を0日にします。切り替え日以降に出荷する注文に、今の契約で与信がかからなくなります。`,
      `It is ${creditDaysBefore} days now. Set it to 0 in the cart and in the shop’s policies here: orders that ship from the switch on are then not checked under the present contract.`,
    ),
    undo: text(
      `与信タイミングを${creditDaysBefore}日前に戻してください。`,
      `Set it back to ${creditDaysBefore} days.`,
    ),
  }),
  'course-generation-zero': ({ courseDaysBefore }) => ({
    title: text('「定期注文の生成日」を0日にする', 'Set 定期注文の生成日 to 0 days'),
    help: text(
      `今の設定は${courseDaysBefore ?? 0}日前です。【設定】>【重要項目設定】>【運用設定】で、発送予定日の当日に生成されるようにします。`,
      `It is ${courseDaysBefore ?? 0} days now. With 0, a course’s order is made on its day of shipment.`,
    ),
    undo: text(
      `定期注文の生成日を${courseDaysBefore ?? 0}日前に戻してください。`,
      `Set it back to ${courseDaysBefore ?? 0} days.`,
    ),
  }),
  'own-link-drained': () => ({
    title: text('カート自身のNP連携で処理中の注文を終える', 'Finish what the cart’s own NP link has'),
    help: text(
      'カート自身の連携で登録した注文は、できるだけその連携で出荷報告まで終えます。残った注文は切替後、NP取引IDでハブに引き取れます。',
      'Report what was registered by the cart’s own link as far as possible. What is left can be adopted here by its NP transaction id.',
    ),
    undo: null,
  }),
  drain: ({ enclosedInvoice }) => ({
    title: text(
      '与信OKで出荷作業中の注文を出荷報告まで終える',
      'Report all approved orders that are being shipped',
    ),
    help: text(
      `【受注一覧】>【注文一覧】で、支払い方法「NP後払い」${enclosedInvoice === 'none' ? '' : 'と「NP後払い請求書同梱」'}、注文状況「出荷作業中」、決済状況「与信OK」を検索し、出荷データの取り込み（出荷済みへの変更）まで終えます。切り替え後、カートの旧連携では出荷報告できません。`,
      'In the cart: NP後払い (and 請求書同梱), 出荷作業中, 与信OK. Take in the shipments of all of them. The cart’s old link cannot report after the switch.',
    ),
    undo: null,
  }),
  'cart-service': () => ({
    title: text(
      '利用サービスを「NP後払い(リアルタイム)」にする',
      'Set 利用サービス to NP後払い(リアルタイム)',
    ),
    help: text(
      '【設定】>【重要項目設定】>【支払方法設定】>【後払い】で、加盟店コードと新しいSPコードを入力して保存します。',
      'Enter the merchant code and the new SP code there, and save.',
    ),
    undo: text('利用サービスを「NP後払い」に戻してください。', 'Set it back to NP後払い.'),
  }),
  'cart-visibility': ({ visibility }) => ({
    title: text(
      `「利用しない」を「${visibility === 'shown' ? '消費者に表示' : '消費者に非表示'}」にする`,
      `Set 利用しない to ${visibility === 'shown' ? '消費者に表示' : '消費者に非表示'}`,
    ),
    help: text(
      '切り替えると自動で「利用しない」になります。そのままでは、購入者がNP後払いを選べません。',
      'The switch sets it to 利用しない by itself; nobody can choose NP until this is set.',
    ),
    undo: null,
  }),
  'cart-fee-text': () => ({
    title: text('手数料と支払い方法の説明を入力し直す', 'Enter fee and explanation again'),
    help: text(
      '手数料と支払い方法の説明欄は、切り替えでリセットされます。NP指定の文面もここに入れます。',
      'The switch empties both. The text that NP demands belongs there, too.',
    ),
    undo: text('元の手数料と説明に戻してください。', 'Enter the former ones.'),
  }),
  'enclosed-invoice': ({ enclosedInvoice }) => ({
    title: text('請求書同梱を確認する', 'Check enclosed invoices'),
    help:
      enclosedInvoice === 'new'
        ? text(
            '新しく使う場合は、サブスクコンシェルへ設定を依頼してください。',
            'To use them anew, ask サブスクコンシェル.',
          )
        : text(
            'NP後払いで使っていた請求書同梱は、引き続き使えます。支払い方法の名前がハブの設定（npPayments）にあることを確認してください。',
            'They go on. See that the payment’s name stands in the shop’s settings (npPayments).',
          ),
    undo: null,
  }),
  'carrier-code': (_, method) => ({
    title: text(`配送方法「${method}」に運送会社コードを設定する`, `Set the 運送会社コード of ${method}`),
    help: text(
      'リアルタイムでは、配送方法ごとに運送会社コードが必要です。【設定】>【重要項目設定】>【配送方法設定】と、ハブのショップの設定（carrierCodes）に入れます。',
      'Real time needs one for each 配送方法: in the cart, and in the shop’s settings here (carrierCodes).',
    ),
    undo: null,
  }),
  'own-link-off': () => ({
    title: text('カート自身のNP連携を止める', 'Switch the cart’s own NP link off'),
    help: text(
      '止めないと、同じ注文が二重にNPへ登録されます。止めたことを、カートの画面で確かめてください。',
      'Otherwise one order is registered at NP twice. See in the cart that it is off.',
    ),
    undo: text('カート自身のNP連携を再開してください。', 'Switch it on again.'),
  }),
  'hub-switch': ({ kind }) => ({
    title: text('ハブを切り替える', 'Switch the hub'),
    help:
      kind === 'own-link-to-hub'
        ? text(
            'この時刻より後の注文からハブが登録します。前の注文は連携対象外のまま残ります。切替後は、この画面からは戻せません。',
            'The hub registers orders from this moment on; older ones stay out of its hands. There is no way back from here.',
          )
        : text(
            'これから届く注文は新しい接続で扱います。登録済みの取引は、今の接続のまま最後まで続きます。切替後は、この画面からは戻せません。',
            'New orders go by the new connection; registered transactions stay with theirs to the end. There is no way back from here.',
          ),
    undo: null,
  }),
  products: () => ({
    title: text('商品の決済方法を変更する（元に戻せません）', 'Change the products (cannot be taken back)'),
    help: text(
      '「後払い決済方法変更処理」で、対象「商品」、変更前「NP後払い」、変更後「NP後払い(リアルタイム)」を選びます。この操作は元に戻せません。',
      '後払い決済方法変更処理 for 商品, from NP後払い to NP後払い(リアルタイム). It cannot be taken back.',
    ),
    undo: null,
  }),
  'course-masters': () => ({
    title: text(
      '定期注文マスターの次回以降の支払い方法を変更する（元に戻せません）',
      'Change the recurring masters (cannot be taken back)',
    ),
    help: text(
      '同じ画面で、対象「定期注文マスター」、変更前「NP後払い」、変更後「NP後払い(リアルタイム)」を選びます。この操作は元に戻せません。',
      'The same for 定期注文マスター. It cannot be taken back.',
    ),
    undo: null,
  }),
  'landing-forms': () => ({
    title: text('LP一体型フォームの決済方法を変更する', 'Change the LP forms'),
    help: text(
      '【広告媒体管理】>【LP一体型フォーム一覧】の各フォームの決済・配送方法設定で、【NP後払い(リアルタイム)】にチェックを入れます。',
      'In each form’s payment settings, tick NP後払い(リアルタイム).',
    ),
    undo: null,
  }),
  'left-before-credit-first': () => ({
    title: text(
      '与信前に残った注文（定期1回目・単品）を登録し直す',
      'Left before credit, first or single orders: register again',
    ),
    help: text(
      '注文状況「出荷待ち」、決済状況「取引登録待ち」をCSVでダウンロードし、キャンセルまたは削除します。【受注管理】>【注文登録】でNP後払い(リアルタイム)として登録し直します。出荷予定日と住所はCSVで確認します。',
      'Download 出荷待ち with 取引登録待ち as CSV, cancel or delete them, and enter them again with NP後払い(リアルタイム); dates and addresses are in the CSV.',
    ),
    undo: null,
  }),
  'left-before-credit-repeated': () => ({
    title: text(
      '与信前に残った注文（定期2回目以降）を生成し直す',
      'Left before credit, a course’s second or later: generate again',
    ),
    help: text(
      '削除すると、定期回数は次回に引き継がれます。【定期注文マスター】で変更前の予定日を控え、次回発送予定日を削除した注文の出荷予定日・お届け予定日に合わせて、子注文生成を行います。生成した子注文と次回予定日に誤りがないか確かめます。',
      'Deleting hands its 定期回数 on to the next one. In 定期注文マスター note the old date, set the next one to that of the deleted order, generate the child order, and compare both.',
    ),
    undo: null,
  }),
  'left-after-credit': () => ({
    title: text('与信後に残った注文を終える', 'Left after credit: finish'),
    help: text(
      'ハブで登録した取引は、今の接続でハブから終えられます。カート自身の連携で登録した注文の再与信・キャンセル・出荷報告は、NPの管理画面でしかできません。どちらも、サブスクストアの決済状況は更新されません。',
      'What the hub registered it finishes by the old connection. What the cart’s own link registered can only be finished in NP’s console. In neither case サブスクストア updates its 決済状況.',
    ),
    undo: null,
  }),
  'left-own-link': () => ({
    title: text(
      '切替前の注文を引き取る、またはNPの管理画面で終える',
      'Adopt older orders, or finish them in NP’s console',
    ),
    help: text(
      '連携対象外の注文は、NP取引IDを入力するとハブに引き取れます。引き取らない注文は、NPの管理画面でしか終えられません。',
      'An order of before is adopted by its NP transaction id. The others can only be finished in NP’s console.',
    ),
    undo: null,
  }),
  check: () => ({
    title: text('未処理のまま残った取引がないことを確かめる', 'See that nothing is orphaned'),
    help: text(
      '処理が止まったままの取引がないか、ハブが確かめます。',
      'The hub looks for transactions that nobody would go on with.',
    ),
    undo: null,
  }),
};

/** What a step of this move says. */
export const textOfStep = (settings: MoveSettings, { name, method }: MoveStep): StepText =>
  texts[name](settings, method ?? '');
