import { pageStyle } from '../control/page-style.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML, between tags or in a quoted attribute. */
export const escaped = (text: string | number): string =>
  String(text).replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** A form with one button that does `action` to an order; `fields` is HTML. */
export const actionForm = (
  address: { office: string; number: string; action: string },
  label: string,
  fields = '',
): string =>
  `<form method="post" action="/offices/${address.office}/orders/${encodeURIComponent(address.number)}/${address.action}">${fields}<button>${escaped(label)}</button></form>`;

/** A table; the cells are HTML. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`;

/** Lines of label and value, as on an edit screen; the values are HTML. */
export const fieldTable = (fields: readonly (readonly [label: string, value: string])[]): string =>
  `<div class="scroll"><table>${fields
    .map(([label, value]) => `<tr><th scope="row">${escaped(label)}</th><td class="wide">${value}</td></tr>`)
    .join('')}</table></div>`;

const uploadScript = `
  for (const form of document.querySelectorAll('form[data-upload]')) form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    const answer = await fetch(form.dataset.upload + '?name=' + encodeURIComponent(file.name), { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
    const { message, rows, problems } = await answer.json();
    document.getElementById('message').textContent = message ?? rows + '件を取り込みました。' + problems.join(' ');
    if (answer.ok) setTimeout(() => location.reload(), 1500);
  });`;

/** A page of an office: the frame around its own words. */
export const officePage = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${pageStyle} th[scope=row] { width: 12rem; } .note { font-size: .85rem; color: #8a3b00; } nav { margin: .3rem 0; }</style>
</head>
<body>
<header>
  <nav><a href="/">サンドボックス</a></nav>
  <h1>${escaped(title)}</h1>
  <p>管理画面の代役です。本物には何も送られません。 <span lang="en">A stand-in for the cart's back office; nothing real is touched.</span></p>
  <p id="message" role="status" aria-live="polite"></p>
</header>
<main>${body}</main>
<script>${uploadScript}</script>
</body>
</html>`;

/** What the office answers instead of doing it; each line of the text on a line of its own. */
export const refusalPage = (title: string, text: string, back: string): string =>
  officePage(
    title,
    `<section role="alert"><h2>処理できません</h2><p style="white-space: pre-line">${escaped(text)}</p><p><a href="${escaped(back)}">戻る</a></p></section>`,
  );
