import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { Environment } from '../env.js';
import { ENVIRONMENT } from '../tokens.js';
import type { Message } from './messages.js';

const timeoutMs = 10_000;

/** How a try ended; `trouble` is safe to show. */
export interface Outcome {
  readonly ok: boolean;
  readonly trouble: string | null;
}

/** Sends mail through the operator's own server (ADR: mail by nodemailer). */
@Injectable()
export class Mailer {
  private transport: Transporter | null = null;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'mail'>) {}

  /** False: the hub has no mail server. */
  get isReady(): boolean {
    return this.environment.mail !== null;
  }

  async send(to: string, { title, lines }: Message): Promise<Outcome> {
    const { mail } = this.environment;
    if (!mail) return { ok: false, trouble: 'no-mail-server' };
    this.transport ??= createTransport(mail.url, {
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // Only text of ours goes out: nothing is read from files or from other servers.
      disableFileAccess: true,
      disableUrlAccess: true,
    } as object);
    try {
      await this.transport.sendMail({ from: mail.from, to, subject: title, text: lines.join('\n') });
      return { ok: true, trouble: null };
    } catch (error) {
      const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
      const kind = typeof code === 'string' ? code : 'failed';
      return {
        ok: false,
        trouble: typeof responseCode === 'number' ? `${kind}: SMTP ${responseCode}` : kind,
      };
    }
  }
}
