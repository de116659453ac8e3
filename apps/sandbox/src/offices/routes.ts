import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import { japanDateTime } from '../japan-time.js';
import type { Offices, RunningOffice } from './offices.js';
import { escaped, officePage, refusalPage, table } from './page.js';

const bulkSchema = z.strictObject({
  count: z.int().min(1).max(100_000).default(1),
  seed: z.int().default(1),
  /** Weights by script; left out, or `"demo"`: the mix of the demo life. */
  mix: z.union([z.literal('demo'), z.record(z.string(), z.number().min(0))]).default('demo'),
  alive: z.boolean().default(false),
  spacingSeconds: z.number().min(0).default(0),
});
const exchangeSchema = z.strictObject({ exchange: z.string().min(1).nullable() });
const pageSchema = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const exportSchema = z.strictObject({ sinceMs: z.coerce.number().min(0).default(0) });
const nameSchema = z.strictObject({ name: z.string().min(1).default('result.csv') });

/** Control routes and pages of the offices. */
export function officeRoutes(offices: Offices) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) => {
      const status = error.statusCode ?? 500;
      return reply.code(status).send({ message: status < 500 ? error.message : 'Internal Server Error' });
    });
    const form = 'application/x-www-form-urlencoded';
    app.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const find = (request: FastifyRequest): RunningOffice => {
      const { id } = readInput(z.object({ id: z.string() }), request.params);
      const found = offices.get(id);
      if (!found) throw new ControlProblem(404, `No office ${id}`);
      return found;
    };
    controlOf(app, offices, find);
    orderRoutes(app, find);
    fileRoutes(app, find);
    pageRoutes(app, find);
  };
}

type Find = (request: FastifyRequest) => RunningOffice;

const pathSchema = z.object({
  number: z.string().default(''),
  action: z.string().default(''),
  file: z.string().default(''),
});
const pathOf = (request: FastifyRequest): z.output<typeof pathSchema> =>
  readInput(pathSchema, request.params);

const viewOf = ({ office, exchange, life }: RunningOffice) => ({
  id: office.id,
  label: office.label,
  orders: office.book.size,
  ...exchange.state,
  problem: exchange.problem,
  exports: Object.keys(office.definition.exports),
  actions: Object.keys(office.definition.actions),
  scripts: Object.entries(office.definition.scripts).map(([name, { ja }]) => ({ name, ja })),
  weights: life.weights,
  imports: office.imports,
});

function controlOf(app: FastifyInstance, offices: Offices, find: Find): void {
  app.get('/control/offices', async () => offices.all().map(viewOf));
  app.get('/control/offices/:id', async (request) => viewOf(find(request)));
  app.patch('/control/offices/:id', async (request) => {
    const running = find(request);
    running.exchange.use(readInput(exchangeSchema, request.body).exchange);
    return viewOf(running);
  });
}

function orderRoutes(app: FastifyInstance, find: Find): void {
  const path = '/control/offices/:id/orders';
  app.get(path, async (request) => {
    const { offset, limit } = readInput(pageSchema, request.query);
    const orders = find(request).office.book.all();
    return { total: orders.length, orders: orders.slice(offset, offset + limit) };
  });
  app.post(path, async (request, reply) => {
    const { office, life } = find(request);
    const { mix, ...options } = readInput(bulkSchema, request.body);
    const weights = mix === 'demo' ? life.weights : mix;
    const unknown = Object.keys(weights).filter((name) => !Object.hasOwn(office.definition.scripts, name));
    if (unknown.length > 0) throw new ControlProblem(400, `Unknown in mix: ${unknown.join(', ')}`);
    return reply.code(201).send({ numbers: life.place({ ...options, mix: weights }) });
  });
  app.get(`${path}/:number`, async (request) => find(request).office.order(pathOf(request).number));
  app.post(`${path}/:number/:action`, async (request) => {
    const { number, action } = pathOf(request);
    return find(request).office.act(number, action, request.body);
  });
}

function fileRoutes(app: FastifyInstance, find: Find): void {
  app.get('/control/offices/:id/export/:file', async (request, reply) => {
    const { sinceMs } = readInput(exportSchema, request.query);
    const { name, bytes } = find(request).office.exportFile(pathOf(request).file, sinceMs);
    return reply
      .type('text/csv')
      .header('content-disposition', `attachment; filename="${encodeURIComponent(name)}"`)
      .send(bytes);
  });
  app.post('/control/offices/:id/import', async (request) => {
    const { name } = readInput(nameSchema, request.query);
    const { body } = request;
    if (!Buffer.isBuffer(body) || body.length === 0)
      throw new ControlProblem(400, 'The bytes of a file are expected');
    return find(request).office.importResult({ name, bytes: body });
  });
}

function pageRoutes(app: FastifyInstance, find: Find): void {
  const html = 'text/html; charset=utf-8';
  app.get('/offices/:id', async (request, reply) => {
    const running = find(request);
    const { office } = running;
    const query = readInput(z.record(z.string(), z.coerce.string()), request.query);
    const body = office.definition.pages.list(office, query) + filesOf(running);
    return reply.type(html).send(officePage(office.label, body));
  });
  app.get('/offices/:id/orders/:number', async (request, reply) => {
    const { office } = find(request);
    const order = office.order(pathOf(request).number);
    const back = `<section><a href="/offices/${office.id}">一覧へ戻る</a></section>`;
    return reply
      .type(html)
      .send(officePage(office.label, office.definition.pages.order(office, order) + back));
  });
  app.post('/offices/:id/orders/:number/:action', async (request, reply) => {
    const { number, action } = pathOf(request);
    const { office } = find(request);
    const back = `/offices/${office.id}/orders/${encodeURIComponent(number)}`;
    try {
      await office.act(number, action, request.body);
    } catch (error) {
      if (!(error instanceof ControlProblem)) throw error;
      return reply
        .code(error.statusCode)
        .type(html)
        .send(refusalPage(office.label, error.message, back));
    }
    return reply.redirect(back, 303);
  });
}

/** What is the same in every office: files out, result files in, the exchange folder. */
function filesOf({ office, exchange }: RunningOffice): string {
  const links = Object.entries(office.definition.exports)
    .map(
      ([name, { label }]) => `<a href="/control/offices/${office.id}/export/${name}">${escaped(label)}</a>`,
    )
    .join(' ・ ');
  const rows = office.imports.map(({ name, atMs, rows: count, problems }) => [
    escaped(japanDateTime(atMs)),
    escaped(name),
    escaped(count),
    escaped(problems.join(' ')),
  ]);
  const { exchange: folder } = exchange.state;
  return `<section><h2>ファイル</h2><p>ダウンロード: ${links}</p>
    <form data-upload="/control/offices/${office.id}/import"><label>結果ファイルの取り込み <input type="file" name="file" required></label><button>取り込む</button></form>
    <p>自動受け渡しフォルダー: ${folder === null ? 'なし' : `<code>${escaped(folder)}</code>`} ${escaped(exchange.problem ?? '')}</p>
    ${rows.length === 0 ? '' : table(['日時', 'ファイル', '件数', '問題'], rows)}</section>`;
}
