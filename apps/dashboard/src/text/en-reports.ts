import type { jaReports } from './ja-reports.js';

/** Health and reports. */
export const enReports: typeof jaReports = {
  health: {
    nav: 'Health',
    title: 'Health',
    lead: 'How the connections to carts and to NP fare now. Refreshed every 15 seconds.',
    shops: 'Shops (carts)',
    connections: 'Connections (NP)',
    none: 'None yet.',
    conditions: {
      good: 'Good',
      late: 'Reading is late',
      failing: 'Many failures',
      credentials: 'Credentials are refused',
      outage: 'No answer (goes on by itself)',
      'catching-up': 'Catching up (little by little)',
      off: 'Paused or draft',
    },
    retired: 'Out of service (only what was taken)',
    lastSuccess: 'Last success',
    never: 'Never',
    lag: 'Since last read to the end',
    day: 'Last 24 hours',
    tries: (tries, failures) =>
      `${tries.toLocaleString('en-GB')} tries, ${failures.toLocaleString('en-GB')} failed`,
    rate: (percent) => `${percent}% failed`,
    waiting: 'Waiting to be sent',
    waitingCount: (count, seconds) =>
      count === 0 ? 'nothing' : `${count.toLocaleString('en-GB')} (longest ${seconds})`,
    since: 'Since',
    nextTry: 'Next try',
    error: 'What it says',
    seconds: (seconds) =>
      seconds < 120
        ? `${seconds} s`
        : seconds < 7_200
          ? `${Math.round(seconds / 60)} min`
          : `${Math.round(seconds / 3_600)} h`,
    toSettings: 'Settings',
  },
  reports: {
    nav: 'Reports',
    title: 'Reports',
    lead: 'By the day of the order in Japan, without orders that are not linked. About 15 seconds behind.',
    from: 'From',
    to: 'To',
    download: 'CSV (UTF-8)',
    total: 'The whole range',
    byDay: 'By day',
    byShop: 'By shop',
    byCart: 'By cart',
    codes: 'Most frequent codes',
    codesLead: 'Codes with which rejections, holds and stops were told.',
    times: 'Times',
    fees: 'Expected fees by month',
    feesLead:
      'By the public price list; your contract may say otherwise. Connections whose contract alone knows are left out.',
    month: 'Month',
    range: 'Expected',
    empty: 'No orders in this range.',
    name: 'Name',
    chart: 'Results by day',
    columns: {
      orders: 'Orders',
      billed: 'Billed',
      approved: 'Approved',
      held: 'Ever held',
      rejected: 'Rejected',
      blocked: 'Ever stopped',
      reported: 'Reported',
      approval: 'To approval (mean)',
      fix: 'To fix (mean)',
    },
    share: (count, percent) => `${count} (${percent}%)`,
  },
};
