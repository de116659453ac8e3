import type { jaDoubts } from './ja-doubts.js';

export const enDoubts: typeof jaDoubts = {
  doubt: {
    title: 'Outcome unknown (no answer)',
    sent: (operation, moment) => `“${operation}” was sent to NP on ${moment}, and no answer came.`,
    losses: (count) => `Answers lost so far: ${count}`,
    lost: {
      register:
        'Whether the registration arrived is unknown. If it did, only its NP transaction id is missing.',
      amend:
        'NP may have the content from before the change or after it. The goods wait until that is known.',
      cancel: 'Whether NP has cancelled the transaction is unknown. Do not ship.',
      report:
        'Whether NP has the shipment report is unknown. If it does, billing has begun. Nothing has to be shipped again.',
      reissue:
        'The original transaction is cancelled, but whether NP has the new one is unknown. Until then nobody may be billed for this order.',
    },
    hubTitle: 'What the hub does by itself',
    hub: {
      register:
        'It sends the same registration once more. NP is confirmed to refuse duplicates: if the first one arrived NP refuses this one, otherwise NP takes it. There cannot be two.',
      amend:
        'It sends the same change once more. Only a review result newer than its acceptance counts for this content.',
      cancel: 'It sends the same cancel once more. “Already cancelled” proves that the first one arrived.',
      report: 'It sends the same report once more. “Already reported” proves that the first one arrived.',
      reissue: 'Nothing is sent.',
    },
    instead:
      'The order has been cancelled, so a cancel goes out in place of the repeat. Whatever arrived before, that ends it.',
    nextAt: 'Next try, at the earliest',
    onItsWay: 'It is on its way now, and its answer is awaited.',
    paused: 'Calls to NP rest at present. Nothing is sent before NP answers again.',
    nothing: {
      guarded:
        'Nothing is sent. It is proven that NP has the registration, but NP does not tell an NP transaction id by a shop transaction id.',
      late: 'Nothing is sent: too many days have passed for NP’s duplicate guard.',
      unguarded:
        'Nothing is sent. Nobody has confirmed that NP refuses the same registration twice over this connection, so a repeat could register the order twice.',
      reissue: 'Nothing is sent: there is no number by which to ask for a re-registration.',
    },
    personTitle: 'What you may do',
    personNone:
      'Nothing has to be done: wait for NP’s answer. If this lasts, look at the transaction in NP’s console.',
    enter: 'Enter the NP transaction id: NP is asked about it, and that transaction becomes this order’s.',
    list: 'Take in NP’s CSV: where NP’s list names the shop transaction id, the ids are filled in for all orders at once.',
    openList: 'Take in NP’s CSV',
    deny: 'Confirm that there is none: only if NP really has nothing is the order registered anew.',
    denyFrom: (moment) => `It may still be on its way, so that this is possible from ${moment}.`,
    denyNever: 'NP is known to have the registration, so “none” is out of the question.',
  },
  duplicate: {
    title: {
      'same-total': 'Possibly the same order twice',
      'held-by-np': 'Earlier orders of this buyer (RE027)',
    },
    lead: {
      'same-total':
        'There is another order of the same buyer over the same amount within 30 days. It is not registered at NP before somebody has looked, so that nobody is billed twice.',
      'held-by-np':
        'NP holds the order because an earlier transaction has partly the same data. These are the buyer’s earlier orders. Cancel this one if it is a duplicate; otherwise confirm the data with the buyer and answer NP.',
    },
    waits: 'Possibly the same order twice, so it is not registered at NP yet.',
    next: 'Compare the orders below, and choose whether to send this one.',
    todo: 'see whether it is a duplicate',
    warned:
      'There is another order of the same buyer over the same amount within 30 days. By the shop’s rule this one was sent all the same.',
    answered: 'Somebody has confirmed that this is an order of its own.',
    none: 'This hub knows no earlier order of this buyer.',
    hidden: (count) => `${count} more in shops that you may not see.`,
    this: 'This order',
    columns: {
      order: 'Order',
      orderedAt: 'Ordered',
      buyer: 'Buyer',
      amount: 'Billed',
      goods: 'Goods',
      state: 'State',
    },
    table: 'Orders that look alike',
    genuine: 'An order of its own: send it',
    cancel: 'A duplicate: do not send it',
    cancelHelp: '“Do not send it” only keeps this order from NP. Cancel the order itself in the cart.',
    refused: 'Not possible',
  },
  second: {
    title: 'NP has another id for this order',
    lead: 'An answer of NP, or NP’s own list, names an NP id that contradicts the hub. With both alive the buyer is billed twice.',
    kept: 'This order’s transaction (stays)',
    other: 'The contradicting one',
    none: 'none yet',
  },
  reissue: {
    title: 'Changes after the report (returns)',
    lead: 'After the shipment report a transaction cannot be changed directly. To bill less, this happens in turn:',
    amounts: { from: 'NP bills now', to: 'NP is to bill', difference: 'Difference' },
    unknown: 'unknown',
    steps: {
      cancel: 'Cancel the original transaction',
      register: 'Register again with the new content',
      review: 'NP’s review',
      report: 'Report the shipment again',
    },
    states: {
      todo: 'to do',
      doing: 'under way',
      done: 'done',
      doubt: 'no answer (being checked)',
      failed: 'stopped',
    },
    obstacles: {
      paid: 'The buyer has paid, so NP can change nothing any more (E0100118). Pay the difference back to the buyer directly.',
      'base-unknown':
        'What NP has is not known to the hub, so this cannot be done here. Look at NP’s console.',
      unchanged:
        'The order is the same as NP’s transaction. For a return, first change amount and goods in the cart (or in the file).',
      more: 'NP cannot bill more: a re-registration may have the original amount at most (E0131010). Bill the rest another way.',
      problems: 'Something in the new content has to be corrected first.',
      'same-day':
        'Not on the day of the shipment report. Do this on the day after the goods have arrived (the hub does not know when that is).',
    },
    ready:
      'Make sure that the goods arrived yesterday or before, then press “Register again after a partial return”.',
    again:
      'This transaction is itself a re-registration. NP may refuse another one (E0131006, E0131011; the limit is not public), and the original is cancelled by then.',
    full: 'If everything came back, use “Cancel at NP”: nothing is billed then.',
    running: 'Under way. If the hub stops, it goes on from the same step.',
    stopped:
      'Stopped half-way. The original is cancelled, so as it stands nobody is billed. Look at the reasons and go on in one of these ways:',
    stoppedEarly: 'The original could not be cancelled, so nothing has begun: NP goes on billing it.',
    ways: {
      retry: 'Send again: goes on from the step that stopped, if the reason was a passing one.',
      correct: 'Correct: what NP refused is put right, and it goes on.',
      'register-anew':
        'Register as a new transaction: where NP takes no re-registration (E0131006, E0131010, E0131011), the rest is registered like any order, with a review.',
      cancel: 'Cancel at NP: no NP for this order; bill it another way.',
    },
    refund: 'To be paid back to the buyer',
    draftTitle: 'Draft to the buyer',
    slip: {
      title: 'Slip changed after the report',
      lead: 'NP was told something else than the cart says. NP checks the delivery by the slip it was told, so payment may be late.',
      told: 'Told to NP',
      now: 'In the cart',
      step: 'Put carrier and slip right in NP’s console, then press “Slip put right at NP”. The hub cannot report again (E0100115).',
      withdrawn:
        'The shipment was withdrawn in the cart. If nothing was sent, cancel at NP; if it is sent again, enter the new slip in the cart.',
      copy: 'New slip',
    },
  },
  lists: {
    title: 'Clear doubts by NP’s CSV',
    lead: 'Takes the NP transaction ids of unanswered registrations from the CSV of transactions that NP’s console gives. Each is checked with NP first. That a list lacks one proves nothing.',
    privacy:
      'Only two columns are used, the shop’s transaction id and NP’s. Names and everything else are neither read nor kept.',
    connection: 'Connection',
    none: 'No connection has lists that could be taken in.',
    doubts: (count) =>
      count === 0
        ? 'No registration lacks its NP transaction id.'
        : `Registrations without an NP transaction id: ${count}`,
    file: 'CSV file',
    choose: 'Choose a file',
    header: 'Column by its header',
    headerAuto: 'Find by itself',
    assumed: 'The headers are assumed. Choose the columns where NP’s are called otherwise.',
    remember: 'Use these columns next time',
    columns: { column: 'Item', header: 'Header in the CSV', sample: 'Example' },
    preview: (rows, matched) =>
      `${rows} rows; ${matched} of them belong to registrations without an NP transaction id.`,
    notFound: 'not found',
    take: (count) => `Check ${count} with NP and take in`,
    takeNone: 'Keep the result: nothing matches',
    taking: 'NP is being asked…',
    again: 'Choose another file',
    result: 'Result',
    earlier: 'Earlier lists',
    by: (login, moment) => `${moment}, by ${login}`,
    everyKind: 'All results',
    row: { line: 'Row', shop: 'Shop transaction id', np: 'NP transaction id', kind: 'Result' },
    more: 'Show more',
    empty: 'No rows.',
    kinds: {
      taken: 'taken in',
      agrees: 'agrees with the hub',
      contradicts: 'contradicts the hub (shown as a warning, nothing changed)',
      'under-way': 'left alone: a call is under way',
      'id-in-use': 'the NP id is another registration’s',
      'several-ids': 'the CSV contradicts itself',
      'other-order': 'another order’s at NP',
      'not-at-np': 'no valid transaction at NP',
      unanswered: 'NP did not answer (take the list in once more)',
      unknown: 'unknown to the hub',
      malformed: 'no readable ids',
    },
  },
  troubles: {
    label: 'State of the links',
    connection: (name) => `Connection “${name}”`,
    cart: (name) => `The cart of “${name}”`,
    failures: {
      unauthorized: ' refuses the credentials. Check the settings.',
      throttled: ' limits our calls.',
      unavailable: ' does not answer.',
      rejected: ' refuses our calls. Check the address.',
      malformed: ' gives answers that cannot be read.',
    },
    other: ' is in trouble.',
    since: (moment) => `Since ${moment}.`,
    next: (moment) => `Next try: ${moment}.`,
    trying: 'Starting again little by little.',
    waiting: (count) => `${count} waiting (they go on once it answers).`,
  },
};
