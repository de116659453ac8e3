import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { ConnectionView, ShopView } from '@np-hub/model';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.js';
import { useOnboard, useRehearsal, type ShopDraft } from '../../api/operators.js';
import { useChoices, useConnections, useShops } from '../../api/queries.js';
import type { Choice } from '../../api/types.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { errorAt } from '../../components/field-errors.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { showMistake } from '../../components/mistake.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { openedForm, readForm, type Entered } from '../../components/settings-form.js';
import { useUnsaved } from '../../components/unsaved.js';
import { useSpeech, useText } from '../../text/speech.js';
import { RehearsalResult } from './rehearsal.js';
import { Saved } from './saved.js';
import { SideFields } from './side-fields.js';
import { siblingSettings } from './siblings.js';

/** A new shop in one flow: choose, fill in, test and rehearse, save, go live. With `?copy=` it begins as another shop. */
export function OnboardingPage() {
  const { onboarding } = useText().operators;
  return (
    <Stack gap="md">
      <PageHead title={onboarding.title} lead={onboarding.lead} />
      <OperatorOnly>
        <Loading />
      </OperatorOnly>
    </Stack>
  );
}

function Loading() {
  const shops = useShops();
  const adapters = useChoices('adapters');
  const gateways = useChoices('gateways');
  const connections = useConnections();
  const [parameters] = useSearchParams();
  const failed = [shops, adapters, gateways, connections].find((query) => query.isLoadingError);
  if (failed) return <LoadFailed error={failed.error} onAgain={() => void failed.refetch()} />;
  if (!shops.data || !adapters.data || !gateways.data || !connections.data) return <PageSkeleton />;
  const copied = shops.data.find(({ id }) => id === parameters.get('copy')) ?? null;
  return (
    <Flow
      key={copied?.id ?? 'new'}
      copied={copied}
      shops={shops.data}
      adapters={adapters.data}
      gateways={gateways.data}
      connections={connections.data}
    />
  );
}

interface Props {
  readonly copied: ShopView | null;
  readonly shops: readonly ShopView[];
  readonly adapters: readonly Choice[];
  readonly gateways: readonly Choice[];
  readonly connections: readonly ConnectionView[];
}

