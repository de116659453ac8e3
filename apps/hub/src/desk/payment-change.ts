import { Inject, Injectable } from '@nestjs/common';
import { npAmountsOf, npSideOf, offersOf, type PaymentChange } from '@np-hub/model';
import type { SignedInUser } from '../accounts/sessions.js';
import { problemOf } from '../http/problem.js';
import { Shops } from '../shops/shops.js';
import { TransactionList } from '../transactions/list.js';

/** What an order would cost by the shop's other methods, beside what is proven of it at NP. */
@Injectable()
export class PaymentChanges {
  constructor(
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(Shops) private readonly shops: Shops,
  ) {}

  /**
   * `enteredYen`: NP's fee in the cart's total, for a cart that does not say it. Throws 404 where there is no such
   * transaction, or none that the person may see.
   */
  async of(
    user: SignedInUser,
    { shopId, id }: { readonly shopId: string; readonly id: string },
    enteredYen: number,
  ): Promise<PaymentChange> {
    const row = await this.list.find(user, shopId, id);
    if (!row) throw problemOf(404);
    const { facts } = row;
    const totalYen = facts.wanted.payload.billedYen;
    const order = this.list.storedOrder(row)?.order;
    const npSide = order ? npSideOf(facts) : 'none';
    // An order that is erased, or that nothing is proposed for, is told by its total alone.
    if (!order || npSide === 'none')
      return {
        npSide,
        totalYen,
        feeYen: 0,
        feeKnown: false,
        cartTotalYen: totalYen,
        cartFeeYen: 0,
        offers: [],
      };
    const now = npAmountsOf(order, { totalYen, enteredYen });
    const { policies } = await this.shops.open(shopId);
    return {
      npSide,
      ...now,
      feeKnown: order.feeYen !== undefined,
      cartTotalYen: order.billedYen,
      cartFeeYen: order.feeYen ?? enteredYen,
      offers: offersOf(policies.otherMethods, now),
    };
  }
}
