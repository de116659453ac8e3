import type {
  CreditAnswer,
  GatewayIo,
  HttpClient,
  HttpRequest,
  HttpResponse,
  LineResult,
  PaymentAnswer,
  PaymentGateway,
} from '@np-hub/kit';
import { IoError } from '@np-hub/kit';
import type { NpPayload } from '@np-hub/model';

type GatewayWrite = 'register' | 'amend' | 'cancel' | 'report' | 'reissue';
type GatewayRead = 'findCredit' | 'findPayment';
export type GatewayCall = GatewayWrite | GatewayRead;

export const gatewayWrites: readonly GatewayWrite[] = ['register', 'amend', 'cancel', 'report', 'reissue'];
export const gatewayReads: readonly GatewayRead[] = ['findCredit', 'findPayment'];

/** A line with what every operation needs, so that one sample serves all of them. */
export interface SampleLine {
  readonly shopTransactionId: string;
  readonly npTransactionId: string;
  readonly baseNpTransactionId: string;
  readonly payload: NpPayload;
  readonly carrierCode: string;
  readonly slipNumber: string;
  readonly billIssuedOn: string | null;
}

/** What the answer says of one line: done (with the gateway's own word for a credit or payment), or refused. */
export interface AnswerEntry {
  readonly line: SampleLine;
  readonly outcome: { readonly kind: 'done'; readonly word: string } | { readonly kind: 'refused' };
}

/** How a gateway's other side speaks. The gateway's test supplies it, the suite supplies the assertions. */
interface GatewayWire<Settings> {
  /** A valid id of the n-th transaction at the gateway. */
  readonly transactionId: (number: number) => string;
  /**
   * The answer to one request, with its entries in the order given. A gateway that sends a request per line
   * finds in `request` which entry is meant. A line without an entry is not mentioned.
   */
  readonly answer: (call: GatewayCall, entries: readonly AnswerEntry[], request: HttpRequest) => HttpResponse;
  /** The answer that proves that address and credentials are right. */
  readonly connected: HttpResponse;
  /** Every word of a credit result that is known, with its meaning. */
  readonly creditWords: Readonly<Record<string, CreditAnswer['result']>>;
  readonly paymentWords: Readonly<Record<string, PaymentAnswer['status']>>;
  /** For a gateway that calls the hub: its calls, as its other side makes them. */
  readonly notices?: GatewayNotices<Settings>;
}

/** How a gateway's other side calls the hub. */
export interface GatewayNotices<Settings> {
  /** A genuine call to a merchant with these settings about one transaction. */
  readonly made: (settings: Settings, news: NoticeMeant, npTransactionId: string) => Buffer;
  /** The same merchant with another key; and another merchant with the same key. */
  readonly otherKey: Settings;
  readonly otherMerchant: Settings;
  /** What the reply has to say, by the verdict. */
  readonly replies: Readonly<Record<'taken' | 'refused', RegExp>>;
}

/** The calls that every gateway of this kind can make. `garbled`: genuine, with a result that nobody knows. */
export const noticesMeant = [
  'approved',
  'rejected',
  'garbled',
  'cancelled',
  'cancel-refused',
  'reported',
  'report-refused',
  'lapsed',
] as const;
export type NoticeMeant = (typeof noticesMeant)[number];

export interface GatewayCase<Settings> {
  readonly gateway: PaymentGateway<Settings>;
  readonly settings: Settings;
  /** The values that must never be seen in an error, a result or an address. */
  readonly secrets: readonly string[];
  readonly wire: GatewayWire<Settings>;
  /** Folder with `<case>.in.json` and `<case>.out.json`. */
  readonly fixtures: string;
  /** What an accepted line answers: `pending` where the gateway's result comes later; `done` by default. */
  readonly accepted?: Partial<Record<GatewayCall, 'done' | 'pending'>>;
}

type AnyLineResult = LineResult<unknown>;
type RunCall = (lines: readonly SampleLine[]) => Promise<readonly AnyLineResult[]>;

/** A client whose other side is a function; it keeps what was sent. */
export function scriptedClient(respond: (request: HttpRequest) => HttpResponse | Error) {
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    send: async (request) => {
      requests.push(request);
      const answer = respond(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { requests, http };
}

const clock = { now: () => new Date('2026-11-21T03:00:00Z') };

export const ioOf = <Settings>(settings: Settings, http: HttpClient): GatewayIo<Settings> => ({
  settings,
  http,
  clock,
});

/** The gateway's function for a call; undefined where the way does not have it. */
export function callOf<Settings>(
  { gateway, settings }: GatewayCase<Settings>,
  call: GatewayCall,
  http: HttpClient,
): RunCall | undefined {
  const run = gateway[call];
  return run === undefined ? undefined : (lines) => run(ioOf(settings, http), lines);
}

export const limitOf = <Settings>(
  { gateway, settings }: GatewayCase<Settings>,
  call: GatewayCall,
): number => {
  const names = { findCredit: 'find-credit', findPayment: 'find-payment' } as const;
  return gateway.batchLimit(settings, call === 'findCredit' || call === 'findPayment' ? names[call] : call);
};

/** The error of a promise that has to fail with the one error of I/O. */
export async function ioErrorOf(promise: Promise<unknown>): Promise<IoError> {
  const outcome = await promise.then(
    (value) => new Error(`expected an IoError, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof IoError) return outcome;
  throw outcome;
}
