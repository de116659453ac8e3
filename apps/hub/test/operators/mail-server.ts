import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface MailServer {
  readonly url: string;
  /** Whole mails as they came. */
  readonly mails: string[];
  /** Refuses every mail with this status until it is null again. */
  refuse: string | null;
  stop(): Promise<void>;
}

/** A server that takes mail (RFC 5321), as far as one sender needs it. */
export async function startMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    let mail: string | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const line = (text: string): void => {
      if (mail !== null) {
        if (text !== '.') mail += `${text}\n`;
        else {
          mails.push(mail);
          mail = null;
          say('250 taken');
        }
      } else if (/^DATA/iu.test(text)) {
        mail = '';
        say('354 go on');
      } else if (/^QUIT/iu.test(text)) {
        say('221 bye');
        socket.end();
      } else if (/^MAIL/iu.test(text) && own.refuse) say(own.refuse);
      else say('250 ok');
    };
    socket.on('error', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const one of lines) line(one);
    });
    say('220 test');
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const own: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    refuse: null,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((ended) => {
        server.close(() => ended());
      });
    },
  };
  return own;
}
