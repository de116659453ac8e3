import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const yearMs = 365 * 24 * 3_600_000;

/** These paths are the hub's own; everything else belongs to the page. */
const ownPath = /^\/(?:api|webhooks|health|metrics)(?:\/|$)/u;

const notBuilt = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>np-hub</title>
<h1>画面がまだビルドされていません</h1><p><code>npm run build</code> を実行してから、もう一度開いてください。</p>
<h1 lang="en">The page has not been built yet</h1><p lang="en">Run <code>npm run build</code>, then open it again.</p></html>`;

/**
 * Serves the dashboard from `folder`: files by name, hashed ones to be kept for a year, and `index.html` for every
 * other path, which is a place inside the page.
 */
export async function serveDashboard(fastify: FastifyInstance, folder: string): Promise<void> {
  await fastify.register(fastifyStatic, { root: folder, serve: false, suppressWarning: true });
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (ownPath.test(path)) return reply.callNotFound();
    if (!existsSync(join(folder, 'index.html'))) return reply.status(503).type('text/html').send(notBuilt);
    const { '*': name = '' } = request.params as { '*'?: string };
    const hashed = name.startsWith('assets/');
    if (hashed) return reply.sendFile(name, { maxAge: yearMs, immutable: true });
    const isFile = /\.[a-z0-9]+$/iu.test(name);
    return reply
      .header('Cache-Control', 'no-cache')
      .sendFile(isFile ? name : 'index.html', { cacheControl: false });
  });
}
