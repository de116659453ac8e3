import { TextInput } from '@mantine/core';
import type { WebhookView } from '@np-hub/model';
import { useState } from 'react';
import { useWebhookStep } from '../../api/open.js';
import { Confirm } from '../../components/confirm.js';
import { useNotices } from '../../components/notices.js';
import { fromJapaneseInput, toJapaneseInput } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

interface Props {
  readonly webhook: WebhookView;
  /** Where to begin, as a delivery names it; absent: a moment is asked for. */
  readonly from?: string;
  readonly onClose: () => void;
}

const hourMs = 3_600_000;

/** Sends the changes since some moment once more. */
export function ReplayDialog({ webhook, from, onClose }: Props) {
  const { webhooks: words } = useSpeech().text.open;
  const notices = useNotices();
  const run = useWebhookStep(webhook.shopId, webhook.id);
  const [moment, setMoment] = useState(() => toJapaneseInput(new Date(Date.now() - hourMs)));
  const start = from ?? fromJapaneseInput(moment);
  const confirm = () => {
    if (start === null) return;
    run.mutate(
      { step: 'replay', body: { from: start } },
      {
        onSuccess: (answer) => {
          if (answer === null) return;
          notices.done(words.replayed);
          onClose();
        },
      },
    );
  };
  return (
    <Confirm
      title={words.replayTitle}
      text={words.replayText}
      confirm={words.replay}
      running={run.isPending}
      error={run.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {from === undefined && (
        <TextInput
          type="datetime-local"
          label={words.replayFrom}
          value={moment}
          onChange={(event) => setMoment(event.currentTarget.value)}
        />
      )}
    </Confirm>
  );
}
