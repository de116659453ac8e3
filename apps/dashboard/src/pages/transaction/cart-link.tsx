import { Alert } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Moment } from '../../components/moment.js';
import { Pair, Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/** What the cart last said, and what was last shown in it. */
export function CartLink({ view }: { view: TransactionView }) {
  const text = useText();
  const { cart } = text.detail;
  const { pushed, cartSays } = view;
  return (
    <Section title={cart.title}>
      {cartSays.missing && (
        <Alert color="orange" variant="outline" py="xs" mb="sm">
          {cart.missing}
        </Alert>
      )}
      <dl className="pairs">
        <Pair label={cart.target}>{view.cartWord ?? <span className="quiet">{cart.notSent}</span>}</Pair>
        <Pair label={cart.shown}>
          {pushed.word ?? <span className="quiet">{cart.nothingYet}</span>}{' '}
          {pushed.at && (
            <span className="quiet">
              <Moment at={pushed.at} exact />
            </span>
          )}
        </Pair>
        <Pair label={cart.status}>
          {wordOr(text.cartStatuses, cartSays.status)}
          {cartSays.rawStatus && <span className="quiet">（{cartSays.rawStatus}）</span>}
        </Pair>
        <Pair label={cart.payment}>{wordOr(cart.payments, cartSays.payment)}</Pair>
        {cartSays.npWord && <Pair label={cart.npWord}>{cartSays.npWord}</Pair>}
        <Pair label={cart.seenAt}>
          <Moment at={cartSays.seenAt} exact />
        </Pair>
      </dl>
    </Section>
  );
}
