import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pinoHttp } from 'pino-http';
import { logOptions } from '../src/http/logging.js';

test('one line for each request: its path and id, nothing that somebody typed', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const logHttp = pinoHttp({ ...logOptions('info'), genReqId: () => 'request-1' }, sink);
  const server = createServer((request, response) => {
    logHttp(request, response);
    const error = Object.assign(new Error('duplicate key "山田花子"\nKey (phone)=(0901)'), {
      code: '23505',
      parameters: ['山田花子'],
    });
    logHttp.logger.error(error);
    logHttp.logger.warn(
      { password: 'hunter2', nested: { authorization: 'hunter2', body: 'hunter2' } },
      'odd',
    );
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(
    `http://127.0.0.1:${port}/api/v1/transactions?q=${encodeURIComponent('山田')}&a=0901`,
    {
      method: 'POST',
      headers: { cookie: 'np_hub_session=hunter2', authorization: 'hunter2' },
      body: 'hunter2',
    },
  );
  await response.text();
  await new Promise((done) => server.close(done));

  const records = lines.map((line) => JSON.parse(line));
  const requests = records.filter(({ req }) => req);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    msg: 'POST /api/v1/transactions 200',
    req: { id: 'request-1' },
  });
  expect(records.find(({ err }) => err)).toMatchObject({ err: { type: 'Error', code: '23505' } });
  expect(lines.join('')).not.toMatch(/hunter2|山田|%E5%B1%B1|0901/);
});
