import { Group, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Copy } from '../../components/copy.js';
import { Moment } from '../../components/moment.js';
import { PageTitle } from '../../components/page-title.js';
import { Pair } from '../../components/section.js';
import { StateTag, Tag } from '../../components/tag.js';
import { formatDay, formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/** Which order this is, and where it stands: in our word and in the cart's. */
export function Header({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { detail } = text;
  return (
    <div>
      <Group gap="sm" align="center">
        <PageTitle>{detail.title(view.orderNumber)}</PageTitle>
        <span data-testid="state">
          <StateTag state={view.state} large />
        </span>
        {view.flags.map((flag) => (
          <Tag key={flag} tone="ended">
            {wordOr(text.flags, flag)}
          </Tag>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {view.shopName}
        {!view.shopName.includes(view.cart[language]) && text.common.aside(view.cart[language])}
        {view.cartWord && ` ・ ${text.list.columns.cart}${text.common.colon}${view.cartWord}`}
      </Text>
      <dl className="pairs pairs-row">
        <Pair label={detail.amount}>
          <strong className="amount">{formatYen(view.billedYen, language)}</strong>
        </Pair>
        <Pair label={detail.npId}>
          {view.npTransactionId ? (
            <Group gap={6} component="span">
              <span className="mono">{view.npTransactionId}</span>
              <Copy value={view.npTransactionId} of={detail.npId} />
            </Group>
          ) : (
            <span className="quiet">{detail.noNpId}</span>
          )}
        </Pair>
        <Pair label={detail.orderedAt}>
          <Moment at={view.orderedAt} exact />
        </Pair>
        <Pair label={text.list.columns.state}>
          <span>
            {text.states[view.state].label}{' '}
            <span className="quiet">
              <Moment at={view.stateSince} />
            </span>
          </span>
        </Pair>
        <Origin view={view} />
        {view.inFlight && (
          <Pair label={wordOr(text.operations, view.inFlight.operation)}>
            {wordOr(text.phases, view.inFlight.phase)}{' '}
            <span className="quiet">
              <Moment at={view.inFlight.since} />
            </span>
          </Pair>
        )}
      </dl>
    </div>
  );
}

/** Where the order comes from, and when it is to go: only what the cart says. */
function Origin({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { detail } = text;
  const { originNumber, mall, plannedShipOn, subscription, creditStart } = view;
  return (
    <>
      {originNumber !== null && (
        <Pair label={detail.originNumber}>
          <span className="mono">{originNumber}</span>
        </Pair>
      )}
      {mall !== null && <Pair label={detail.mall}>{mall}</Pair>}
      {plannedShipOn !== null && (
        <Pair label={detail.plannedShipOn}>{formatDay(plannedShipOn, language)}</Pair>
      )}
      {creditStart !== null && (
        <Pair label={detail.creditStart}>
          {creditStart === 'by-hand' ? detail.creditByHand : <Moment at={creditStart} exact ahead />}
        </Pair>
      )}
      {subscription !== null && (
        <Pair label={detail.subscription}>
          <span className="mono">{subscription.courseNumber}</span>
          {subscription.count !== null && ` ${detail.subscriptionCount(subscription.count)}`}
          {subscription.generated && <span className="quiet">{text.common.aside(detail.generated)}</span>}
        </Pair>
      )}
    </>
  );
}
