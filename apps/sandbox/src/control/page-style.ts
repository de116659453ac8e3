/** The page's style: plain, readable, and the same at 200 % zoom. */
export const pageStyle = `
  :root { color-scheme: light; }
  body { font: 16px/1.6 system-ui, 'Hiragino Sans', 'Noto Sans CJK JP', sans-serif; margin: 0; color: #1c2330; background: #f5f6f8; }
  header, section { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem; }
  section { background: #fff; border: 1px solid #d5d9e0; border-radius: 8px; margin-bottom: 1rem; }
  h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
  form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0; }
  label { display: flex; flex-direction: column; font-size: .9rem; } label.check { flex-direction: row; gap: .4rem; align-items: center; }
  input, select, button { font: inherit; padding: .3rem .5rem; border: 1px solid #8a93a3; border-radius: 4px; background: #fff; color: inherit; }
  button { background: #1f4f99; color: #fff; border-color: #1f4f99; cursor: pointer; } td button { font-size: .85rem; margin: 0 .25rem .25rem 0; }
  :focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
  th, td { text-align: left; border-bottom: 1px solid #e1e4ea; padding: .35rem .5rem; vertical-align: top; white-space: nowrap; }
  td.wide { white-space: normal; min-width: 14rem; } dt { font-weight: 600; } dd { margin: 0 0 .4rem 1rem; overflow-wrap: anywhere; }
  code { background: #eef0f4; padding: 0 .3rem; border-radius: 3px; } #message:not(:empty) { background: #fff4d6; padding: .4rem .6rem; border-radius: 4px; white-space: pre-wrap; }
`;
