import { Alert, Button, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { Dialog } from '../components/dialog.js';
import type { ShopView } from '@np-hub/model';
import { useState } from 'react';
import { useOpenWork } from '../api/operators.js';
import { useRuns } from '../api/queries.js';
import { useShopStep, type ShopStep } from '../api/writes.js';
import { Confirm } from '../components/confirm.js';
import { ErrorNotice } from '../components/error-notice.js';
import { Loaded } from '../components/load.js';
import { formatExactMoment, fromJapaneseInput, toJapaneseInput } from '../format.js';
import { Wide } from '../components/wide.js';
import { useSpeech } from '../text/speech.js';
import { wordOr } from '../words.js';
import { useNotices } from '../components/notices.js';

interface Props {
  readonly shop: ShopView;
  readonly onClose: () => void;
}

function useConfirmed(shop: ShopView, onClose: () => void) {
  const { text } = useSpeech();
  const notices = useNotices();
  const run = useShopStep(shop.id);
  const confirm = (step: ShopStep, body: Record<string, unknown>) =>
    run.mutate(
      { step, body },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          notices.done(text.shopsPage.stepDone[step]);
          onClose();
        },
      },
    );
  return { run, confirm };
}

/** Going live registers real orders: it asks from when on, and for the cart's own link to be off. */
export function GoLiveDialog({ shop, onClose }: Props) {
  const { text } = useSpeech();
  const { shopsPage, common } = text;
  const { run, confirm } = useConfirmed(shop, onClose);
  const [moment, setMoment] = useState(() => toJapaneseInput(new Date()));
  const [off, setOff] = useState(false);
  const takeoverAt = fromJapaneseInput(moment);
  return (
    <Dialog onClose={onClose} title={shopsPage.goLiveTitle + common.colon + shop.name}>
      <Stack gap="sm">
        <Text size="sm">{shopsPage.goLiveText}</Text>
        <TextInput
          type="datetime-local"
          label={shopsPage.goLiveMoment}
          required
          value={moment}
          onChange={(event) => setMoment(event.currentTarget.value)}
          error={takeoverAt === null ? shopsPage.form.missing : null}
        />
        <Alert color="red" variant="outline" py="xs">
          {shopsPage.goLiveDanger}
        </Alert>
        <Checkbox
          label={shopsPage.goLiveCheck}
          checked={off}
          onChange={(event) => setOff(event.currentTarget.checked)}
        />
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button
            disabled={!off || takeoverAt === null}
            loading={run.isPending}
            onClick={() => confirm('go-live', { takeoverAt, ownLinkIsOff: true })}
          >
            {shopsPage.steps['go-live']}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

export function PauseDialog({ shop, onClose }: Props) {
  const { text } = useSpeech();
  const { shopsPage, common } = text;
  const { run, confirm } = useConfirmed(shop, onClose);
  return (
    <Dialog onClose={onClose} title={shopsPage.pauseTitle + common.colon + shop.name}>
      <Stack gap="sm">
        <Text size="sm">{shopsPage.pauseText}</Text>
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common.cancel}
          </Button>
          <Button color="red" loading={run.isPending} onClick={() => confirm('pause', {})}>
            {shopsPage.steps.pause}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** New orders are left alone, what has been taken goes on: it says how much that is. */
export function RetireDialog({ shop, onClose }: Props) {
  const { text } = useSpeech();
  const { retire } = text.operators;
  const { run, confirm } = useConfirmed(shop, onClose);
  const work = useOpenWork(shop.id);
  return (
    <Confirm
      title={retire.title + text.common.colon + shop.name}
      text={retire.text}
      confirm={text.shopsPage.steps.retire}
      running={run.isPending}
      error={run.error}
      onConfirm={() => confirm('retire', {})}
      onClose={onClose}
    >
      <Loaded query={work} rows={1}>
        {({ total, waiting }) => <Text size="sm">{retire.open(total, waiting)}</Text>}
      </Loaded>
    </Confirm>
  );
}

/** The last readings of the cart, newest first. */
export function RunsDialog({ shop, onClose }: Props) {
  const { text, language } = useSpeech();
  const { shopsPage } = text;
  const { runColumns } = shopsPage;
  const runs = useRuns(shop.id);
  return (
    <Dialog onClose={onClose} size="lg" title={shopsPage.runs + text.common.colon + shop.name}>
      <Loaded query={runs} rows={4}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm">{shopsPage.runsEmpty}</Text>
          ) : (
            <Wide label={shopsPage.runs}>
              <Table verticalSpacing={4}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{runColumns.at}</Table.Th>
                    <Table.Th>{runColumns.outcome}</Table.Th>
                    <Table.Th ta="right">{runColumns.orders}</Table.Th>
                    <Table.Th ta="right">{runColumns.changed}</Table.Th>
                    <Table.Th ta="right">{runColumns.duration}</Table.Th>
                    <Table.Th>{runColumns.error}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.map((run) => (
                    <Table.Tr key={run.at}>
                      <Table.Td>{formatExactMoment(run.at, language)}</Table.Td>
                      <Table.Td>{wordOr(shopsPage.outcomes, run.outcome)}</Table.Td>
                      <Table.Td className="number">{run.orders}</Table.Td>
                      <Table.Td className="number">{run.changed}</Table.Td>
                      <Table.Td className="number">
                        {shopsPage.duration((run.durationMs / 1_000).toFixed(1))}
                      </Table.Td>
                      <Table.Td>{run.error ?? '–'}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Wide>
          )
        }
      </Loaded>
    </Dialog>
  );
}
