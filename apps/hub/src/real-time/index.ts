import { AuthorizeController } from './authorize.controller.js';
import { Authorizations } from './authorize.js';
import { Beginnings } from './begin.js';
import { Completions } from './complete.js';
import { Confirmations } from './confirmations.js';

export const realTimeControllers = [AuthorizeController];
export const realTimeProviders = [Beginnings, Completions, Authorizations, Confirmations];
