import fc from 'fast-check';
import {
  npAmountsOf,
  npSideOf,
  offersOf,
  otherMethodSchema,
  policyChangesSchema,
  type OtherMethod,
} from '../src/index.js';
import { Story } from './story.js';
import { npIdOf, payloadB, problem, shipmentOne } from './support.js';

const method = (change: Partial<OtherMethod> = {}): OtherMethod => ({
  name: '代金引換',
  feeYen: 330,
  feeBands: [],
  limitYen: null,
  note: '',
  ...change,
});
const offer = (totalYen: number, feeYen: number, change: Partial<OtherMethod> = {}) => {
  const [one] = offersOf([method(change)], { totalYen, feeYen });
  return one && [one.feeYen, one.totalYen, one.obstacle];
};

describe('the order under another method', () => {
  test('is without NP’s fee and with the method’s', () => {
    expect(offer(5_205, 205)).toEqual([330, 5_330, null]);
    expect(offer(5_000, 0, { feeYen: 0 })).toEqual([0, 5_000, null]);
  });

  const feeBands = [
    { fromYen: 1, toYen: 9_999, feeYen: 330 },
    { fromYen: 10_000, toYen: 29_999, feeYen: 440 },
  ];

  test.each([
    [1, [330, 331, null]],
    [9_999, [330, 10_329, null]],
    [10_000, [440, 10_440, null]],
    [29_999, [440, 30_439, null]],
    [30_000, [null, null, 'no-band']],
  ])('a band is chosen by the total without a fee, ends included: %d yen', (bareYen, expected) => {
    expect(offer(bareYen + 205, 205, { feeBands, feeYen: 9 })).toEqual(expected);
  });

  test('the limit holds for the new total, to the yen', () => {
    expect(offer(5_205, 205, { limitYen: 5_330 })).toEqual([330, 5_330, null]);
    expect(offer(5_205, 205, { limitYen: 5_329 })).toEqual([330, 5_330, 'over-limit']);
  });

  test('where nothing is left to be paid there is nothing to propose', () => {
    expect(offer(205, 205)).toEqual([null, null, 'nothing-to-pay']);
    expect(offer(205, 300)).toEqual([null, null, 'nothing-to-pay']);
  });

  test('the total is what the cart bills, discounts taken off, whatever a fee’s own line says', () => {
    const lines = [
      { name: 'りんご', unitPriceYen: 5_000, quantity: 1 },
      { name: 'クーポン', unitPriceYen: -1_500, quantity: 1 },
      { name: 'ポイント', unitPriceYen: -1, quantity: 500 },
      { name: '決済手数料', unitPriceYen: 205, quantity: 1 },
    ];
    const billedYen = lines.reduce((sum, { unitPriceYen, quantity }) => sum + unitPriceYen * quantity, 0);
    const now = npAmountsOf({ billedYen, feeYen: 205 }, { totalYen: billedYen, enteredYen: 9_999 });
    expect(now).toEqual({ totalYen: 3_205, feeYen: 205 });
    expect(offersOf([method()], now)[0]).toMatchObject({ feeYen: 330, totalYen: 3_330 });
  });

  test('a fee that the cart does not say is the one that a person enters', () => {
    const order = { billedYen: 3_205 };
    expect(npAmountsOf(order, { totalYen: 3_205, enteredYen: 0 }).feeYen).toBe(0);
    expect(npAmountsOf(order, { totalYen: 3_205, enteredYen: 205 }).feeYen).toBe(205);
  });

  test('a fee that the shop’s own rule has added for NP goes as well', () => {
    expect(npAmountsOf({ billedYen: 3_000 }, { totalYen: 3_205, enteredYen: 0 }).feeYen).toBe(205);
    expect(npAmountsOf({ billedYen: 3_205, feeYen: 205 }, { totalYen: 3_300, enteredYen: 0 }).feeYen).toBe(
      300,
    );
  });

  test('whatever the fees, nobody pays more or less than the cart’s own price and the method’s fee', () => {
    const yen = fc.integer({ min: 0, max: 50_000 });
    fc.assert(
      fc.property(yen, yen, yen, yen, (bareYen, cartFeeYen, ruleFeeYen, feeYen) => {
        const order = { billedYen: bareYen + cartFeeYen, feeYen: cartFeeYen };
        const now = npAmountsOf(order, { totalYen: bareYen + ruleFeeYen, enteredYen: 7 });
        const [one] = offersOf([method({ feeYen })], now);
        expect(one?.totalYen).toBe(bareYen > 0 ? bareYen + feeYen : null);
      }),
    );
  });
});

