import { z } from 'zod';
import { idFormSchema } from './id-forms.js';
import { cartInstructionSchema } from './instructions.js';
import { cartStatusSchema, paymentRouteSchema, settlementTypeSchema } from './order.js';
import { problemSchema, reasonSchema } from './reasons.js';
import { operationSchema } from './states.js';

/** A moment, ISO 8601 in UTC with milliseconds, so that two moments compare as text. */
const momentSchema = z.string();

/**
 * A payload by its keyed hash. The personal data behind it is stored encrypted elsewhere: facts, history and
 * effects hold references only, so that erasing a buyer leaves the history whole.
 */
export const payloadRefSchema = z.object({
  hash: z.string(),
  billedYen: z.int(),
  settlementType: settlementTypeSchema,
});
export type PayloadRef = z.infer<typeof payloadRefSchema>;

/** What a shipment report says. `carrierCode` is NP's five digits. */
export const shipmentRefSchema = z.object({ carrierCode: z.string(), slipNumber: z.string() });
export type ShipmentRef = z.infer<typeof shipmentRefSchema>;

/** What NP decided about the buyer, and whether that is proven to be about the payload in `Attempt.payload`. */
export const creditSchema = z.object({
  result: z.enum(['approved', 'held', 'rejected', 'unknown']),
  fixedAt: momentSchema.nullable(),
  reasons: z.array(reasonSchema),
  proven: z.boolean(),
  /** Until when NP has promised an answer (RE029), by Japanese business days. */
  answerDueAt: momentSchema.nullable(),
  at: momentSchema,
});

