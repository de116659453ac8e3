import { Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Section } from '../../components/section.js';
import { formatDay, formatMoment } from '../../format.js';
import { StackTable } from '../../components/stack-table.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

type Attempt = TransactionView['attempts'][number];

/** Every registration of this order at NP. */
export function Attempts({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const { attempts, npId } = text.detail;
  return (
    <Section title={attempts.title}>
      {view.attempts.length === 0 ? (
        <Text size="sm">{attempts.none}</Text>
      ) : (
        <StackTable
          label={attempts.title}
          columns={[
            { key: 'number', head: attempts.number },
            { key: 'shop', head: attempts.shopTransactionId },
            { key: 'np', head: npId },
            { key: 'result', head: attempts.result },
            { key: 'history', head: attempts.history },
          ]}
          rows={[...view.attempts].reverse().map((attempt) => ({
            key: String(attempt.number),
            cells: {
              number: (
                <>
                  {attempt.number}{' '}
                  <span className="cell-small">{attempt.live ? attempts.live : attempts.ended}</span>
                </>
              ),
              shop: <span className="mono">{attempt.shopTransactionId}</span>,
              np: <span className="mono">{attempt.npTransactionId ?? '–'}</span>,
              result: attempt.creditResult === null ? '–' : wordOr(text.credits, attempt.creditResult),
              history: <Course attempt={attempt} />,
            },
          }))}
        />
      )}
    </Section>
  );
}

function Course({ attempt }: { attempt: Attempt }) {
  const { text, language } = useSpeech();
  const { attempts } = text.detail;
  const { payment } = attempt;
  const said = (at: string | null, words: (moment: string) => string) =>
    at === null ? [] : [words(formatMoment(at, language))];
  const lines = [
    ...said(attempt.fixedAt, attempts.fixed),
    ...(attempt.reportedSlip === null ? [] : [attempts.reported(attempt.reportedSlip)]),
    ...said(attempt.cancelledAt, attempts.cancelled),
    ...said(attempt.lapsedAt, attempts.lapsed),
    ...said(attempt.paidAt, attempts.paid),
    ...(payment === null || attempt.paidAt !== null
      ? []
      : [
          text.settlements.asked(
            text.settlements.payment[payment.status],
            formatMoment(payment.askedAt, language),
          ),
        ]),
    ...(payment?.paidOn ? [text.settlements.paidOn(formatDay(payment.paidOn, language))] : []),
  ];
  return lines.length === 0 ? <>–</> : lines.map((line) => <div key={line}>{line}</div>);
}
