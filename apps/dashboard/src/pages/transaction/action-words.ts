import type { Action, TransactionView } from '@np-hub/model';
import type { ActionText } from '../../text/domain.js';
import type { Texts } from '../../text/texts.js';

type Situation = Pick<TransactionView, 'attempts' | 'creditStart'>;

/** What an action does to this order: the same action means less where NP has not heard of the order yet. */
export function actionWords(view: Situation, action: Action, text: Texts): ActionText {
  const live = view.attempts.some((attempt) => attempt.live);
  if (action === 'cancel' && !live) return text.actionsBefore.cancel;
  if (action === 'check-credit' && view.creditStart !== null) return text.actionsBefore['check-credit'];
  return text.actions[action];
}
