const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => escapes[found] ?? found);

const wrapped = (inner: string): string => `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>SBPS リンク型 (サンドボックス)</title>
<style>
body { font-family: system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6; }
form { display: inline-block; margin: 0 .5rem .5rem 0; }
button { font: inherit; padding: .6rem 1rem; min-height: 2.75rem; }
dt { font-weight: bold; }
</style>
</head>
<body>
<h1>NP後払いのお支払い手続き</h1>
<p>SBPSの代役です。本物の請求は発生しません。 <span lang="en">A stand-in for SBPS; nothing is billed.</span></p>
${inner}
</body>
</html>`;

const buttons = [
  ['OK', '手続きを完了する（審査OK）'],
  ['NG', '審査NGにする'],
  ['CN', 'やめて店舗に戻る'],
  ['late', '完了するが、通知を遅らせる'],
] as const;

/** What the buyer sees: the purchase, and a button for every end of it. */
export const linkPage = (orderId: string, amount: string, itemName: string): string =>
  wrapped(`<dl><dt>注文番号</dt><dd>${escaped(orderId)}</dd><dt>商品</dt><dd>${escaped(itemName)}</dd><dt>金額</dt><dd>${escaped(amount)}円</dd></dl>
${buttons
  .map(
    ([result, label]) =>
      `<form method="post" action="/sbps/link/${encodeURIComponent(orderId)}/${result}"><button>${label}</button></form>`,
  )
  .join('\n')}`);

/** Where it ended, with a way to tell the result again: late, or repeated. */
export const linkEndPage = (orderId: string, back: string): string =>
  wrapped(`<p>手続きが終わりました。</p>
<p><a href="${escaped(back)}">店舗に戻る</a></p>
<form method="post" action="/sbps/link/${encodeURIComponent(orderId)}/tell"><button>結果通知を送る（再送・遅れた通知）</button></form>`);

export const linkToldPage = (orderId: string, answer: string): string =>
  wrapped(`<p>結果通知を送りました。応答: <code>${escaped(answer || 'なし')}</code></p>
<form method="post" action="/sbps/link/${encodeURIComponent(orderId)}/tell"><button>もう一度送る</button></form>`);

export const linkErrorPage = (code: string): string =>
  wrapped(`<p role="alert">受付できません。エラーコード: <code>${escaped(code)}</code></p>`);