function Flow({ copied, shops, adapters, gateways, connections }: Props) {
  const { text, language } = useSpeech();
  const words = text.operators.onboarding;
  const { form } = text.shopsPage;
  const rehearsal = useRehearsal();
  const onboard = useOnboard();
  const [name, setName] = useState('');
  const [adapterId, setAdapterId] = useState(copied?.adapter ?? '');
  /** A saved connection by its id, a new one by `new:` and its gateway. */
  const [side, setSide] = useState(
    copied?.connectionId ?? (connections.length === 1 ? (connections[0]?.id ?? '') : ''),
  );
  const adapter = adapters.find(({ id }) => id === adapterId);
  const gateway = gateways.find(({ id }) => `new:${id}` === side);
  const [opened] = useState(() => openedForm(adapter?.fields ?? [], copied?.settings ?? null));
  const [cart, setCart] = useState<Entered>(opened);
  const [np, setNp] = useState<Entered>({});
  const [tried, setTried] = useState(false);
  const [rehearsed, setRehearsed] = useState('');
  const body = useRef<HTMLFormElement>(null);
  const standing = JSON.stringify([name, adapterId, side, cart, np]);
  const [begun] = useState(standing);
  const { question } = useUnsaved(standing !== begun && !onboard.data);

  const cartForm = readForm(adapter?.fields ?? [], cart, copied ? opened : null);
  const npForm = readForm(gateway?.fields ?? [], np, null);
  const mistakes =
    Object.keys(cartForm.faults).length +
    Object.keys(npForm.faults).length +
    [name.trim() !== '', adapter, side !== ''].filter((given) => !given).length;
  const draft: ShopDraft = {
    adapter: adapterId,
    settings: cartForm.settings,
    ...(copied ? { copyOf: copied.id, policies: copied.policies } : {}),
    ...(gateway ? { gateway: gateway.id, gatewaySettings: npForm.settings } : { connectionId: side }),
  };
  const isSame = rehearsed === JSON.stringify(draft);
  const result = rehearsal.data;
  const error = onboard.error ?? rehearsal.error;
  const errors = error instanceof ApiError ? error.view.fields : [];
  useEffect(() => {
    if (error !== null) showMistake(body.current);
  }, [error]);
  const isReady = isSame && result?.cart.ok === true && result.gateway.ok;

  const test = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    onboard.reset();
    if (mistakes > 0) return showMistake(body.current);
    const sent = JSON.stringify(draft);
    rehearsal.mutate(draft, { onSuccess: () => setRehearsed(sent) });
  };
  const choose = (id: string) => {
    setAdapterId(id);
    const chosen = adapters.find((one) => one.id === id);
    setCart({
      ...openedForm(chosen?.fields ?? [], null),
      ...siblingSettings(
        chosen,
        shops.filter((shop) => shop.adapter === id),
      ),
    });
  };
  const connect = (value: string) => {
    setSide(value);
    const chosen = gateways.find(({ id }) => `new:${id}` === value);
    setNp({
      ...openedForm(chosen?.fields ?? [], null),
      ...siblingSettings(
        chosen,
        connections.filter((one) => one.gateway === chosen?.id),
      ),
    });
  };

  if (onboard.data) return <Saved onboarded={onboard.data} />;
  return (
    <form onSubmit={test} noValidate ref={body} autoComplete="off">
      {question}
      <Stack gap="md">
        {copied && (
          <Alert variant="outline" color="gray" title={words.copyTitle(copied.name)}>
            {words.copyHelp}
          </Alert>
        )}
        <Section title={words.basics}>
          <Stack gap="sm" className="settings-form">
            <TextInput
              label={form.name}
              description={form.shopNameHelp}
              withAsterisk
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={tried && !name.trim() ? form.missing : errorAt(errors, 'name')?.message[language]}
            />
            <NativeSelect
              label={form.adapter}
              withAsterisk
              required
              disabled={copied !== null}
              value={adapterId}
              data={[
                { value: '', label: form.choose },
                ...adapters.map((one) => ({ value: one.id, label: one.label[language] })),
              ]}
              onChange={(event) => choose(event.currentTarget.value)}
              error={tried && !adapter ? form.missing : null}
            />
            <NativeSelect
              label={words.gateway}
              withAsterisk
              required
              value={side}
              data={[
                { value: '', label: form.choose },
                ...connections.map((one) => ({ value: one.id, label: words.savedConnection(one.name) })),
                ...gateways.map((one) => ({
                  value: `new:${one.id}`,
                  label: words.newConnection(one.label[language]),
                })),
              ]}
              onChange={(event) => connect(event.currentTarget.value)}
              error={tried && side === '' ? form.missing : null}
            />
          </Stack>
        </Section>
        {adapter && adapter.fields.length > 0 && (
          <Section title={words.cartSettings}>
            <SideFields
              fields={adapter.fields}
              entered={cart}
              faults={tried ? cartForm.faults : {}}
              errors={errors}
              prefix="settings."
              check={isSame ? result?.cart : undefined}
              changing={copied !== null}
              onChange={setCart}
            />
          </Section>
        )}
        {gateway && (
          <Section title={words.gatewaySettings}>
            <SideFields
              fields={gateway.fields}
              entered={np}
              faults={tried ? npForm.faults : {}}
              errors={errors}
              prefix="gatewaySettings."
              check={isSame ? result?.gateway : undefined}
              changing={false}
              onChange={setNp}
            />
          </Section>
        )}
        {tried && mistakes > 0 && (
          <Alert color="red" variant="outline" role="alert">
            {form.mistakes(mistakes)}
          </Alert>
        )}
        <Group gap="sm">
          <Button type="submit" variant={isReady ? 'default' : 'filled'} loading={rehearsal.isPending}>
            {words.rehearse}
          </Button>
          <Text size="sm" c="dimmed">
            {words.rehearseHelp}
          </Text>
        </Group>
        {error !== null && <ErrorNotice error={error} title={words.failed} />}
        <div role="status">
          {result && isSame && <RehearsalResult rehearsal={result} />}
          {result && !isSame && !rehearsal.isPending && (
            <Alert variant="outline" color="gray">
              {words.changed}
            </Alert>
          )}
        </div>
        <Group gap="sm">
          <Button
            disabled={!isReady}
            loading={onboard.isPending}
            onClick={() => onboard.mutate({ ...draft, name: name.trim() })}
          >
            {words.save}
          </Button>
          <Text size="sm" c="dimmed">
            {isReady ? words.saveHelp : words.needed}
          </Text>
          <Anchor component={Link} to="/shops" size="sm">
            {words.toShops}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
