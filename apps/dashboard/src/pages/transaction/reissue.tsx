import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReissueView, TransactionView } from '@np-hub/model';
import { Copy } from '../../components/copy.js';
import { Pair, Section } from '../../components/section.js';
import { formatYen } from '../../format.js';
import { refundLetter } from '../../text/refund-letter.js';
import { useSpeech } from '../../text/speech.js';

/** Changes after the report: what would happen in which steps, how far it has come, and the way on. */
export function Reissue({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const words = text.doubts.reissue;
  const { reissue } = view;
  if (reissue === null || !isWorthShowing(reissue, view)) return null;
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.lead}</Text>
        <Steps reissue={reissue} />
        <Amounts reissue={reissue} />
        <Standing view={view} reissue={reissue} />
        {reissue.refundYen !== null && <Refund view={view} yen={reissue.refundYen} />}
      </Stack>
    </Section>
  );
}

/** Nobody needs to read of returns at an order that is billed as it should be. */
const isWorthShowing = ({ obstacle, phase }: ReissueView, { cartSays, state }: TransactionView): boolean =>
  phase !== 'open' ||
  obstacle !== 'unchanged' ||
  cartSays.status === 'returned' ||
  state === 'cancel-refused-paid';

function Steps({ reissue: { steps } }: { reissue: ReissueView }) {
  const words = useSpeech().text.doubts.reissue;
  return (
    <List type="ordered" size="sm" spacing={4}>
      {steps.map(({ name, state }) => (
        <List.Item key={name} data-step={name} data-state={state}>
          {words.steps[name]}{' '}
          <span className={state === 'failed' ? undefined : 'quiet'}>
            {state === 'failed' ? <strong>{words.states[state]}</strong> : words.states[state]}
          </span>
        </List.Item>
      ))}
    </List>
  );
}

function Amounts({ reissue: { fromYen, toYen } }: { reissue: ReissueView }) {
  const { text, language } = useSpeech();
  const { amounts, unknown } = text.doubts.reissue;
  return (
    <dl className="pairs">
      <Pair label={amounts.from}>{fromYen === null ? unknown : formatYen(fromYen, language)}</Pair>
      <Pair label={amounts.to}>{formatYen(toYen, language)}</Pair>
      {fromYen !== null && fromYen !== toYen && (
        <Pair label={amounts.difference}>{formatYen(toYen - fromYen, language)}</Pair>
      )}
    </dl>
  );
}

const ways = ['retry', 'correct', 'register-anew', 'cancel'] as const;

function Standing({ view, reissue }: { view: TransactionView; reissue: ReissueView }) {
  const words = useSpeech().text.doubts.reissue;
  const begun = reissue.steps[0]?.state === 'done';
  if (reissue.phase === 'running') return <Text size="sm">{words.running}</Text>;
  if (reissue.phase === 'stopped') {
    return (
      <Alert color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />} className="attentions">
        {begun ? words.stopped : words.stoppedEarly}
        <List size="sm">
          {ways
            .filter((way) => view.actions.includes(way))
            .map((way) => (
              <List.Item key={way}>{words.ways[way]}</List.Item>
            ))}
        </List>
      </Alert>
    );
  }
  if (reissue.obstacle !== null) return <Text size="sm">{words.obstacles[reissue.obstacle]}</Text>;
  return (
    <Text size="sm">
      {words.ready} {words.full} {reissue.again && <strong>{words.again}</strong>}
    </Text>
  );
}

/** The buyer has paid: NP cannot give it back, the shop has to. */
function Refund({ view, yen }: { view: TransactionView; yen: number }) {
  const { text, language } = useSpeech();
  const words = text.doubts.reissue;
  const draft = refundLetter(view, yen);
  return (
    <Stack gap="xs">
      <dl className="pairs">
        <Pair label={words.refund}>
          <strong>{formatYen(yen, language)}</strong>
        </Pair>
      </dl>
      <Text size="sm" fw={600}>
        {words.draftTitle} <Copy value={draft} of={words.draftTitle} />
      </Text>
      <Text size="sm" component="blockquote" m={0} style={{ whiteSpace: 'pre-line' }} lang="ja">
        {draft}
      </Text>
    </Stack>
  );
}

/** The slip that NP was told is not the one of the cart: how to put it right, and what to copy. */
export function SlipChanged({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const { slip } = text.doubts.reissue;
  if (!view.attentions.includes('reported-other-shipment')) return null;
  const told = view.attempts.at(-1)?.reportedSlip ?? '';
  const present = view.parcels.find(({ shippedAt }) => shippedAt !== null)?.slipNumber ?? '';
  return (
    <Section title={slip.title}>
      <Stack gap="sm">
        <Text size="sm">{slip.lead}</Text>
        <dl className="pairs">
          <Pair label={slip.told}>
            <span className="mono">{told || '–'}</span>
          </Pair>
          <Pair label={slip.now}>
            <span className="mono">{present || '–'}</span>{' '}
            {present && <Copy value={present} of={slip.copy} />}
          </Pair>
        </dl>
        <Text size="sm">{view.actions.includes('settle-slip') ? slip.step : slip.withdrawn}</Text>
      </Stack>
    </Section>
  );
}
