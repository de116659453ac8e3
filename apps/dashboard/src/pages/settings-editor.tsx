import { Alert, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { ApiError } from '../api/client.js';
import type { Choice, Settings } from '../api/types.js';
import { useCheckSettings } from '../api/writes.js';
import { ErrorNotice } from '../components/error-notice.js';
import { SettingsFields } from '../components/settings-fields.js';
import { openedForm, readForm } from '../components/settings-form.js';
import { useSpeech } from '../text/speech.js';

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
  readonly saving: boolean;
  readonly error: unknown;
  readonly onSave: (input: { name: string; choice: Choice; settings: Settings }) => void;
}

/** Name, kind and settings of a shop or a connection; the connection can be tried out before anything is saved. */
export function SettingsEditor(props: Props) {
  const { kind, choices, saved, labels, extra, extraComplete = true, saving, error, onSave } = props;
  const { text } = useSpeech();
  const { form } = text.shopsPage;
  const [name, setName] = useState(saved?.name ?? '');
  const [choiceId, setChoiceId] = useState(saved?.choice ?? '');
  const choice = choices.find((one) => one.id === choiceId);
  const fields = choice?.fields ?? [];
  const [opened] = useState(() => openedForm(fields, saved?.settings ?? null));
  const [entered, setEntered] = useState(opened);
  const [tried, setTried] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const { settings, faults } = readForm(fields, entered, saved ? opened : null);
  const mistakes =
    Object.keys(faults).length +
    (name.trim() ? 0 : 1) +
    (choice ? (props.furtherMistakes?.(choice) ?? 0) : 1) +
    (extraComplete ? 0 : 1);

  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (mistakes === 0 && choice) return onSave({ name: name.trim(), choice, settings });
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
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
          error={tried && !name.trim() ? form.missing : null}
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
                serverErrors={error instanceof ApiError ? error.view.fields : []}
                changing={saved !== null}
                onChange={setEntered}
              />
              {choice.capabilities && !choice.capabilities.pull ? (
                <NoCheck files={choice.capabilities.files} />
              ) : (
                <Check kind={kind} choice={choice.id} settings={settings} id={saved?.id ?? null} />
              )}
            </Stack>
          </Fieldset>
        )}
        {choice && props.further?.(choice, tried)}
        {tried && mistakes > 0 && (
          <Alert color="red" variant="outline" role="alert">
            {form.mistakes(mistakes)}
          </Alert>
        )}
        {error !== null && <ErrorNotice error={error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" loading={saving}>
            {text.common.save}
          </Button>
        </Group>
      </Stack>
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

interface CheckProps {
  readonly kind: Props['kind'];
  readonly choice: string;
  readonly settings: Settings;
  readonly id: string | null;
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
function Check({ kind, choice, settings, id }: CheckProps) {
  const { text, language } = useSpeech();
  const { form } = text.shopsPage;
  const check = useCheckSettings(kind);
  const content = JSON.stringify(settings);
  const { reset } = check;
  useEffect(() => {
    reset();
  }, [content, reset]);
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate({ choice, settings, id })}
        >
          {form.check}
        </Button>
        <Text size="sm" c="dimmed">
          {id === null ? form.checkFirst : form.checkChanging}
        </Text>
      </Group>
      <div role="status" className="check-result">
        {check.data && (
          <Alert
            color={check.data.ok ? 'green' : 'red'}
            variant="outline"
            py="xs"
            title={check.data.ok ? form.checkOk : form.checkFailed}
          >
            {check.data.message[language]}
          </Alert>
        )}
        {check.isError && <ErrorNotice error={check.error} title={form.checkFailed} />}
      </div>
    </Stack>
  );
}
