import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useMoves } from '../../api/moves.js';
import { useShops } from '../../api/queries.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { formatDay } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { MoveForm } from './move-form.js';
import { Move } from './move.js';

/** 切替: a shop's move, step by step. */
export function MovesPage() {
  const words = useSpeech().text.moves;
  const known = useShops();
  const shops = known.data ?? [];
  const [parameters, setParameters] = useSearchParams();
  const [only] = shops.length === 1 ? shops : [];
  const shopId = parameters.get('shop') ?? only?.id ?? '';
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      {known.isPending && <PageSkeleton />}
      {known.isError && !known.data && (
        <LoadFailed error={known.error} onAgain={() => void known.refetch()} />
      )}
      {known.data?.length === 0 && <Alert variant="outline" color="gray" title={words.noShop} />}
      {shops.length > 1 && (
        <NativeSelect
          className="shop-select"
          label={words.shop}
          value={shopId}
          data={[
            { value: '', label: words.chooseShop },
            ...shops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) =>
            setParameters(event.currentTarget.value ? { shop: event.currentTarget.value } : {})
          }
        />
      )}
      {shopId !== '' && <ShopMoves key={shopId} shopId={shopId} />}
    </Stack>
  );
}

function ShopMoves({ shopId }: { shopId: string }) {
  const { text, language } = useSpeech();
  const words = text.moves;
  const moves = useMoves(shopId);
  if (moves.isPending) return <PageSkeleton />;
  if (!moves.data) return <LoadFailed error={moves.error} onAgain={() => void moves.refetch()} />;
  const open = moves.data.find(({ state }) => state === 'planned' || state === 'switched');
  const earlier = moves.data.filter((move) => move !== open);
  return (
    <>
      {open ? <Move key={open.id} move={open} /> : <MoveForm shopId={shopId} />}
      {earlier.length > 0 && (
        <Section title={words.earlier}>
          {earlier.map(({ id, settings, state, createdBy, steps }) => (
            <div key={id}>
              <Text size="sm">
                {formatDay(settings.switchOn, language)} {words.kinds[settings.kind]}{' '}
                <strong>{words.states[state]}</strong> <span className="quiet">{createdBy}</span>
              </Text>
              {state === 'abandoned' &&
                steps
                  .filter(({ done, undo }) => done && undo)
                  .map((step) => (
                    <Text key={step.id} size="sm" c="dimmed">
                      {words.undo(step.undo?.[language] ?? '')}
                    </Text>
                  ))}
            </div>
          ))}
        </Section>
      )}
    </>
  );
}
