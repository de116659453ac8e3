import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { describeProblem, type BuyerPage, type Clock, type CorrectablePath } from '@np-hub/model';
import { RecentCounts } from '../accounts/recent-counts.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { ChangeFeed } from '../http/stream.js';
import { CLOCK } from '../tokens.js';
import { TransactionActions } from '../transactions/actions.js';
import { isCorrectable } from '../transactions/allowed.js';
import { TransactionList } from '../transactions/list.js';
import { buyerPaths, limitOf } from './buyer-fields.js';
import { valueOf } from './field-values.js';
import { BuyerLinks, buyerLogin, type LinkRow } from './links.js';

/** Within 15 minutes. A household shares one address; a person tries a few times. */
const triesPerAddress = 30;
const triesPerLink = 20;

export type BuyerFields = Readonly<Partial<Record<CorrectablePath, string>>>;

/** The buyer's side of a link: shows the fields to be put right, takes them once, and tells nothing else. */
@Injectable()
export class BuyerCorrections {
  private readonly tries: RecentCounts;

  constructor(
    @Inject(BuyerLinks) private readonly links: BuyerLinks,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(TransactionActions) private readonly actions: TransactionActions,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.tries = new RecentCounts(clock);
  }

  /** Throws 404 `link-closed` for every link that cannot be used (any more), and 429. */
  async page(token: string, address: string): Promise<BuyerPage> {
    this.count(token, address);
    const link = await this.openLink(token);
    const { row, stored } = await this.orderOf(link);
    return {
      shopName: row.shop_name,
      fields: link.fields.map((path) => ({ path, value: valueOf(stored, path), limit: limitOf(path) })),
      expiresAt: link.expires_at.toISOString(),
    };
  }

  /** Takes the buyer's values, once: what would still be refused is said at its field, and uses nothing up. */
  async correct(token: string, address: string, fields: BuyerFields): Promise<void> {
    this.count(token, address);
    const link = await this.openLink(token);
    const { stored } = await this.orderOf(link);
    if (Object.keys(fields).some((path) => !link.fields.includes(path as CorrectablePath)))
      throw problemOf(400);
    const changed = Object.entries(fields).some(
      ([path, value]) => value.trim() !== valueOf(stored, path as CorrectablePath).trim(),
    );
    if (!changed) throw new ApiProblem(400, 'unchanged', unchanged);
    const key = { shopId: link.shop_id, id: link.transaction_id };
    const buyer = buyerOf(link);
    const { problems } = await this.actions.preview(buyer, key, fields);
    const wrong = problems.flatMap((problem) => {
      const [path] = buyerPaths([problem.field], stored);
      if (!path || !link.fields.includes(path)) return [];
      const message = {
        ja: describeProblem(problem, 'ja').message,
        en: describeProblem(problem, 'en').message,
      };
      return [{ field: `fields.${path}`, message }];
    });
    if (wrong.length > 0) throw new ApiProblem(400, 'invalid-input', stillWrong, wrong);
    await this.actions.correct(buyer, key, fields, async (manager) => {
      if (!(await this.links.use(manager, link))) throw closed();
    });
    this.feed.notify([key.shopId]);
  }

  private async openLink(token: string): Promise<LinkRow> {
    const link = await this.links.open(token);
    if (!link) throw closed();
    return link;
  }

  /** An order that has gone on meanwhile takes no corrections: its link is as good as closed. */
  private async orderOf(link: LinkRow) {
    const row = await this.list.find(buyerOf(link), link.shop_id, link.transaction_id);
    const stored = row && this.list.storedOrder(row);
    if (!row || !stored || !isCorrectable(row.facts)) throw closed();
    return { row, stored };
  }

  private count(token: string, address: string): void {
    const names = [
      [`address ${address}`, triesPerAddress],
      [`link ${createHash('sha256').update(token).digest('base64url')}`, triesPerLink],
    ] as const;
    for (const [name, limit] of names) {
      if (this.tries.of(name).count >= limit) throw problemOf(429);
      this.tries.add(name);
    }
  }
}

/** The buyer acts on one shop's order as support would, and stands in the history as the link. */
const buyerOf = ({ shop_id: shopId }: LinkRow): SignedInUser => ({
  id: buyerLogin,
  login: buyerLogin,
  name: buyerLogin,
  role: 'support',
  shopIds: [shopId],
});

const closed = (): ApiProblem =>
  new ApiProblem(404, 'link-closed', {
    ja: 'このページはご利用いただけません。すでに送信済みか、有効期限が切れています。お手数ですが、ご注文の店舗へお問い合わせください。',
    en: 'This page cannot be used: it has been used already, or has expired. Please contact the shop that you ordered from.',
  });

const unchanged = {
  ja: '内容が変更されていません。正しい内容に修正してから送信してください。',
  en: 'Nothing has been changed. Please correct the contents before sending.',
};
const stillWrong = {
  ja: '入力内容を確認してください。',
  en: 'Please check what was entered.',
};
