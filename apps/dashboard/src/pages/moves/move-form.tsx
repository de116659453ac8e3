import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import {
  moveKindSchema,
  type MoveKind,
  type MoveSettings,
  type MoveView,
  type ShopView,
} from '@np-hub/model';
import { useRef, useState } from 'react';
import { useBeginMove, useChangeMove } from '../../api/moves.js';
import { useContractFees } from '../../api/settlements.js';
import { useShops } from '../../api/queries.js';
import { wholeWithin, type Amount } from '../../components/amount.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { showMistake } from '../../components/mistake.js';
import { NumberField } from '../../components/number-field.js';
import { Section } from '../../components/section.js';
import { toJapaneseInput } from '../../format.js';
import { useText } from '../../text/speech.js';
import { EnclosedOpen } from './enclosed-open.js';

/** The plan as it stands in the form. */
type Entered = Omit<MoveSettings, DaysName> & Readonly<Record<DaysName, Amount | null>>;
type DaysName = 'creditDaysBefore' | 'courseDaysBefore';

/** The plan that the form says; null while it lacks a number. */
function planOf(entered: Entered): MoveSettings | null {
  const { creditDaysBefore, courseDaysBefore } = entered;
  if (typeof creditDaysBefore !== 'number' || typeof courseDaysBefore === 'string') return null;
  return { ...entered, creditDaysBefore, courseDaysBefore };
}

const days = wholeWithin(0, 90);
const aheadMs = 35 * 86_400_000;
const today = (): string => toJapaneseInput(new Date()).slice(0, 10);

/** A plan as the shop is set in the hub; what only the cart knows is asked for. */
const fresh = (shop: ShopView | undefined): MoveSettings => ({
  kind: 'batch-to-real-time',
  switchOn: toJapaneseInput(new Date(Date.now() + aheadMs)).slice(0, 10),
  creditDaysBefore: Number(shop?.policies['creditDaysBefore'] ?? 0),
  courseDaysBefore: null,
  enclosedInvoice: 'none',
  landingForms: false,
  tsukuru: false,
  visibility: 'shown',
  shippingMethods: Object.keys(shop?.settings['carrierCodes'] ?? {}),
});