/** One registration at NP: what is proven about it. */
export const attemptSchema = z.object({
  number: z.int(),
  /** `sent`: possibly at NP. `absent`: a person has seen that NP has none. */
  registration: z.enum(['sent', 'accepted', 'refused', 'absent']),
  npTransactionId: z.string().nullable(),
  /** The payload that the registration carried; null for an adopted transaction. */
  sent: payloadRefSchema.nullable(),
  /** The payload that NP is proven to have; null where that is unknown. */
  payload: payloadRefSchema.nullable(),
  acceptedAt: momentSchema.nullable(),
  /** True once an older payload stood under the same id: only then can a result be about another payload. */
  amended: z.boolean(),
  /** NP said "under review" in an answer asked for after the acceptance. */
  pendingSeen: z.boolean(),
  /** When the credit question left whose answer was taken last: an older answer is stale. */
  creditAskedAt: momentSchema.nullable(),
  /** The date of the last result before the present payload. */
  earlierFixedAt: momentSchema.nullable(),
  /**
   * When the call left that brought the present payload, if NP's decision on the payload before stood by then:
   * no other review was under way, so a result fixed after this moment is about the present payload. Of an edit that
   * brought the same once more: the moment since which NP has had it.
   */
  editSentAt: momentSchema.nullable().default(null),
  /** What NP has had since when, while the same edit goes once more for the sake of a proof. */
  heldSince: z.object({ hash: z.string(), at: momentSchema }).nullable().default(null),
  credit: creditSchema.nullable(),
  /** Identical edits sent only to get a result that is proven newer. */
  proofTries: z.int(),
  reported: shipmentRefSchema.extend({ at: momentSchema }).nullable(),
  /** A report whose answer was lost and whose repeat was refused: NP may have it all the same. */
  lostReport: shipmentRefSchema.nullable().default(null),
  cancelledAt: momentSchema.nullable(),
  lapsedAt: momentSchema.nullable(),
  /** Ended at NP by nobody knows whom: it may have been cancelled there on purpose, so that a person is asked. */
  endUnexplained: z.boolean().default(false),
  /** The backup that the hub's memory of it came from, until NP shows it alive again: what happened since is forgotten. */
  restoredAt: momentSchema.nullable().default(null),
  paidAt: momentSchema.nullable(),
  /** NP refused a cancel for another reason: not asked again before a person or the cart says so. */
  cancelRefusedAt: momentSchema.nullable(),
  /** NP refused a cancel because the buyer has paid: the shop refunds the buyer itself. */
  cancelRefusedPaid: z.boolean(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** The one writing operation under way. */
export const inFlightSchema = z.object({
  operation: operationSchema,
  attempt: z.int(),
  /** `pending`: accepted, the result comes later. `lost`: sent, and no answer came. */
  phase: z.enum(['queued', 'sent', 'pending', 'lost']),
  payload: payloadRefSchema.nullable(),
  shipment: shipmentRefSchema.nullable(),
  /** When the phase began, or the resolving call left. */
  since: momentSchema,
  sentAt: momentSchema.nullable(),
  notBefore: momentSchema.nullable(),
  /** Answers lost so far. */
  losses: z.int(),
  /** NP proved that a lost registration had arrived, without telling its id. */
  arrived: z.boolean(),
  /** The lost call was the buyer's (`answer-lost`): it is not repeated. */
  byBuyer: z.literal(true).optional(),
  /** The call that resolves the doubt: the same again, or a cancel that makes it not matter. */
  resolution: z
    .object({ operation: operationSchema, phase: z.enum(['queued', 'sent']), notBefore: momentSchema })
    .nullable(),
});
export type InFlight = z.infer<typeof inFlightSchema>;

/** Another order, by reference: nothing personal. */
export const otherOrderSchema = z.object({
  shopId: z.string(),
  transactionId: z.string(),
  orderNumber: z.string(),
});
export type OtherOrder = z.infer<typeof otherOrderSchema>;

/** Open orders of the same buyer over the same total, of which this one may be a repetition. */
export const duplicateSchema = z.object({
  others: z.array(otherOrderSchema),
  at: momentSchema,
  /** By the shop's rule: the order waits for an answer, or is only pointed out. */
  hold: z.boolean(),
  /** A person has looked at them: the buyer wants this one as well. */
  genuine: z.boolean(),
});

/** The last refusal: it stands in the way of the same operation with the same content. */
export const refusalFactSchema = z.object({
  operation: operationSchema,
  attempt: z.int(),
  reasons: z.array(reasonSchema),
  at: momentSchema,
  payloadHash: z.string().nullable(),
  shipment: shipmentRefSchema.nullable(),
});

export const deadlineKindSchema = z.enum([
  'credit-check',
  'approval-unproven',
  'hold-ageing',
  'review-answer',
  'review-late',
  'credit-ageing',
  'settle-by',
  'answer-late',
  'checkout-open',
]);
export type DeadlineKind = z.infer<typeof deadlineKindSchema>;

/** What the gateway and the shop allow; pinned per transaction so that history replays to the same facts. */
const rulesSchema = z.object({
  canAmend: z.boolean(),
  duplicateGuardConfirmed: z.boolean(),
  reregisterAfterLapse: z.boolean(),
  /** The cart's word that the goods have left starts the report; otherwise a person does. */
  autoReport: z.boolean().default(true),
  /** The gateway can be asked for credit results; otherwise it tells them by itself. */
  canFindCredit: z.boolean().default(true),
  canFindPayment: z.boolean().default(true),
  /** A registration can be put upon a reported one; otherwise a new one takes its place. */
  canReissue: z.boolean().default(true),
  /** Days after the day of the approval in Japan, the last one for the report; null: no such limit is known. */
  settleWithinDays: z.int().min(1).nullable().default(null),
  idForm: idFormSchema.default('np'),
  /** NP decides inside the call (real time); an order stays with the mode that it began with. */
  realTime: z.boolean().default(false),
});
/** Rules as an event gives them: those of earlier versions lack what was added later. */
export type GivenRules = z.input<typeof rulesSchema>;

/**
 * Everything known about one order's life at NP. The state is a name for these facts. What a later version added has
 * a default, so that facts stored before it can still be read.
 */
export const factsSchema = z.object({
  cart: z.object({
    status: cartStatusSchema,
    payment: paymentRouteSchema,
    npWord: z.string().nullable(),
    /** Payload hash when staff opened the order for editing in the cart; null while it is closed. */
    editOpenedAt: z.string().nullable(),
    missing: z.boolean(),
    /** Freshness: the cart's own stamp, else the time the read began. */
    seenAt: momentSchema,
  }),
  wanted: z.object({
    payload: payloadRefSchema,
    problems: z.array(problemSchema),
    /** What keeps an order from being registered, and touches nothing that NP has already: words without a meaning. */
    obstacles: z.array(problemSchema).default([]),
    /** The report to make once the credit allows it; null while nothing reportable has been shipped. */
    shipment: shipmentRefSchema.nullable(),
    shipmentProblems: z.array(problemSchema),
    /** The goods have left, whatever is known of carrier and slip. */
    shipped: z.boolean(),
    cancel: z.object({ by: z.enum(['cart', 'staff', 'clock']), at: momentSchema }).nullable(),
    release: z.object({ by: z.enum(['cart', 'take-over', 'staff']), at: momentSchema }).nullable(),
    /** The attempt to replace by one with less, after its report. */
    reissue: z.object({ base: z.int(), at: momentSchema }).nullable(),
    /** A person asks for the same again. */
    retry: z.boolean(),
    /** Credit timing: false until the check is due. */
    creditDue: z.boolean(),
    /** When it is due; null with `creditDue` false: once a person asks. */
    creditDueAt: momentSchema.nullable(),
    /** A person has asked for the credit check, whatever the timing says. */
    creditAsked: z.boolean().default(false),
    /** A person has asked for the shipment report, where that is what starts it. */
    reportAsked: z.boolean().default(false),
    /** Checkout is not finished yet (real time only). */
    provisional: z.boolean(),
    /** Until when the cart has to say that the order stands; null: nothing is open, or no time was set. */
    confirmBy: momentSchema.nullable().default(null),
    /** wiz: the enclosed invoice is printed. */
    invoicePrinted: z.boolean(),
    /** wiz: the issue date on the printed invoice, `YYYY-MM-DD`; null: not told, the day of the report stands for it. */
    invoiceIssuedOn: z.string().nullable().default(null),
  }),
  attempts: z.array(attemptSchema),
  inFlight: inFlightSchema.nullable(),
  refusal: refusalFactSchema.nullable(),
  alarm: z
    .object({ kind: deadlineKindSchema, level: z.enum(['near', 'passed']), at: momentSchema })
    .nullable(),
  rules: rulesSchema,
  reregistrations: z.int(),
  /** The last thing that the cart was asked to do, and for which attempt: it is asked once. */
  instructed: z
    .object({ instruction: cartInstructionSchema, attempt: z.int(), at: momentSchema })
    .nullable()
    .default(null),
  /** Ids that NP has for an attempt which had another already, or which was taken for dead: a person has to look. */
  strayIds: z.array(z.string()),
  /** Those of them that have been settled: ended at NP, or found to be nobody's of this order. */
  settledIds: z.array(z.string()).default([]),
  /** Whether it may be the same sale as another order; null while there is none like it. */
  duplicate: duplicateSchema.nullable().default(null),
});
export type Facts = z.infer<typeof factsSchema>;

/** The rules of an event, whole. */
export const wholeRules = (given: GivenRules): Facts['rules'] => rulesSchema.parse(given);

/** The attempt that counts: the last one. */
export const currentAttempt = (facts: Facts): Attempt | null => facts.attempts.at(-1) ?? null;

/** An id that NP named beside the attempts' own, settled or not. */
export const isContradicting = ({ strayIds, settledIds }: Facts, npTransactionId: string): boolean =>
  strayIds.includes(npTransactionId) || settledIds.includes(npTransactionId);

/** A registration was possibly sent and is not proven refused, rejected, cancelled or lapsed. */
export function isLive(attempt: Attempt): boolean {
  return (
    (attempt.registration === 'sent' || attempt.registration === 'accepted') &&
    attempt.cancelledAt === null &&
    attempt.lapsedAt === null &&
    !(attempt.credit?.result === 'rejected' && attempt.credit.proven)
  );
}

/** Before NP hears of it, a person has to say whether this order is another one's repetition. */
export const isQuestioned = ({ duplicate, attempts }: Facts): boolean =>
  duplicate !== null && duplicate.hold && !duplicate.genuine && attempts.length === 0;

/** A cancel that NP refused may be asked for once more. */
export const withoutCancelRefusals = (facts: Facts): Facts => ({
  ...facts,
  refusal: facts.refusal?.operation === 'cancel' ? null : facts.refusal,
  attempts: facts.attempts.map((attempt) => ({ ...attempt, cancelRefusedAt: null })),
});

/** The order is to have nothing at NP. */
export const endWanted = (facts: Facts): boolean =>
  facts.wanted.cancel !== null || facts.wanted.release !== null;

/** The report may go: by the shop's rule, or because a person has asked. */
export const isReportWanted = ({ rules, wanted }: Facts): boolean => rules.autoReport || wanted.reportAsked;

/** NP is proven to have exactly the payload that is wanted. */
export const hasWantedPayload = (facts: Facts, attempt: Attempt): boolean =>
  attempt.payload !== null && attempt.payload.hash === facts.wanted.payload.hash;

/** NP has approved exactly the payload that is wanted, and the approval is proven newer than it. */
export const isApproved = (facts: Facts, attempt: Attempt): boolean =>
  isLive(attempt) &&
  hasWantedPayload(facts, attempt) &&
  attempt.credit?.result === 'approved' &&
  attempt.credit.proven;

/** `shop_transaction_id` of an attempt: the order number, then `<order>-2` and so on (at most 40 characters). */
export const shopTransactionIdOf = (orderNumber: string, attempt: number): string =>
  attempt === 1 ? orderNumber : `${orderNumber}-${attempt}`;
