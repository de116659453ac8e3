import { Find } from './find.js';
import { FindController } from './find.controller.js';

/** The parts of the desk, for the composition root. */
export const deskControllers = [FindController];
export const deskProviders = [Find];
