import { CodeCardsController } from './code-cards.controller.js';
import { CodeCards } from './code-cards.js';

/** The parts of the dictionary of codes, for the composition root. */
export const codeCardControllers = [CodeCardsController];
export const codeCardProviders = [CodeCards];
