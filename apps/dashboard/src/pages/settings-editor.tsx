import { Alert, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Choice, Settings } from '../api/types.js';
import { Confirm } from '../components/confirm.js';
import { ErrorNotice } from '../components/error-notice.js';
import { errorAt, FieldErrors } from '../components/field-errors.js';
import { showMistake } from '../components/mistake.js';
import { useNotices } from '../components/notices.js';
import { SettingsFields } from '../components/settings-fields.js';
import { openedForm, readForm } from '../components/settings-form.js';
import { useUnsaved } from '../components/unsaved.js';
import { useSpeech } from '../text/speech.js';
import { refusedIn, useSettingsTest, type SettingsTest } from './settings-test.js';

interface Props {
  readonly kind: 'shops' | 'connections';
  readonly choices: readonly Choice[];
  /** What is being changed; null for a new one, whose kind is then chosen here. */
  readonly saved: {
    readonly id: string;
    readonly name: string;
    readonly choice: string;
    readonly settings: Settings;
  } | null;
  readonly labels: { readonly choice: string; readonly nameHelp: string };
  /** Further fields of this form, and whether they are filled in. */
  readonly extra?: ReactNode;
  readonly extraComplete?: boolean;
  /** Stands below the settings; `tried` once somebody has pressed save. */
  readonly further?: (choice: Choice, tried: boolean) => ReactNode;
  /** How many mistakes that part has. */
  readonly furtherMistakes?: (choice: Choice) => number;
  /** Something is changed in that part, or in the further fields. */
  readonly furtherChanged?: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  /** `onSaved` goes back to the list. */
  readonly onSave: (input: SettingsInput, onSaved: () => void) => void;
}

interface SettingsInput {
  /** Left out where nobody has touched it: what others change meanwhile is not put back. */
  readonly name?: string;
  readonly choice: Choice;
  readonly settings: Settings;
}

/**
 * Name, kind and settings of a shop or a connection. They can be tried out before anything is saved; a connection's
 * always are: what is refused stands at its field, and what could not be tried out is saved only once somebody says so.
 */
