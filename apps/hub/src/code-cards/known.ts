import { ownReasons } from '../changes/own-reasons.js';
import { gateways } from '../gateways.js';

const known = new Set(gateways.flatMap(({ codes }) => codes.map(({ code }) => code)));

/** True for a code that a gateway's own dictionary explains. */
export const isKnown = (code: string): boolean => known.has(code);

/** The gateways' codes among the reasons of a change that no dictionary explains. `<field>:<rule>` is a check of ours. */
export const unknownOf = (reasons: readonly string[]): readonly string[] =>
  reasons.filter((reason) => !reason.includes(':') && !ownReasons.has(reason) && !known.has(reason));
