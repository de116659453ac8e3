import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CorrectablePath, TransactionView } from '@np-hub/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client.js';
import { previewCorrection, useAction } from '../../api/writes.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useSpeech } from '../../text/speech.js';
import { CorrectField } from './correct-field.js';
import { CorrectPreview } from './correct-preview.js';
import { correctableOf, fieldsOf, valueOf } from './fields.js';
import { useNotices } from '../../components/notices.js';

type Edits = Readonly<Partial<Record<CorrectablePath, string>>>;

interface Props {
  readonly view: TransactionView;
  readonly offending: readonly CorrectablePath[];
}

/** The offending fields first, the others on demand; what NP would say is asked while one types, and nothing is saved. */
export function CorrectForm({ view, offending }: Props) {
  const { text } = useSpeech();
  const { correct } = text.detail;
  const [edits, setEdits] = useState<Edits>({});
  const [others, setOthers] = useState(offending.length === 0);
  const notices = useNotices();
  const run = useAction(view.shopId, view.id);
  const changed = changedOnly(view, edits);
  const count = Object.keys(changed).length;
  const preview = usePreview(view, changed);
  const problems = (count > 0 ? preview.data?.problems : undefined) ?? view.problems;
  const shown = fieldsOf(view).filter(
    (path) => others || offending.includes(path) || changed[path] !== undefined,
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (count === 0) return;
    run.mutate(
      { action: 'correct', body: { fields: changed } },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          setEdits({});
          notices.done(problems.length > 0 ? text.common.saved : correct.done);
        },
      },
    );
  };

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        <div className="field-grid">
          {shown.map((path) => (
            <CorrectField
              key={path}
              path={path}
              value={edits[path] ?? valueOf(view, path)}
              replaced={view.corrections.find((correction) => correction.path === path)?.replaced ?? null}
              problems={problems.filter((problem) => correctableOf(problem.field) === path)}
              serverError={serverErrorOf(run.error, path)}
              onChange={(value) => setEdits({ ...edits, [path]: value })}
            />
          ))}
        </div>
        {offending.length > 0 && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={others}
              onClick={() => setOthers(!others)}
            >
              {others ? correct.fewer : correct.others}
            </Button>
          </Group>
        )}
        <CorrectPreview
          view={view}
          changed={changed}
          problems={problems}
          preview={count > 0 ? preview.data : undefined}
          checking={count > 0 && preview.isFetching}
        />
        {preview.isError && count > 0 && <ErrorNotice error={preview.error} title={correct.preview} />}
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" loading={run.isPending} disabled={count === 0}>
            {count > 0 && problems.length > 0 ? correct.submitAnyway : correct.submit}
          </Button>
          {count === 0 && (
            <Text size="sm" c="dimmed">
              {correct.unchanged}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function changedOnly(view: TransactionView, edits: Edits): Readonly<Record<string, string>> {
  const paths = fieldsOf(view).filter(
    (path) => edits[path] !== undefined && edits[path] !== valueOf(view, path),
  );
  return Object.fromEntries(paths.map((path) => [path, edits[path] ?? '']));
}

const pauseMs = 400;

function usePreview(view: TransactionView, changed: Readonly<Record<string, string>>) {
  const [settled] = useDebouncedValue(JSON.stringify(changed), pauseMs);
  const fields: Readonly<Record<string, string>> = JSON.parse(settled);
  return useQuery({
    queryKey: ['preview', view.shopId, view.id, settled, view.updatedAt],
    enabled: Object.keys(fields).length > 0,
    queryFn: ({ signal }) => previewCorrection(view.shopId, view.id, fields, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

/** The message of the API's error for this field, whose name may stand behind `fields.`. */
function serverErrorOf(error: unknown, path: CorrectablePath) {
  if (!(error instanceof ApiError)) return null;
  return error.view.fields.find(({ field }) => field === path || field.endsWith(`.${path}`))?.message ?? null;
}