export function SettingsEditor(props: Props) {
  const { kind, choices, saved, labels, extra, extraComplete = true, saving, error, onSave } = props;
  const { text, language } = useSpeech();
  const { form } = text.shopsPage;
  const notices = useNotices();
  const navigate = useNavigate();
  const [openedName] = useState(saved?.name ?? '');
  const [name, setName] = useState(openedName);
  const [choiceId, setChoiceId] = useState(saved?.choice ?? '');
  const choice = choices.find((one) => one.id === choiceId);
  const fields = choice?.fields ?? [];
  const [opened] = useState(() => openedForm(fields, saved?.settings ?? null));
  const [entered, setEntered] = useState(opened);
  const [tried, setTried] = useState(false);
  const [untested, setUntested] = useState<SettingsInput | null>(null);
  const body = useRef<HTMLFormElement>(null);
  const { settings, faults } = readForm(fields, entered, saved ? opened : null);
  const mistakes =
    Object.keys(faults).length +
    (name.trim() ? 0 : 1) +
    (choice ? (props.furtherMistakes?.(choice) ?? 0) : 1) +
    (extraComplete ? 0 : 1);

  const test = useSettingsTest(kind, { choice: choiceId, settings, id: saved?.id ?? null });

  const isChanged =
    name !== openedName ||
    choiceId !== (saved?.choice ?? '') ||
    JSON.stringify(entered) !== JSON.stringify(opened);
  const unsaved = useUnsaved(isChanged || props.furtherChanged === true);
  const refused = [...refusedIn(error), ...test.refused];
  useEffect(() => {
    if (error !== null || test.error !== null) showMistake(body.current);
  }, [error, test.error]);

  const finish = (input: SettingsInput) =>
    onSave(input, () => {
      unsaved.saved();
      notices.done(text.common.saved);
      void navigate('/shops');
    });
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (mistakes > 0 || !choice) return showMistake(body.current);
    const input = { ...(name.trim() === openedName ? {} : { name: name.trim() }), choice, settings };
    // Nothing of the settings is touched: there is nothing to try out.
    if (kind === 'shops' || (saved && Object.keys(settings).length === 0)) return finish(input);
    test.run((result) => {
      if (result.ok) return finish(input);
      if (result.fields.length > 0) return showMistake(body.current);
      setUntested(input);
    });
  };

  return (
    <form onSubmit={save} noValidate ref={body} autoComplete="off" className="settings-form">
      <Stack gap="md">
        <TextInput
          label={form.name}
          description={labels.nameHelp}
          withAsterisk
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && !name.trim() ? form.missing : errorAt(refused, 'name')?.message[language]}
        />
        <KindField
          label={labels.choice}
          choices={choices}
          value={choiceId}
          fixed={saved !== null}
          error={tried && !choice ? form.missing : null}
          onChange={(next) => {
            setChoiceId(next);
            setEntered(openedForm(choices.find((one) => one.id === next)?.fields ?? [], null));
          }}
        />
        {extra}
        {choice && (
          <Fieldset legend={form.settings}>
            <Stack gap="md">
              <SettingsFields
                fields={fields}
                entered={entered}
                faults={tried ? faults : {}}
                serverErrors={refused}
                changing={saved !== null}
                onChange={setEntered}
              />
              {choice.capabilities && !choice.capabilities.pull ? (
                <NoCheck files={choice.capabilities.files} />
              ) : (
                <Check test={test} changing={saved !== null} />
              )}
            </Stack>
          </Fieldset>
        )}
        {choice && <FieldErrors value={refused}>{props.further?.(choice, tried)}</FieldErrors>}
        {tried && mistakes > 0 && (
          <Alert color="red" variant="outline" role="alert">
            {form.mistakes(mistakes)}
          </Alert>
        )}
        {error !== null && <ErrorNotice error={error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" loading={saving || test.isPending}>
            {text.common.save}
          </Button>
        </Group>
      </Stack>
      {unsaved.question}
      {untested && (
        <Confirm
          title={form.untested}
          text={form.untestedHelp}
          confirm={form.saveUntested}
          running={saving}
          error={error}
          onConfirm={() => finish(untested)}
          onClose={() => setUntested(null)}
        >
          <Text size="sm" c="dimmed">
            {test.result?.message[language]}
          </Text>
        </Confirm>
      )}
    </form>
  );
}

interface KindProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly fixed: boolean;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

function KindField({ label, choices, value, fixed, error, onChange }: KindProps) {
  const { text, language } = useSpeech();
  return (
    <NativeSelect
      label={label}
      withAsterisk={!fixed}
      required={!fixed}
      disabled={fixed}
      value={value}
      data={[
        { value: '', label: text.shopsPage.form.choose },
        ...choices.map((one) => ({ value: one.id, label: one.label[language] })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

/** Why there is nothing to try out, and what comes next: the cart is reached by files, or it calls the hub. */
function NoCheck({ files }: { files: boolean }) {
  const { form } = useSpeech().text.shopsPage;
  return (
    <Alert variant="outline" color="gray" title={files ? form.fileCart : form.openCart}>
      {files ? form.fileCartHelp : form.openCartHelp}
    </Alert>
  );
}

/** Tries out what stands in the form; of a saved one, over what is saved. */
function Check({ test, changing }: { test: SettingsTest; changing: boolean }) {
  const { text, language } = useSpeech();
  const { form } = text.shopsPage;
  const { result } = test;
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.run()}
        >
          {form.check}
        </Button>
        <Text size="sm" c="dimmed">
          {changing ? form.checkChanging : form.checkFirst}
        </Text>
      </Group>
      <div role="status" className="check-result">
        {result && (
          <Alert
            color={result.ok ? 'green' : 'red'}
            variant="outline"
            py="xs"
            title={result.ok ? form.checkOk : form.checkFailed}
          >
            {result.message[language]}
          </Alert>
        )}
        {test.error !== null && <ErrorNotice error={test.error} title={form.checkFailed} />}
      </div>
    </Stack>
  );
}
