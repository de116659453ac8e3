import { ApiProblem } from '../http/problem.js';

/** Why a question cannot be asked. Nothing has been sent to NP, and the order stays as it was. */
export const refusals = {
  notRealTime: () =>
    new ApiProblem(409, 'not-real-time', {
      ja: 'このショップのNP接続はリアルタイム与信ではありません。注文を送信すると、与信タイミングに従って審査されます。',
      en: 'The NP connection of this shop is not in real time. Send the order, and it is checked when its time has come.',
    }),
  notLive: () =>
    new ApiProblem(409, 'shop-not-live', {
      ja: 'このショップは連携を開始していないか、一時停止中です。開始・再開のあとで、もう一度送信してください。',
      en: 'This shop is not live, or is paused. Send it again once it is.',
    }),
  // Seed 001: 支払い方法がNP後払いのご注文で、支払い方法をNP後払い(リアルタイム)とすることも出来かねます。
  batchOrder: () =>
    new ApiProblem(409, 'batch-order', {
      ja: '支払い方法がNP後払いのご注文で、支払い方法をNP後払い(リアルタイム)とすることは出来かねます。注文をキャンセルまたは削除し、新しく登録してください。',
      en: 'An order paid by NP Atobarai cannot become one of NP Atobarai (real time). Cancel or delete it, and make a new one.',
    }),
  notOurs: () =>
    new ApiProblem(409, 'not-under-hub', {
      ja: 'この注文は連携対象外です（連携開始より前の注文、または別の経路で登録された注文です）。',
      en: 'This order is out of the hub’s hands: older than the take-over, or registered by another way.',
    }),
  known: () =>
    new ApiProblem(409, 'order-known', {
      ja: 'この注文番号の注文はすでに確定しています。変更は screen に admin-edit を指定してください。',
      en: 'An order of this number has been confirmed already. To change it, ask with the screen admin-edit.',
    }),
  ended: () =>
    new ApiProblem(409, 'order-ended', {
      ja: 'この注文はキャンセルされているか、キャンセルの処理中です。',
      en: 'This order is cancelled, or is about to be.',
    }),
  stale: () =>
    new ApiProblem(409, 'stale', {
      ja: 'この注文については、より新しい内容をすでに受け取っています。',
      en: 'Something newer is known of this order already.',
    }),
  underWay: () =>
    new ApiProblem(409, 'operation-under-way', {
      ja: 'この注文については、別の処理をNPに送信しています。しばらくしてから、もう一度お試しください。',
      en: 'Something else about this order is on its way to NP. Please try again in a while.',
    }),
  notPossible: () =>
    new ApiProblem(409, 'not-possible', {
      ja: 'この注文の現在の状態では、内容を変更できません（出荷報告済みなど）。注文は元の内容のままです。',
      en: 'In its present state the order cannot be changed (its shipment has been reported, for example). It stays as it was.',
    }),
  unavailable: () =>
    new ApiProblem(503, 'np-unavailable', {
      ja: 'NPに接続できませんでした。NPには何も登録されていません。別の決済手段をご利用いただくか、しばらくしてからもう一度お試しください。',
      en: 'NP could not be reached, and has nothing of this order. Use another payment method, or try again in a while.',
    }),
  busy: () =>
    new ApiProblem(503, 'busy', {
      ja: '同時に処理できる件数を超えています。NPには何も登録されていません。しばらくしてからもう一度お試しください。',
      en: 'Too many questions at one time. NP has nothing of this order. Please try again in a while.',
    }),
} as const;
