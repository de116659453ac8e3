import { isAtLeast, type Role } from '@np-hub/model';
import type { Texts } from './text/texts.js';

/** What a number beside an entry counts. */
export type MenuCount = 'inbox' | 'words' | 'codes';

export interface MenuEntry {
  readonly to: string;
  readonly label: (text: Texts) => string;
  /** The least role that has the page; absent: everybody. */
  readonly least?: Role;
  readonly count?: MenuCount;
}

export interface MenuGroup {
  /** Null: its entries stand in the header themselves. */
  readonly title: ((text: Texts) => string) | null;
  readonly entries: readonly MenuEntry[];
}

/** The menu: what support does all day, what it looks up, and what operators run the hub with. One line is one entry. */
export const menu: readonly MenuGroup[] = [
  {
    title: null,
    entries: [
      { to: '/', label: ({ app }) => app.list },
      { to: '/inbox', label: ({ desk }) => desk.inbox.nav, count: 'inbox' },
      { to: '/repairs', label: ({ desk }) => desk.repairs.nav, least: 'support' },
      { to: '/gate', label: ({ desk }) => desk.gate.nav },
      { to: '/deadlines', label: ({ desk }) => desk.deadlines.nav },
    ],
  },
  {
    title: ({ operators }) => operators.menu.records,
    entries: [
      { to: '/imports', label: ({ app }) => app.imports, least: 'support' },
      { to: '/words', label: ({ app }) => app.words, count: 'words' },
      { to: '/reconciliation', label: ({ reconciliation }) => reconciliation.title },
      { to: '/invoices', label: ({ desk }) => desk.invoices.nav },
      { to: '/settlements', label: ({ settlements }) => settlements.nav, least: 'support' },
      { to: '/codes', label: ({ app }) => app.codes, count: 'codes' },
      { to: '/notices', label: ({ app }) => app.notices },
      { to: '/notifications', label: ({ operators }) => operators.notifications.nav, least: 'support' },
    ],
  },
  {
    title: ({ operators }) => operators.menu.running,
    entries: [
      { to: '/status', label: ({ reports }) => reports.health.nav, least: 'support' },
      { to: '/reports', label: ({ reports }) => reports.reports.nav, least: 'support' },
      { to: '/shops', label: ({ app }) => app.shops, least: 'operator' },
      { to: '/onboarding', label: ({ operators }) => operators.onboarding.nav, least: 'operator' },
      { to: '/api-keys', label: ({ app }) => app.apiKeys, least: 'operator' },
      { to: '/users', label: ({ trust }) => trust.nav.users, least: 'operator' },
      { to: '/audit', label: ({ trust }) => trust.nav.audit, least: 'operator' },
      { to: '/privacy', label: ({ privacy }) => privacy.nav, least: 'operator' },
    ],
  },
];

/** The groups with what a role may open; empty ones are left out. */
export const menuOf = (role: Role): readonly MenuGroup[] =>
  menu
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ least }) => least === undefined || isAtLeast(role, least)),
    }))
    .filter(({ entries }) => entries.length > 0);
