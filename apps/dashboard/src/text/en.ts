import { enDesk } from './en-desk.js';
import { enDetail } from './en-detail.js';
import { enDomain } from './en-domain.js';
import { enGateways } from './en-gateways.js';
import { enFiles } from './en-files.js';
import { enDoubts } from './en-doubts.js';
import { enOpen } from './en-open.js';
import { enOperators } from './en-operators.js';
import { enPolicies } from './en-policies.js';
import { enReconciliation } from './en-reconciliation.js';
import { enReports } from './en-reports.js';
import { enPrivacy } from './en-privacy.js';
import { enMoves } from './en-moves.js';
import { enNumbers } from './en-numbers.js';
import { enSettlements } from './en-settlements.js';
import { enShops } from './en-shops.js';
import { enTrust } from './en-trust.js';
import { enWords } from './en-words.js';
import type { Texts } from './texts.js';

export const en: Texts = {
  ...enDomain,
  detail: enDetail,
  shopsPage: enShops,
  files: enFiles,
  gateways: enGateways,
  doubts: enDoubts,
  wordsPage: enWords,
  open: enOpen,
  operators: enOperators,
  reports: enReports,
  trust: enTrust,
  privacy: enPrivacy,
  settlements: enSettlements,
  moves: enMoves,
  desk: enDesk,
  policies: enPolicies,
  reconciliation: enReconciliation,
  numbers: enNumbers,
  unsaved: {
    title: 'There are unsaved changes',
    text: 'What you have entered is lost when you leave this page.',
    leave: 'Leave without saving',
  },
  app: {
    name: 'np-hub',
    tagline: 'NP後払い link centre',
    skip: 'Skip to content',
    navigation: 'Menu',
    list: 'Transactions',
    words: 'Unknown words',
    imports: 'Imports',
    notices: 'Notices',
    apiKeys: 'API keys',
    shops: 'Shops',
    codes: 'Codes',
    signOut: 'Sign out',
    switchTo: '日本語',
    live: 'Live',
    polling: 'Reconnecting (checking every 5 seconds)',
    shortcuts: 'Keyboard',
    notFound: 'Page not found',
    notFoundHelp: 'Check the address, or go back to the list.',
    noTransaction: 'No such transaction',
    noTransactionHelp:
      'The address is wrong, or it belongs to a shop that is not yours. Look for the order by its number with the search above.',
    toList: 'Back to the list',
  },
  roles: { owner: 'Owner', operator: 'Operator', support: 'Support', viewer: 'Viewer' },
  demo: {
    title: 'This is a demo.',
    text: 'NP and the carts are stand-ins; nothing real happens. Logins: owner, operator, support, viewer.',
  },
  common: {
    colon: ': ',
    quoted: (words: string) => `“${words}”`,
    listComma: ', ',
    aside: (words: string) => ` (${words})`,
    apiKey: (name: string) => `${name} (API key)`,
    loading: 'Loading',
    failed: 'Could not be loaded',
    broken: 'This page cannot be shown',
    brokenHelp:
      'Something went wrong on the screen. Nothing that was sent is undone: load again and look at the state.',
    reload: 'Reload the page',
    again: 'Load again',
    cancel: 'Back',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    show: 'Show',
    save: 'Save',
    saved: 'Saved',
    details: 'Details',
    masked: 'Personal data is masked for viewers.',
  },
  login: {
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    ended: 'The session has ended. Sign in again to go on where you were.',
    missing: 'Please fill this in',
  },
  list: {
    title: 'Transactions',
    lead: (count: number) =>
      count === 0
        ? 'Nothing needs anybody now.'
        : `${count.toLocaleString('en-GB')} to act on: first “Shop”, then “Ask the buyer”, then “Cannot be repaired”.`,
    leadNarrowed: (count: number) =>
      count === 0
        ? 'Nothing needs anybody under these filters.'
        : `${count.toLocaleString('en-GB')} to act on under these filters.`,
    search: 'Search',
    searchHint: 'Order number (here or where it was placed), NP id, slip number, name, phone',
    clearSearch: 'Clear the search',
    byActor: 'Who has to act',
    all: 'All',
    byState: 'State',
    gate: 'Shipment',
    shop: 'Shop',
    everyGate: 'All',
    everyShop: 'All shops',
    attention: 'Needs attention',
    reset: 'Clear filters',
    count: (count: number) => count.toLocaleString('en-GB'),
    shown: (shown: number, total: number) =>
      `${shown.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} shown`,
    columns: {
      order: 'Order',
      shop: 'Shop',
      buyer: 'Buyer',
      amount: 'Amount',
      state: 'State',
      cart: 'In the cart',
      gate: 'Shipment',
      actor: 'Who acts',
      reason: 'Reason and what to do',
      deadline: 'Deadline',
      updated: 'Updated',
    },
    more: 'Show more',
    empty: 'No such transaction',
    emptyNarrowed: 'Try another search or other filters.',
    emptyAtAll: 'Once a shop is connected, its NP後払い orders appear here.',
    waiting: (count: number) => `${count} new update${count === 1 ? '' : 's'}`,
    apply: 'Refresh the list',
    stale: 'Updated',
    explainWord: 'Choose what the word means',
    open: 'Open and check',
    others: (count: number) => `+${count}`,
    bulk: {
      label: 'Actions on the chosen transactions',
      choose: (order: string) => `Choose order ${order}`,
      chooseAll: 'Choose all that are shown',
      chosen: (count: number) => `${count.toLocaleString('en-GB')} chosen`,
      clear: 'Choose none',
      tooMany: (most: number) => `Up to ${most.toLocaleString('en-GB')} at once.`,
      nothing: 'There is nothing that all of them allow.',
      title: (label: string, count: number) => `“${label}” for ${count.toLocaleString('en-GB')} orders?`,
      confirm: (label: string, count: number) => `${label} (${count.toLocaleString('en-GB')})`,
      progress: (done: number, all: number) => `${done} of ${all} done`,
      done: (done: number, failed: number) =>
        failed === 0 ? `${done} accepted` : `${done} accepted, ${failed} not`,
      unsent: (count: number) => `${count} may not have been done. Look at their state in the list.`,
      results: 'What was not done',
      outcome: 'Outcome',
      failed: 'Not done',
      why: 'Why',
    },
    tableLabel: 'Transactions',
  },
  shortcuts: {
    title: 'Keyboard',
    enabled: 'Use letter keys',
    keys: {
      '/': 'Find an order (any page)',
      f: 'To the search of the list (list)',
      'j ↓': 'Next transaction (list)',
      'k ↑': 'Previous transaction (list)',
      Enter: 'Open the transaction (list)',
      u: 'Back to the list (transaction)',
      '?': 'This help',
      Esc: 'Close, leave the search',
    },
  },
};
