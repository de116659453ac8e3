import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';

/** The whole page: markup, style and script in one answer. Every value is put in by `textContent`. */
export const page = `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>np-hub サンドボックス</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
  <h1>np-hub サンドボックス</h1>
  <p>NP後払いと makeshop の代役です。本物には何も送られません。 <span lang="en">Stand-ins for NP and makeshop; nothing real is touched.</span></p>
  <p>カートの管理画面: <a href="/offices/cagolab">カゴラボ</a> ・ <a href="/offices/goqsystem">GoQSystem</a> ・ <a href="/offices/subscription-store">サブスクストア</a> ・ <a href="/offices/subscription-store-real-time">サブスクストア(リアルタイム)</a></p>
  <p id="message" role="status" aria-live="polite"></p>
</header>
<main>
<section aria-labelledby="connect-title">
  <h2 id="connect-title">接続先</h2>
  <dl id="connect"></dl>
</section>

<section aria-labelledby="create-title">
  <h2 id="create-title">注文を作る</h2>
  <form id="create">
    <label>購入者名 <input name="name" placeholder="空欄ならおまかせ" maxlength="40" list="magic-values"></label>
    <label>部署名 <input name="department" placeholder="特別な値を入れられます" maxlength="60" list="magic-values"></label>
    <label>建物名など <input name="address2" maxlength="80"></label>
    <label>商品価格(円・税込) <input name="priceYen" type="number" step="1" placeholder="おまかせ"></label>
    <button>注文を作る</button>
  </form>
  <datalist id="magic-values"></datalist>
  <form id="bulk">
    <label>件数 <input name="count" type="number" min="1" max="100000" value="20" required></label>
    <label>内容 <select name="mix"><option value="demo">いろいろな結果</option><option value="ok">すべて審査OK</option></select></label>
    <label>乱数の種 <input name="seed" type="number" value="1" required></label>
    <label class="check"><input name="alive" type="checkbox" checked> 店舗スタッフ役が自動で操作する</label>
    <button>まとめて作る</button>
  </form>
  <form id="life">
    <label>1分あたりの注文数 <input name="ordersPerMinute" type="number" min="0" max="6000" value="12"></label>
    <button name="on" value="true">自動運転を始める</button>
    <button name="on" value="false">止める</button>
    <span id="life-state"></span>
  </form>
</section>

<section aria-labelledby="orders-title">
  <h2 id="orders-title">makeshop の注文(新しい順)</h2>
  <div class="scroll"><table>
    <thead><tr><th scope="col">注文番号</th><th scope="col">購入者</th><th scope="col">金額</th><th scope="col">支払い</th><th scope="col">決済ステータス</th><th scope="col">配送</th><th scope="col">操作</th></tr></thead>
    <tbody id="orders"></tbody>
  </table></div>
  <p><button type="button" id="orders-newer">新しい方へ</button> <button type="button" id="orders-older">古い方へ</button> <span id="orders-count"></span></p>
</section>

<section aria-labelledby="np-title">
  <h2 id="np-title">NP の取引</h2>
  <form id="find"><label>加盟店取引ID <input name="shopTransactionId"></label> <button>探す</button></form>
  <div class="scroll"><table>
    <thead><tr><th scope="col">NP取引ID</th><th scope="col">加盟店取引ID</th><th scope="col">状態</th><th scope="col">与信</th><th scope="col">請求額</th><th scope="col">伝票番号</th><th scope="col">操作</th></tr></thead>
    <tbody id="transactions"></tbody>
  </table></div>
  <p><button type="button" id="np-next">次のページ</button> <button type="button" id="np-first">先頭へ</button> <span id="np-count"></span></p>
</section>

<section aria-labelledby="sbps-title">
  <h2 id="sbps-title">SBPS(SBペイメントサービス)の購入</h2>
  <p>結果は通知で届きます。売上がないまま81日目になると自動でキャンセルし、通知します。</p>
  <div class="scroll"><table>
    <thead><tr><th scope="col">トラッキングID</th><th scope="col">購入ID</th><th scope="col">状態</th><th scope="col">金額</th><th scope="col">伝票番号</th><th scope="col">通知</th><th scope="col">操作</th></tr></thead>
    <tbody id="purchases"></tbody>
  </table></div>
  <form id="sbps-notice">
    <label>結果通知の送り先 <input name="noticeUrl" type="url" placeholder="空欄なら送らない" size="50"></label>
    <button>保存</button>
  </form>
</section>

<section aria-labelledby="magic-title">
  <h2 id="magic-title">特別な値</h2>
  <p>購入者の氏名・会社名・部署名・住所のどこかに入れると、NP の返事が変わります。その値を消して修正すると審査OKになります。</p>
  <div class="scroll"><table>
    <thead><tr><th scope="col">値</th><th scope="col">結果</th><th scope="col" lang="en">Effect</th></tr></thead>
    <tbody id="magic"></tbody>
  </table></div>
</section>

<section aria-labelledby="faults-title">
  <h2 id="faults-title">障害を起こす</h2>
  <form id="fault">
    <label>種類 <select name="fault">
      <option value="latency">遅延 (latency)</option><option value="server-error">5xx (server-error)</option>
      <option value="drop-answer">処理後に切断 (drop-answer)</option><option value="half-batch">半分だけ処理 (half-batch)</option>
      <option value="garbage">HTMLを返す (garbage)</option><option value="throttle">429 (throttle)</option>
      <option value="truncate">途中で切れた応答 (truncate)</option></select></label>
    <label>相手 <select name="target"><option value="np">NP</option><option value="makeshop">makeshop</option><option value="subscription-store">サブスクストアAPI</option><option value="sbps">SBPS</option></select></label>
    <label>操作 <input name="operation" placeholder="すべて" list="operations"></label>
    <label>何回に1回 <input name="every" type="number" min="1" value="1"></label>
    <label>回数 <input name="times" type="number" min="1" placeholder="無制限"></label>
    <label>遅延(ミリ秒) <input name="delayMs" type="number" min="0" value="1000"></label>
    <button>加える</button>
    <button type="button" id="clear-faults">すべて解除</button>
  </form>
  <datalist id="operations"><option>register</option><option>edit</option><option>cancel</option><option>report</option><option>reregister</option><option>find</option><option>payments</option><option>searchOrder</option><option>updateOrderPaymentStatus</option></datalist>
  <ul id="faults"></ul>
</section>

<section aria-labelledby="settings-title">
  <h2 id="settings-title">設定</h2>
  <form id="settings">
    <label>審査にかかる時間(ミリ秒) <input name="reviewDelayMs" type="number" min="0" required></label>
    <label class="check"><input name="duplicateGuard" type="checkbox"> 二重登録を拒否する</label>
    <button>保存</button>
  </form>
  <form id="webhook">
    <label>makeshop 注文更新通知の送り先 <input name="webhookUrl" type="url" placeholder="空欄なら送らない" size="50"></label>
    <button>保存</button>
  </form>
</section>
</main>
<script>${pageScript}</script>
</body>
</html>`;
