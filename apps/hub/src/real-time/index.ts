import { AuthorizeController } from './authorize.controller.js';
import { Authorizations } from './authorize.js';
import { Beginnings } from './begin.js';
import { Intents } from './intents.js';
import { Completions } from './complete.js';
import { Confirmations } from './confirmations.js';
import { Desks } from './desks.js';

export const realTimeControllers = [AuthorizeController];
export const realTimeProviders = [Desks, Intents, Beginnings, Completions, Authorizations, Confirmations];
