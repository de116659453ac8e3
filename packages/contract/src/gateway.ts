import { describeAnswers } from './gateway-answers.js';
import type { GatewayCase } from './gateway-case.js';
import { describeFailures } from './gateway-failures.js';
import { describeFixtures } from './gateway-fixtures.js';
import { describeNotices } from './gateway-notices.js';

/** The suite that every gateway has to pass; call it once, at the top of the gateway's contract test. */
export function gatewayContract<Settings>(gatewayCase: GatewayCase<Settings>): void {
  const { gateway, settings } = gatewayCase;

  describe(`gateway contract: ${gateway.id}`, () => {
    it('accepts its own settings and names the merchant without a secret', () => {
      expect(gateway.settings.safeParse(settings).success).toBe(true);
      for (const secret of gatewayCase.secrets) expect(gateway.merchantOf(settings)).not.toContain(secret);
    });

    it('has at least one secret, so that the checks for secrets can fail', () => {
      expect(gatewayCase.secrets.length).toBeGreaterThan(0);
      for (const secret of gatewayCase.secrets) expect(JSON.stringify(settings)).toContain(secret);
    });

    it('explains each code once, in both languages, with a text for the buyer only where the buyer acts', () => {
      const codes = gateway.codes.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      for (const card of gateway.codes) {
        const texts = [card.title, card.explanation, card.fix, card.example, card.buyerText];
        const empty = texts.filter(
          (text) => text !== null && (text.ja.trim() === '' || text.en.trim() === ''),
        );
        expect({ code: card.code, empty }).toEqual({ code: card.code, empty: [] });
        expect({ code: card.code, asks: card.buyerText !== null }).toEqual({
          code: card.code,
          asks: card.actor === 'buyer',
        });
      }
    });

    describeAnswers(gatewayCase);
    describeFailures(gatewayCase);
    describeFixtures(gatewayCase);
    describeNotices(gatewayCase);
  });
}

export type { AnswerEntry, GatewayCall, NoticeMeant } from './gateway-case.js';
