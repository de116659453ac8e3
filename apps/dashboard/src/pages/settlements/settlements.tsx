import { Stack } from '@mantine/core';
import { isAtLeast, type SessionView } from '@np-hub/model';
import { useOutletContext } from 'react-router';
import { PageHead } from '../../components/page-title.js';
import { useText } from '../../text/speech.js';
import { DepositsSection } from './deposits.js';
import { FeesSection } from './fees.js';
import { MonthSection } from './month.js';

/** 入金・精算: a shop's month at NP, and NP's deposits against it. */
export function SettlementsPage() {
  const { settlements } = useText();
  const { user } = useOutletContext<SessionView>();
  return (
    <Stack gap="md">
      <PageHead title={settlements.title} lead={settlements.lead} />
      <MonthSection />
      <DepositsSection />
      {isAtLeast(user.role, 'operator') && <FeesSection />}
    </Stack>
  );
}
