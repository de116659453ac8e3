import { z } from 'zod';
import type { Alert } from './alerts.js';
import type { Message } from './messages.js';
import { signatureOf } from '../webhooks-out/signature.js';
import type { Message as Call } from '../webhooks-out/send.js';
import { chatwork, chatworkText, slackText } from './wire.js';

const url = z.url({ protocol: /^https?$/u }).max(500);

/** What a channel keeps sealed: whoever has it can write there. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), address: z.email().max(254) }),
  z.object({ kind: z.literal('webhook'), url, secret: z.string() }),
  z.object({ kind: z.literal('slack'), url }),
  z.object({
    kind: z.literal('chatwork'),
    token: z.string().regex(/^[\x21-\x7e]{8,200}$/u),
    room: z.string().regex(/^\d{1,20}$/u),
  }),
]);
export type Target = z.infer<typeof targetSchema>;

/** What may be shown of it. */
export function shownTarget(target: Target): string {
  switch (target.kind) {
    case 'mail':
      return target.address;
    case 'chatwork':
      return target.room;
    default:
      return new URL(target.url).host;
  }
}

/** The call that brings a message to a channel other than mail. */
export function callOf(
  target: Exclude<Target, { kind: 'mail' }>,
  {
    id,
    at,
    message,
    alerts,
  }: {
    readonly id: string;
    readonly at: Date;
    readonly message: Message;
    readonly alerts: readonly Alert[];
  },
): Call {
  const text = [message.title, ...message.lines].join('\n');
  switch (target.kind) {
    case 'slack':
      return { url: target.url, headers: json, body: JSON.stringify({ text: slackText(text) }) };
    case 'chatwork': {
      const { title, lines } = message;
      const body = `[info][title]${chatworkText(title)}[/title]${chatworkText(lines.join('\n'))}[/info]`;
      return {
        url: chatwork.messagesUrl(target.room),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'user-agent': 'np-hub',
          [chatwork.tokenHeader]: target.token,
        },
        body: new URLSearchParams({ body }).toString(),
      };
    }
    case 'webhook': {
      const body = JSON.stringify({
        id,
        kind: 'alerts',
        title: message.title,
        alerts: alerts.map(openAlert),
      });
      const signature = signatureOf(target.secret, at, body);
      return {
        url: target.url,
        headers: { ...json, 'x-np-hub-delivery': id, 'x-np-hub-signature': signature },
        body,
      };
    }
  }
}

const json = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'np-hub' };

const openAlert = ({ id, at, topic, shopId, connectionId, body }: Alert) => ({
  id,
  at: at.toISOString(),
  topic,
  shopId,
  connectionId,
  ...body,
});
