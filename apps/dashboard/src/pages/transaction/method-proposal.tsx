import { Stack, Text, Title } from '@mantine/core';
import type { PaymentChange, TransactionView } from '@np-hub/model';
import { Pair } from '../../components/section.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { DraftTabs } from '../desk/draft-tabs.js';
import { paymentDraft, type Proposal } from '../desk/payment-draft.js';

interface Props {
  readonly view: TransactionView;
  readonly change: PaymentChange;
  readonly offer: PaymentChange['offers'][number] | null;
}

/** What to write to the buyer and what to change in the cart; nothing before NP's end is proven. */
export function MethodProposal({ view, change, offer }: Props) {
  const { text, language } = useSpeech();
  const words = text.desk.payment;
  if (change.npSide !== 'ended') return null;
  if (offer === null || offer.feeYen === null || offer.totalYen === null) {
    return (
      <Text size="sm" c="dimmed">
        {words.chooseFirst}
      </Text>
    );
  }
  const { name, note, feeYen, totalYen } = offer;
  const proposal: Proposal = { name, note, feeYen, totalYen };
  const yen = (amount: number) => formatYen(amount, language);
  const fromTo = (from: number, to: number) => words.cart.change(yen(from), yen(to));
  return (
    <Stack gap="md">
      <div>
        <Title order={3} size="h5" mb="xs">
          {words.draft}
        </Title>
        <DraftTabs draft={paymentDraft(view, proposal)} />
      </div>
      <div>
        <Title order={3} size="h5">
          {words.cartTitle(view.cart[language])}
        </Title>
        <dl className="pairs">
          <Pair label={words.cart.method}>{words.cart.change('NP後払い', name)}</Pair>
          <Pair label={words.cart.fee}>
            {change.feeKnown || change.cartFeeYen > 0 ? fromTo(change.cartFeeYen, feeYen) : yen(feeYen)}
          </Pair>
          <Pair label={words.cart.total}>
            <strong>{fromTo(change.cartTotalYen, totalYen)}</strong>
          </Pair>
        </dl>
        <Text size="sm" mt="xs">
          {words.cart.atOnce} {words.cart.after}
        </Text>
      </div>
    </Stack>
  );
}
