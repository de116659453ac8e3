import { MoveViews } from './move-views.js';
import { Moves } from './moves.js';

/** Everything about guided moves, for the composition root. */
export const moveProviders = [MoveViews, Moves];
