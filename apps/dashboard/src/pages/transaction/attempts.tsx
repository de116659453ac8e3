import { Table, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Section } from '../../components/section.js';
import { formatDay, formatMoment } from '../../format.js';
import { Wide } from '../../components/wide.js';
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
        <Wide label={attempts.title}>
          <Table verticalSpacing={4} className="attempts">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{attempts.number}</Table.Th>
                <Table.Th>{attempts.shopTransactionId}</Table.Th>
                <Table.Th>{npId}</Table.Th>
                <Table.Th>{attempts.result}</Table.Th>
                <Table.Th>{attempts.history}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...view.attempts].reverse().map((attempt) => (
                <Row key={attempt.number} attempt={attempt} />
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </Section>
  );
}

function Row({ attempt }: { attempt: Attempt }) {
  const { text } = useSpeech();
  const { attempts } = text.detail;
  return (
    <Table.Tr>
      <Table.Td>
        {attempt.number} <span className="cell-small">{attempt.live ? attempts.live : attempts.ended}</span>
      </Table.Td>
      <Table.Td className="mono">{attempt.shopTransactionId}</Table.Td>
      <Table.Td className="mono">{attempt.npTransactionId ?? '–'}</Table.Td>
      <Table.Td>{attempt.creditResult === null ? '–' : wordOr(text.credits, attempt.creditResult)}</Table.Td>
      <Table.Td>
        <Course attempt={attempt} />
      </Table.Td>
    </Table.Tr>
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
