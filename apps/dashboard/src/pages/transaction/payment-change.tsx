import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { isAtLeast, type PaymentChange, type SessionView, type TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { Link, useOutletContext } from 'react-router';
import { usePaymentChange } from '../../api/desk.js';
import { isMistyped, type Amount } from '../../components/amount.js';
import { LoadFailed } from '../../components/load.js';
import { Section } from '../../components/section.js';
import { YenInput } from '../../components/yen-input.js';
import { useText } from '../../text/speech.js';
import { ActionDialog } from './action-dialog.js';
import { actionWords } from './action-words.js';
import { MethodChoice } from './method-choice.js';
import { MethodProposal } from './method-proposal.js';

interface Props {
  readonly view: TransactionView;
  readonly viewer: boolean;
}

/** Other ways to pay where NP's has failed. The buyer is asked for nothing before NP's end is proven. */
export function PaymentChangeSection({ view, viewer }: Props) {
  const words = useText().desk.payment;
  const [fee, setFee] = useState<Amount>(0);
  const feeYen = typeof fee === 'number' ? fee : 0;
  const [asked] = useDebouncedValue(feeYen, 300);
  const [name, setName] = useState<string | null>(null);
  const query = usePaymentChange(view.shopId, view.id, asked);
  const change = query.data;
  if (query.isLoadingError) {
    return (
      <Section title={words.title}>
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      </Section>
    );
  }
  if (!change || change.npSide === 'none') return null;
  const isFresh = !isMistyped(fee) && asked === feeYen && !query.isPlaceholderData;
  const chosen = change.offers.find((offer) => offer.name === name && offer.obstacle === null);
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.lead}</Text>
        <NpSideNotice view={view} side={change.npSide} />
        {view.instruction?.name === 'change-to-cod' && view.instruction.byCart && (
          <Text size="sm">{words.byCart}</Text>
        )}
        {change.offers.length === 0 ? (
          <NoMethods shopId={view.shopId} />
        ) : (
          <>
            {!change.feeKnown && <NpFee value={fee} onChange={setFee} />}
            <div aria-busy={!isFresh}>
              <MethodChoice
                change={change}
                chosen={viewer ? undefined : (chosen?.name ?? null)}
                onChoose={setName}
              />
            </div>
            {!viewer && isFresh && <MethodProposal view={view} change={change} offer={chosen ?? null} />}
          </>
        )}
      </Stack>
    </Section>
  );
}

type Words = ReturnType<typeof useText>['desk']['payment']['np'];

/** What stands in the way; nothing where NP's end is proven. */
function noticeOf(np: Words, side: PaymentChange['npSide']): { title: string; text: string } | null {
  switch (side) {
    case 'alive':
      return { title: np.aliveTitle, text: np.alive };
    case 'unsure':
      return { title: np.unsureTitle, text: np.unsure };
    case 'ending':
      return { title: np.endingTitle, text: np.ending };
    default:
      return null;
  }
}

/** What NP has of it, and the way to end that. */
function NpSideNotice({ view, side }: { view: TransactionView; side: PaymentChange['npSide'] }) {
  const text = useText();
  const { np } = text.desk.payment;
  const [cancelling, setCancelling] = useState(false);
  const notice = noticeOf(np, side);
  const mayCancel = side === 'alive' && view.actions.includes('cancel');
  return (
    <>
      <div role="status">
        {notice && (
          <Alert
            color={side === 'ending' ? 'gray' : 'orange'}
            variant="outline"
            icon={side === 'ending' ? <IconClock aria-hidden /> : <IconAlertTriangle aria-hidden />}
            title={notice.title}
          >
            {notice.text}
          </Alert>
        )}
        {side === 'ended' && (
          <Text size="sm" fw={600}>
            {np.ended}
          </Text>
        )}
      </div>
      {mayCancel && (
        <div>
          <Button size="sm" variant="outline" color="red" onClick={() => setCancelling(true)}>
            {np.cancel}
          </Button>
        </div>
      )}
      {cancelling && (
        <ActionDialog
          view={view}
          action="cancel"
          label={actionWords(view, 'cancel', text).label}
          danger
          onClose={() => setCancelling(false)}
        />
      )}
    </>
  );
}

function NpFee({ value, onChange }: { value: Amount; onChange: (yen: Amount) => void }) {
  const words = useText().desk.payment;
  return (
    <YenInput label={words.fee} description={words.feeHelp} value={value} maw="32rem" onChange={onChange} />
  );
}

/** Where the shop's methods are entered: the settings are for operators. */
function NoMethods({ shopId }: { shopId: string }) {
  const words = useText().desk.payment;
  const session = useOutletContext<SessionView>();
  const isOperator = isAtLeast(session.user.role, 'operator');
  return (
    <div>
      <Text size="sm">
        {words.none} {!isOperator && words.noneAsk}
      </Text>
      {isOperator && (
        <Anchor component={Link} to={`/shops/${encodeURIComponent(shopId)}`} size="sm">
          {words.noneWhere}
        </Anchor>
      )}
    </div>
  );
}
