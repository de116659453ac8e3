import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../../components/dialog.js';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Action, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { useAction } from '../../api/writes.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { NpIdField } from '../../components/np-id-field.js';
import { Pair } from '../../components/section.js';
import { formatYen } from '../../format.js';
import { npIdFault, readNpId } from '../../np-id.js';
import { useSpeech } from '../../text/speech.js';
import { useNotices } from '../../components/notices.js';
import type { ActionText } from '../../text/domain.js';
import { actionWords } from './action-words.js';

interface Props {
  readonly view: TransactionView;
  readonly action: Action;
  /** As the button is called that was pressed: the cart may have its own name for it. */
  readonly label: string;
  readonly danger: boolean;
  /** What the action is about, where it is not the transaction as a whole. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
}

/**
 * Says what will happen at NP and in the cart before anything does. The first focus is on leaving. An order that
 * the hub has not released itself can be adopted only by its NP id: it may stand at NP already.
 */
export function ActionDialog({ view, action, label, danger, body = {}, onClose }: Props) {
  const { text, language } = useSpeech();
  const words = actionWords(view, action, text);
  const notices = useNotices();
  const run = useAction(view.shopId, view.id);
  const [npId, setNpId] = useState('');
  const [tried, setTried] = useState(false);
  const id = readNpId(npId, view.idForm);
  const needsId = !view.timeline.some(({ name }) => name === 'release-requested');

  const confirm = () => {
    setTried(true);
    if (action === 'adopt' && (id !== '' || needsId) && npIdFault(id, view.idForm) !== null) return;
    run.mutate(
      { action, body: action === 'adopt' ? { npTransactionId: id || null } : body },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          notices.done(text.detail.actions.done(label));
          onClose();
        },
      },
    );
  };

  return (
    <Dialog onClose={onClose} title={label} leavable={!run.isPending}>
      <Stack gap="sm">
        <Text size="sm" className="dialog-subject">
          {text.detail.title(view.orderNumber)} ・ {view.buyerName} ・ {formatYen(view.billedYen, language)}
        </Text>
        <Consequences words={words} danger={danger} />
        {action === 'adopt' && (
          <>
            {needsId && <Text size="sm">{text.detail.doubt.adoptNeedsId}</Text>}
            <NpIdField
              label={needsId ? text.detail.doubt.field : text.detail.doubt.adoptOptional}
              value={npId}
              onChange={setNpId}
              tried={tried}
              form={view.idForm}
              optional={!needsId}
            />
          </>
        )}
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.common.cancel}
          </Button>
          <Button color={danger ? 'red' : 'indigo'} loading={run.isPending} onClick={confirm}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** What an action does on both sides, and what to beware of. */
export function Consequences({ words, danger }: { words: ActionText; danger: boolean }) {
  const { text } = useSpeech();
  return (
    <>
      <dl className="pairs">
        <Pair label={text.detail.actions.atNp}>{words.atNp}</Pair>
        <Pair label={text.detail.actions.inCart}>{words.inCart}</Pair>
      </dl>
      {words.caution && (
        <Alert
          color={danger ? 'red' : 'orange'}
          variant="outline"
          py="xs"
          icon={<IconAlertTriangle aria-hidden />}
        >
          {words.caution}
        </Alert>
      )}
    </>
  );
}
