import type { CodeCard, LocalText } from '@np-hub/kit';
import type { Reason } from '@np-hub/model';
import { linkCodeCards } from './link-codes.js';
import { errorFields, errorTypes, methods, noField, type ErrorField, type ErrorType } from './code-parts.js';

/** The three parts of `res_err_code`. */
export interface CodeParts {
  readonly method: string;
  readonly type: string;
  readonly field: string;
}

/** Null for what is no code of SBPS: eight characters, method, type and field. */
export function partsOfCode(code: string): CodeParts | null {
  const parts = /^([0-9]{3})([0-9A-Z]{2})([0-9]{3})$/u.exec(code);
  const [, method = '', type = '', field = ''] = parts ?? [];
  return parts ? { method, type, field } : null;
}

const source = 'sbps.md, error codes';

function card({ method, type, field }: CodeParts, known: ErrorType, named: ErrorField | null): CodeCard {
  const where = (text: LocalText): LocalText =>
    named ? { ja: `${text.ja}：${named.label.ja}`, en: `${text.en}: ${named.label.en}` } : text;
  const scope =
    method === '999'
      ? { ja: '決済手段に共通のコードです。', en: 'A code that all payment methods share.' }
      : { ja: 'NP後払い（710）のコードです。', en: 'A code of NP後払い (710).' };
  return {
    code: `${method}${type}${field}`,
    title: where(known.title),
    explanation: {
      ja: `${scope.ja}決済手段${method}・種別${type}・項目${field}を表します。`,
      en: `${scope.en} It reads: method ${method}, type ${type}, field ${field}.`,
    },
    actor: known.actor,
    fields: named?.path ? [named.path] : [],
    fix: known.fix,
    example: null,
    buyerText: null,
    weight: method === '999' ? 'confirmed' : 'assumed',
    source,
  };
}

/** Every code that method, type and field can make up, once each. Which of them 710 really answers is not public. */
export const sbpsCodeCards: readonly CodeCard[] = Object.freeze([
  ...methods.flatMap((method) =>
    Object.entries(errorTypes).flatMap(([type, known]) => [
      card({ method, type, field: noField }, known, null),
      ...(known.names === 'field' ? Object.entries(errorFields) : []).map(([field, named]) =>
        card({ method, type, field }, known, named),
      ),
    ]),
  ),
  ...linkCodeCards,
]);

const cardOf: ReadonlyMap<string, CodeCard> = new Map(sbpsCodeCards.map((each) => [each.code, each]));

/**
 * A code as it came with what the dictionary knows. One that it does not list keeps what its type and field still say:
 * who has to act, and where.
 */
export function explain(code: string): Reason {
  const known = cardOf.get(code);
  if (known) return { code, known: true, actor: known.actor, fields: [...known.fields] };
  const parts = partsOfCode(code);
  const path = parts ? errorFields[parts.field]?.path : null;
  return {
    code,
    known: false,
    actor: (parts && errorTypes[parts.type]?.actor) ?? 'shop',
    fields: path ? [path] : [],
  };
}
