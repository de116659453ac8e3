import type { News, NotificationReading } from '@np-hub/kit';
import { noticesMeant, type GatewayCase, type NoticeMeant } from './gateway-case.js';

/** What each call has to be read as. */
const meanings: Readonly<Record<NoticeMeant, (news: News) => boolean>> = {
  approved: (news) => news.about === 'credit' && news.credit.result === 'approved',
  rejected: (news) => news.about === 'credit' && news.credit.result === 'rejected',
  garbled: (news) => news.about === 'credit' && news.credit.result === 'unknown',
  cancelled: (news) => news.about === 'cancel' && news.result.kind === 'done',
  'cancel-refused': (news) => news.about === 'cancel' && news.result.kind === 'refused',
  reported: (news) => news.about === 'report' && news.result.kind === 'done',
  'report-refused': (news) => news.about === 'report' && news.result.kind === 'refused',
  lapsed: (news) => news.about === 'lapse',
};

/**
 * A gateway that calls the hub: only what proves itself is read, and a call that is not understood is never good news.
 * A gateway without questions has to call: otherwise nobody would ever learn what it has decided.
 */
export function describeNotices<Settings>({ gateway, settings, secrets, wire }: GatewayCase<Settings>): void {
  const read = gateway.readNotification;
  const { notices } = wire;

  it('answers questions, or calls by itself', () => {
    expect(gateway.findCredit !== undefined || read !== undefined).toBe(true);
    expect(read !== undefined).toBe(notices !== undefined);
  });
  if (!read || !notices) return;

  const id = wire.transactionId(1);
  const outcomeOf = (body: Buffer): NotificationReading => read({ body }, settings);
  const expectRejected = (body: Buffer, reason: string) => {
    const reading = outcomeOf(body);
    if (reading.kind === 'notice') throw new Error(`taken for ${reading.news.about}`);
    expect(reading.reason).toBe(reason);
    expect(reading.reply.body.toString('latin1')).toMatch(notices.replies.refused);
  };

  describe('calls of the gateway', () => {
    it.each(noticesMeant)('reads a genuine one: %s', (meant) => {
      const reading = outcomeOf(notices.made(settings, meant, id));
      if (reading.kind === 'rejected') throw new Error(reading.reason);
      expect(meanings[meant](reading.news)).toBe(true);
      expect(reading.ids.length).toBeGreaterThan(0);
      for (const part of reading.ids) expect(id).toContain(part);
      for (const verdict of ['taken', 'refused'] as const) {
        const reply = reading.reply(verdict).body.toString('latin1');
        expect(reply).toMatch(notices.replies[verdict]);
        for (const secret of secrets) expect(reply).not.toContain(secret);
      }
    });

    it('reads the same call twice alike', () => {
      const body = notices.made(settings, 'approved', id);
      expect(JSON.stringify(outcomeOf(body))).toBe(JSON.stringify(outcomeOf(body)));
    });

    it('refuses one that another key has signed, and one for another merchant', () => {
      expectRejected(notices.made(notices.otherKey, 'approved', id), 'bad-signature');
      expectRejected(notices.made(notices.otherMerchant, 'approved', id), 'foreign');
    });

    it('refuses one in which anything has been changed, and what is no call at all', () => {
      const body = notices.made(settings, 'rejected', id);
      for (let at = 0; at < body.length; at += 7) {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const reading = outcomeOf(changed);
        // A changed blank or letter of the frame may leave all that is signed as it was.
        if (reading.kind === 'notice') expect(meanings.rejected(reading.news)).toBe(true);
      }
      for (const nothing of ['', '<', '<html></html>', '{}', '[]', '<?xml version="1.0"?>']) {
        expectRejected(Buffer.from(nothing), 'malformed');
      }
      expectRejected(body.subarray(0, Math.floor(body.length / 2)), 'malformed');
    });
  });
}
