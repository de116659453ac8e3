import type { Texts } from './texts.js';

export const enDeskSheet: Texts['desk']['sheet'] = {
  link: 'Course for the buyer (to print)',
  title: 'How your payment has gone',
  back: 'Back to the transaction',
  print: 'Print',
  empty: 'There is nothing to tell yet.',
  foot: 'Times are Japan time. The credit check is made by the payment company.',
  events: {
    'order-received': 'Your order has arrived.',
    'registration-accepted': 'Pay-later was applied for.',
    'credit-approved': 'The credit check is complete: you can pay later.',
    'credit-held': 'The credit check asks for your order’s details to be confirmed.',
    'credit-rejected': 'Pay-later is not available for this order. Another payment method is needed.',
    'correction-made': 'Your details were corrected.',
    'amendment-accepted': 'Pay-later was applied for with the corrected details.',
    'order-shipped': 'The goods have been sent.',
    'report-accepted': 'The payment company knows of the shipment and will send the invoice.',
    'payment-method-changed': 'The payment method was changed.',
    'order-cancelled': 'The order was cancelled.',
    'cancellation-accepted': 'The pay-later application was withdrawn.',
    'credit-lapsed': 'The pay-later approval has lapsed.',
    'buyer-paid': 'Your payment has arrived.',
  },
};
