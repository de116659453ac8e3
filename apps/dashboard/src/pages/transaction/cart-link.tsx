import { Alert, Anchor, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Link } from 'react-router';
import { useShops } from '../../api/queries.js';
import { Moment } from '../../components/moment.js';
import { Pair, Section } from '../../components/section.js';
import { Tag } from '../../components/tag.js';
import { useText } from '../../text/speech.js';
import { ownWord, wordOr } from '../../words.js';
import { writeBackOf, type WriteBack } from '../../write-back.js';

/**
 * A status that the cart does not show: loud where sending failed, calm where somebody has to set it because the shop
 * keeps write-back off. One that is on its way, or was set by hand already, is no news.
 */
export function UnsentStatus({ view }: { view: TransactionView }) {
  const { detail, common } = useText();
  const { cart } = detail;
  const { unsent, waiting, error } = view.pushed;
  const way = useWriteBack(view.shopId);
  if (unsent === null || waiting) return null;
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
  if (way !== 'hand' || view.cartSays.npWord === unsent || view.cartSays.missing) return null;
  return (
    <Alert color="gray" variant="outline" title={cart.byHandTitle}>
      <Text size="sm">{cart.byHand(unsent)}</Text>
    </Alert>
  );
}

/** Null while the shops are being loaded. */
function useWriteBack(shopId: string): WriteBack | null {
  const shop = useShops().data?.find(({ id }) => id === shopId);
  return shop ? writeBackOf(shop) : null;
}

/** What the cart last said, and what was last shown in it. */
export function CartLink({ view }: { view: TransactionView }) {
  const text = useText();
  const { cart } = text.detail;
  const { cartSays } = view;
  const rawStatus = ownWord(cartSays.rawStatus, cartSays.status);
  const rawPayment = ownWord(cartSays.rawPayment, cartSays.payment);
  const way = useWriteBack(view.shopId);
  return (
    <Section title={cart.title}>
      {cartSays.missing && (
        <Alert color="orange" variant="outline" py="xs" mb="sm">
          {cart.missing}
        </Alert>
      )}
      <dl className="pairs">
        {way === 'feed' ? (
          <Pair label={cart.told}>{cart.byFeed}</Pair>
        ) : (
          <Shown view={view} byFile={way === 'file'} />
        )}
        <Pair label={cart.status}>
          {wordOr(text.cartStatuses, cartSays.status)}
          {rawStatus !== null && <span className="quiet">{text.common.aside(rawStatus)}</span>}
        </Pair>
        <Pair label={cart.payment}>
          {wordOr(cart.payments, cartSays.payment)}
          {rawPayment !== null && <span className="quiet">{text.common.aside(rawPayment)}</span>}
        </Pair>
        {cartSays.npWord && <Pair label={cart.npWord}>{cartSays.npWord}</Pair>}
        <Pair label={cart.seenAt}>
          <Moment at={cartSays.seenAt} exact />
        </Pair>
      </dl>
    </Section>
  );
}

/** What the cart is to show, and what it was last made to show. */
function Shown({ view, byFile }: { view: TransactionView; byFile: boolean }) {
  const { cart } = useText().detail;
  const { pushed } = view;
  return (
    <>
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
    </>
  );
}