describe('a shop’s own list', () => {
  test('is none by default, and has a name for each and each name once', () => {
    expect(otherMethodSchema.safeParse(method({ name: ' ' })).success).toBe(false);
    expect(otherMethodSchema.safeParse(method({ limitYen: 0 })).success).toBe(false);
    const twice = policyChangesSchema.safeParse({ otherMethods: [method(), method({ name: ' 代金引換 ' })] });
    expect(twice.error?.issues.map(({ path }) => path)).toEqual([['otherMethods', 1, 'name']]);
  });
});

describe('what NP has of an order that could be paid otherwise', () => {
  const side = ({ facts }: Story) => npSideOf(facts);
  const held = (): Story => {
    const story = new Story().registered();
    expect(story.credit('credit-held')).toBe('held');
    return story;
  };
  const rejected = (): Story => {
    const story = new Story().registered();
    expect(story.credit('credit-rejected')).toBe('rejected');
    return story;
  };

  test('a rejection has ended it; a hold is alive until the cancel is proven', () => {
    expect(side(rejected())).toBe('ended');
    const story = held();
    expect(side(story)).toBe('alive');
    story.staff('cancel-requested');
    expect(side(story)).toBe('ending');
    story.sent('cancel');
    expect(side(story)).toBe('ending');
    expect(story.done('cancellation-accepted')).toBe('cancelled');
    expect(side(story)).toBe('ended');
  });

  test('a cancel that is lost or refused leaves it unsure', () => {
    const lost = held();
    lost.staff('cancel-requested');
    lost.sent('cancel');
    expect(lost.lost('cancel')).toBe('in-doubt');
    expect(side(lost)).toBe('unsure');
    const refused = held();
    refused.staff('cancel-requested');
    refused.sent('cancel');
    expect(refused.refused('cancellation-refused')).toBe('cancel-failed');
    expect(side(refused)).toBe('unsure');
  });

  test('a lapse has ended it, unless another id of NP’s may be alive', () => {
    const story = new Story().approved();
    // Nothing is registered anew by itself: the goods have left.
    story.cart({ shipped: true, shipmentProblems: [problem] });
    expect(story.done('credit-lapsed')).toBe('lapsed');
    expect(side(story)).toBe('ended');
    story.tell({ type: 'np-id-found', at: story.at, attempt: 1, npTransactionId: npIdOf(9) });
    expect(side(story)).toBe('unsure');
  });

  test('an order that never was at NP needs no proof once staff have ended it', () => {
    const story = new Story();
    story.staff('cancel-requested');
    expect(story.facts.attempts).toEqual([]);
    expect(side(story)).toBe('ended');
  });

  test('nothing is proposed while NP is the way, nor for what the cart has ended or changed, nor to who has paid', () => {
    expect(side(new Story())).toBe('none');
    expect(side(new Story().registered())).toBe('none');
    expect(side(new Story().approved())).toBe('none');
    for (const change of [{ status: 'cancelled' }, { status: 'returned' }, { payment: 'other' }] as const) {
      const story = rejected();
      story.cart(change);
      expect([change, side(story)]).toEqual([change, 'none']);
    }
    const reported = new Story().approved();
    reported.cart({ shipment: shipmentOne, shipped: true });
    reported.sent('report');
    reported.done('report-accepted');
    reported.done('buyer-paid');
    expect(side(reported)).toBe('none');
  });

  test('a rejected order that the cart sends anew is at NP again, and no longer to be paid otherwise', () => {
    const story = rejected();
    story.cart({ payload: payloadB });
    expect(story.facts.inFlight?.operation).toBe('register');
    expect(side(story)).toBe('none');
  });
});
