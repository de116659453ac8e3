import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, Route, RouterProvider, Routes, useLocation } from 'react-router';
import { ApiError } from './api/client.js';
import { keys, useSession } from './api/queries.js';
import { Boundary } from './components/boundary.js';
import { LoadFailed, PageSkeleton } from './components/load.js';
import { reserved } from './reserved.js';
import { RoleOnly } from './components/operator-only.js';
import { Shell } from './components/shell.js';
import { CodesPage } from './pages/codes/codes.js';
import { ConnectionPage } from './pages/connection.js';
import { ImportPage } from './pages/imports/import.js';
import { ImportsPage } from './pages/imports/imports.js';
import { ListPage } from './pages/list.js';
import { DeadlinesPage } from './pages/deadlines/deadlines.js';
import { InboxPage } from './pages/desk/inbox.js';
import { GatePage } from './pages/gate/gate.js';
import { InvoicesPage } from './pages/invoices/invoices.js';
import { FixPage } from './pages/fix/fix.js';
import { LoginPage } from './pages/login.js';
import { NotFoundPage } from './pages/not-found.js';
import { ApiKeysPage } from './pages/open/api-keys.js';
import { OnboardingPage } from './pages/onboarding/onboarding.js';
import { NoticeLogPage } from './pages/open/notice-log.js';
import { ReconciliationPage } from './pages/reconciliation/reconciliation.js';
import { RepairsPage } from './pages/repairs/repairs.js';
import { SheetPage } from './pages/sheet/sheet.js';
import { ShopPage } from './pages/shop.js';
import { ShopsPage } from './pages/shops.js';
import { PrivacyPage } from './pages/privacy/privacy.js';
import { AccountPage } from './pages/trust/account.js';
import { AuditPage } from './pages/trust/audit.js';
import { EnrolPage } from './pages/trust/enrol.js';
import { UsersPage } from './pages/trust/users.js';
import { WelcomePage } from './pages/trust/welcome.js';
import { TransactionPage } from './pages/transaction/transaction.js';
import { WordsPage } from './pages/words/words.js';
import { SpeechProvider } from './text/speech.js';
import { readableColours, theme } from './theme.js';

const client = new QueryClient({
  defaultOptions: {
    // A press while the network is gone fails at once and visibly; it is not kept to be sent at some later moment.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      retry: (tries, error) =>
        tries < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
  queryCache: new QueryCache({ onError: (error) => noticeEnd(error) }),
  mutationCache: new MutationCache({ onError: (error) => noticeEnd(error) }),
});

/** A session can end on any page: the next answer says so, and the sign-in takes its place and says why. */
function noticeEnd(error: Error): void {
  // The rule may have come while the page was open: the session tells what is missing.
  if (error instanceof ApiError && error.view.error === 'second-factor-needed')
    void client.invalidateQueries({ queryKey: keys.session });
  if (!(error instanceof ApiError && error.status === 401) || !client.getQueryData(keys.session)) return;
  client.setQueryData(keys.sessionEnded, true);
  client.setQueryData(keys.session, null);
}

/** One route with all the others inside: only such a router can hold a page that has something unsaved. */
const router = createBrowserRouter([
  {
    path: '*',
    element: (
      <Boundary>
        <Routes>
          <Route path="fix" element={<FixPage />} />
          <Route path="*" element={<Rooms />} />
        </Routes>
      </Boundary>
    ),
  },
]);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColours} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <SpeechProvider>
          <Notifications position="bottom-right" containerWidth={380} />
          <RouterProvider router={router} />
        </SpeechProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Rooms() {
  const { pathname } = useLocation();
  return pathname === '/welcome' ? <WelcomePage /> : <SignedInRooms />;
}

function SignedInRooms() {
  const session = useSession();
  if (session.isPending) return <PageSkeleton />;
  if (session.isLoadingError)
    return <LoadFailed error={session.error} onAgain={() => void session.refetch()} />;
  if (!session.data) return <LoginPage />;
  if (session.data.secondFactorNeeded) return <EnrolPage />;
  return (
    <Routes>
      <Route element={<Shell session={session.data} />}>
        <Route index element={<ListPage />} />
        <Route path="transactions/:shopId/:id" element={<TransactionPage />} />
        <Route path="transactions/:shopId/:id/sheet" element={<SheetPage />} />
        <Route path="inbox" element={<InboxPage />} />
        <Route path="gate" element={<GatePage />} />
        <Route path="deadlines" element={<DeadlinesPage />} />
        <Route path="invoices" element={<InvoicesPage />} />
        <Route path="repairs" element={<RepairsPage />} />
        <Route path="shops" element={<ShopsPage />} />
        <Route path="shops/new" element={<ShopPage />} />
        <Route path="shops/:shopId" element={<ShopPage />} />
        <Route path="connections/new" element={<ConnectionPage />} />
        <Route path="connections/:connectionId" element={<ConnectionPage />} />
        <Route path="words" element={<WordsPage />} />
        <Route path="imports" element={<ImportsPage />} />
        <Route path="imports/:shopId/:importId" element={<ImportPage />} />
        <Route path="reconciliation" element={<ReconciliationPage />} />
        {reserved.map(({ path, page, ...rights }) => (
          <Route key={path} path={path} element={<RoleOnly {...rights}>{page}</RoleOnly>} />
        ))}
        <Route path="onboarding" element={<OnboardingPage />} />
        <Route path="notices" element={<NoticeLogPage />} />
        <Route path="api-keys" element={<ApiKeysPage />} />
        <Route path="users" element={<UsersPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="privacy" element={<PrivacyPage />} />
        <Route path="account" element={<AccountPage />} />
        <Route path="codes" element={<CodesPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
