import { Anchor, Stack, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import type { SessionView, TransactionView } from '@np-hub/model';
import { Link, useLocation, useNavigate, useOutletContext, useParams } from 'react-router';
import { ApiError } from '../../api/client.js';
import { useTransaction } from '../../api/queries.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { PageTitle } from '../../components/page-title.js';
import { useShortcut } from '../../shortcuts.js';
import { useText } from '../../text/speech.js';
import { DeskCase } from '../desk/case.js';
import { Attempts } from './attempts.js';
import { CartLink, UnsentStatus } from './cart-link.js';
import { Content } from './content.js';
import { CorrectSection } from './correct-section.js';
import { Doubt } from './doubt.js';
import { Fees } from '../gateways/fees.js';
import { Duplicate } from './duplicate.js';
import { Gate } from './gate.js';
import { Header } from './header.js';
import { NextStep } from './next-step.js';
import { PaymentChangeSection } from './payment-change.js';
import { Problems } from './problems.js';
import { Reasons } from './reasons.js';
import { Reissue, SlipChanged } from './reissue.js';
import { SecondIds } from './second-ids.js';
import { History } from './history.js';

/** The page of one transaction. */
export function TransactionPage() {
  const { shopId = '', id = '' } = useParams();
  const session = useOutletContext<SessionView>();
  const query = useTransaction(shopId, id);
  const list = useListAddress();
  const navigate = useNavigate();
  useShortcut('u', () => {
    void navigate(list);
    return true;
  });

  return (
    <Stack gap="md">
      <BackLink to={list} />
      {query.isPending ? (
        <PageSkeleton />
      ) : query.data ? (
        <Parts view={query.data} session={session} />
      ) : query.error instanceof ApiError && query.error.status === 404 ? (
        <Missing />
      ) : (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      )}
    </Stack>
  );
}

/** An address that leads to no order of the shops that this person may see. */
function Missing() {
  const { app } = useText();
  return (
    <div>
      <PageTitle>{app.noTransaction}</PageTitle>
      <Text>{app.noTransactionHelp}</Text>
    </div>
  );
}

/** The list with the filters that one came from. */
function useListAddress(): string {
  const state: unknown = useLocation().state;
  const search = typeof state === 'object' && state !== null && 'list' in state ? state.list : '';
  return `/${typeof search === 'string' ? search : ''}`;
}

function BackLink({ to }: { to: string }) {
  const { app } = useText();
  return (
    <Anchor component={Link} to={to} size="sm" className="back-link">
      <IconChevronLeft size={16} aria-hidden /> {app.toList}
    </Anchor>
  );
}

function Parts({ view, session }: { view: TransactionView; session: SessionView }) {
  const text = useText();
  const viewer = session.user.role === 'viewer';
  return (
    <>
      <Header view={view} />
      {viewer && (
        <Text size="sm" c="dimmed">
          {text.common.masked}
        </Text>
      )}
      <div className="detail-top">
        <Gate view={view} />
        <NextStep view={view} viewer={viewer} />
      </div>
      <UnsentStatus view={view} />
      <Doubt view={view} />
      <SecondIds view={view} />
      <Duplicate view={view} />
      <SlipChanged view={view} />
      <Reissue view={view} />
      <Problems view={view} />
      <Reasons view={view} />
      <CorrectSection view={view} />
      <PaymentChangeSection key={`${view.shopId} ${view.id}`} view={view} viewer={viewer} />
      <div className="detail-columns">
        <Stack gap="md">
          <Content view={view} />
          <Attempts view={view} />
          <Fees view={view} />
        </Stack>
        <Stack gap="md">
          <DeskCase view={view} viewer={viewer} />
          <CartLink view={view} />
          <History view={view} />
        </Stack>
      </div>
    </>
  );
}