/** What a move is planned from: a new one, or another plan for one that has not been switched. */
export function MoveForm({
  shopId,
  move,
  onSaved,
}: {
  shopId: string;
  move?: MoveView;
  onSaved?: () => void;
}) {
  const { moves } = useText();
  const words = moves.form;
  const begin = useBeginMove();
  const change = useChangeMove({ id: move?.id ?? '', shopId });
  const shop = useShops().data?.find(({ id }) => id === shopId);
  const [settings, setSettings] = useState<Entered>(() => move?.settings ?? fresh(shop));
  const body = useRef<HTMLDivElement>(null);
  const [to, setTo] = useState(move?.toConnectionId ?? '');
  const [methods, setMethods] = useState(settings.shippingMethods.join('\n'));
  const save = () => {
    const plan = planOf(settings);
    if (plan === null) return showMistake(body.current);
    const shippingMethods = methods
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const input = { toConnectionId: to === '' ? null : to, settings: { ...plan, shippingMethods } };
    if (move) change.mutate(input, { onSuccess: () => onSaved?.() });
    else begin.mutate({ shopId, ...input });
  };
  const { isPending, error } = move ? change : begin;
  // A plan whose own day has passed meanwhile can be changed otherwise.
  const past =
    settings.switchOn !== '' && settings.switchOn !== move?.settings.switchOn && settings.switchOn < today();
  return (
    <Section title={move ? words.change : words.title}>
      <Stack gap="sm" maw={640} ref={body}>
        <Fields settings={settings} fixed={move !== undefined} past={past} onChange={setSettings} />
        <EnclosedOpen settings={settings} shopId={shopId} />
        {settings.kind === 'batch-to-real-time' && (
          <>
            <Textarea
              label={words.methods}
              autosize
              minRows={2}
              value={methods}
              onChange={(event) => setMethods(event.currentTarget.value)}
            />
            <Connection shopId={shopId} value={to} onChange={setTo} />
          </>
        )}
        {error !== null && <ErrorNotice error={error} title={moves.failed} />}
        <Group>
          <Button loading={isPending} disabled={settings.switchOn === '' || past} onClick={save}>
            {move ? words.save : words.begin}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

function Connection({
  shopId,
  value,
  onChange,
}: {
  shopId: string;
  value: string;
  onChange: (id: string) => void;
}) {
  const words = useText().moves.form;
  const connections = useContractFees().data ?? [];
  const present = useShops().data?.find(({ id }) => id === shopId)?.connectionId;
  return (
    <NativeSelect
      label={words.connection}
      value={value}
      data={[
        { value: '', label: words.later },
        ...connections
          .filter(({ connectionId }) => connectionId !== present)
          .map(({ connectionId, name }) => ({ value: connectionId, label: name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FieldsProps {
  readonly settings: Entered;
  /** The kind of a move stays. */
  readonly fixed: boolean;
  /** The day of the switch has passed. */
  readonly past: boolean;
  readonly onChange: (settings: Entered) => void;
}

function Fields({ settings, fixed, past, onChange }: FieldsProps) {
  const { moves } = useText();
  const words = moves.form;
  const set = (fields: Partial<Entered>) => onChange({ ...settings, ...fields });
  return (
    <>
      {!fixed && (
        <NativeSelect
          label={words.kind}
          value={settings.kind}
          data={moveKindSchema.options.map((kind) => ({ value: kind, label: moves.kinds[kind] }))}
          onChange={(event) => set({ kind: event.currentTarget.value as MoveKind })}
        />
      )}
      <TextInput
        type="date"
        label={words.switchOn}
        min={today()}
        error={past ? words.past : null}
        value={settings.switchOn}
        onChange={(event) => set({ switchOn: event.currentTarget.value })}
      />
      {settings.kind === 'batch-to-real-time' && <CartFields settings={settings} set={set} />}
    </>
  );
}

function CartFields({ settings, set }: { settings: Entered; set: (fields: Partial<Entered>) => void }) {
  const { numbers, moves } = useText();
  const words = moves.form;
  const errorOf = (value: Amount | null) => (value === '' ? numbers.within(days) : null);
  return (
    <>
      <NumberField
        label={words.creditDaysBefore}
        limits={days}
        value={settings.creditDaysBefore ?? ''}
        error={errorOf(settings.creditDaysBefore)}
        onChange={(creditDaysBefore) => set({ creditDaysBefore })}
      />
      <Checkbox
        label={words.courses}
        checked={settings.courseDaysBefore !== null}
        onChange={(event) => set({ courseDaysBefore: event.currentTarget.checked ? 7 : null })}
      />
      {settings.courseDaysBefore !== null && (
        <NumberField
          label={words.courseDaysBefore}
          limits={days}
          value={settings.courseDaysBefore}
          error={errorOf(settings.courseDaysBefore)}
          onChange={(courseDaysBefore) => set({ courseDaysBefore })}
        />
      )}
      <NativeSelect
        label={words.enclosed}
        value={settings.enclosedInvoice}
        data={Object.entries(words.enclosedChoices).map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          set({ enclosedInvoice: event.currentTarget.value as MoveSettings['enclosedInvoice'] })
        }
      />
      <NativeSelect
        label={words.visibility}
        value={settings.visibility}
        data={Object.entries(words.visibilityChoices).map(([value, label]) => ({ value, label }))}
        onChange={(event) => set({ visibility: event.currentTarget.value as MoveSettings['visibility'] })}
      />
      <Checkbox
        label={words.landingForms}
        checked={settings.landingForms}
        onChange={(event) => set({ landingForms: event.currentTarget.checked })}
      />
      <Checkbox
        label={words.tsukuru}
        checked={settings.tsukuru}
        onChange={(event) => set({ tsukuru: event.currentTarget.checked })}
      />
    </>
  );
}
