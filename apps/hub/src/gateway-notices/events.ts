import type { CreditAnswer, News } from '@np-hub/kit';
import type { DriftFound, TransactionEvent } from '@np-hub/model';

/** What a notice means: the event that it is, and the drift that it proves where nothing of the kind was under way. */
export interface Meaning {
  readonly event: TransactionEvent;
  readonly drift: DriftFound | null;
}

const creditTypes = {
  pending: 'credit-pending',
  approved: 'credit-approved',
  held: 'credit-held',
  rejected: 'credit-rejected',
  unknown: 'credit-unknown',
} as const satisfies Record<CreditAnswer['result'], string>;

/** The event of one notice about one attempt. `at`: now, because only now is it set against what is known. */
export function meaningOf(news: Exclude<News, { about: 'purchase' }>, attempt: number, at: string): Meaning {
  const found = (what: DriftFound['found']): DriftFound => ({
    type: 'drift-found',
    at,
    attempt,
    found: what,
  });
  switch (news.about) {
    case 'lapse':
      return { event: { type: 'credit-lapsed', at, attempt }, drift: null };
    case 'credit': {
      const { result, fixedAt, reasons } = news.credit;
      const credit = { at, attempt, askedAt: at, fixedAt, reasons, answerDueAt: null };
      return { event: { type: creditTypes[result], ...credit }, drift: null };
    }
    case 'report':
      return news.result.kind === 'done'
        ? { event: { type: 'report-accepted', at, attempt }, drift: found('reported') }
        : { event: { type: 'report-refused', at, attempt, ...whyOf(news.result) }, drift: null };
    case 'cancel': {
      if (news.result.kind === 'done')
        return { event: { type: 'cancellation-accepted', at, attempt }, drift: found('cancelled') };
      if (news.result.proves === 'already-paid')
        return { event: { type: 'cancellation-refused-paid', at, attempt }, drift: found('paid') };
      return { event: { type: 'cancellation-refused', at, attempt, ...whyOf(news.result) }, drift: null };
    }
  }
}

type Refusal = Extract<Extract<News, { about: 'cancel' | 'report' }>['result'], { kind: 'refused' }>;

const whyOf = ({ reasons, proves }: Refusal) => ({ reasons, proves });
