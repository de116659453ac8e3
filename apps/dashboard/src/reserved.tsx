import type { ReactNode } from 'react';
import { NpListsPage } from './pages/doubts/np-lists.js';
import { HealthPage } from './pages/health/health.js';
import { MovesPage } from './pages/moves/moves.js';
import { NotificationsPage } from './pages/notifications/notifications.js';
import { ReportsPage } from './pages/reports/reports.js';
import { SettlementsPage } from './pages/settlements/settlements.js';
import type { Texts } from './text/texts.js';

interface Reserved {
  readonly path: string;
  readonly least: 'support' | 'operator';
  readonly title: (text: Texts) => string;
  readonly page: ReactNode;
}

/** Pages whose every question the API refuses to lesser roles: who comes by the address is told so, and asks nothing. */
export const reserved: readonly Reserved[] = [
  { path: 'moves', least: 'operator', title: ({ moves }) => moves.title, page: <MovesPage /> },
  {
    path: 'settlements',
    least: 'support',
    title: ({ settlements }) => settlements.title,
    page: <SettlementsPage />,
  },
  { path: 'np-lists', least: 'support', title: ({ doubts }) => doubts.lists.title, page: <NpListsPage /> },
  { path: 'status', least: 'support', title: ({ reports }) => reports.health.title, page: <HealthPage /> },
  { path: 'reports', least: 'support', title: ({ reports }) => reports.reports.title, page: <ReportsPage /> },
  {
    path: 'notifications',
    least: 'support',
    title: ({ operators }) => operators.notifications.title,
    page: <NotificationsPage />,
  },
];
