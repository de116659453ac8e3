import { Alert, Anchor, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Link } from 'react-router';
import { useShops } from '../../api/queries.js';
import { Moment } from '../../components/moment.js';
import { Pair, Section } from '../../components/section.js';
import { Tag } from '../../components/tag.js';
import { useText } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/**
 * A status that the cart does not show: loud where sending failed, calm where somebody has to set it because the shop
 * keeps write-back off. One that is on its way, or was set by hand already, is no news.
 */
export function UnsentStatus({ view }: { view: TransactionView }) {
  const { detail, common } = useText();
  const { cart } = detail;
  const { unsent, waiting, error } = view.pushed;
  const byFile = useTellsByFile(view.shopId);
  if (unsent === null || waiting || (byFile && error === null)) return null;
  if (error !== null) {
    return (
      <Alert color="red" variant="outline" title={cart.unsentTitle}>
        <Text size="sm">{cart.unsent(unsent)}</Text>
        <Text size="sm">
          {cart.error}
          {common.colon}
          {error}
        </Text>
      </Alert>
    );
  }
  if (view.cartSays.npWord === unsent || view.cartSays.missing) return null;
  return (
    <Alert color="gray" variant="outline" title={cart.byHandTitle}>
      <Text size="sm">{cart.byHand(unsent)}</Text>
    </Alert>
  );
}

/** True for a shop whose cart takes results over from files, and is not told by itself. */
function useTellsByFile(shopId: string): boolean {
  const shop = useShops().data?.find(({ id }) => id === shopId);
  return shop !== undefined && shop.capabilities.files && !shop.writeBack;
}

/** What the cart last said, and what was last shown in it. */
export function CartLink({ view }: { view: TransactionView }) {
  const text = useText();
  const { cart } = text.detail;
  const { pushed, cartSays } = view;
  const byFile = useTellsByFile(view.shopId);
  return (
    <Section title={cart.title}>
      {cartSays.missing && (
        <Alert color="orange" variant="outline" py="xs" mb="sm">
          {cart.missing}
        </Alert>
      )}
      <dl className="pairs">
        <Pair label={cart.target}>
          {view.cartWord ?? <span className="quiet">{cart.notSent}</span>}{' '}
          {pushed.waiting && <Tag tone="progress">{cart.waiting}</Tag>}
          {byFile && pushed.unsent !== null && !pushed.waiting && (
            <>
              <Tag tone="progress">{cart.byFile}</Tag>{' '}
              <Anchor component={Link} size="sm" to={`/imports?shop=${encodeURIComponent(view.shopId)}`}>
                {cart.byFileLink}
              </Anchor>
            </>
          )}
        </Pair>
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
          {cartSays.rawStatus && <span className="quiet">{text.common.aside(cartSays.rawStatus)}</span>}
        </Pair>
        <Pair label={cart.payment}>
          {wordOr(cart.payments, cartSays.payment)}
          {cartSays.rawPayment && <span className="quiet">{text.common.aside(cartSays.rawPayment)}</span>}
        </Pair>
        {cartSays.npWord && <Pair label={cart.npWord}>{cartSays.npWord}</Pair>}
        <Pair label={cart.seenAt}>
          <Moment at={cartSays.seenAt} exact />
        </Pair>
      </dl>
    </Section>
  );
}
