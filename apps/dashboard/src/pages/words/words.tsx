import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import { isAtLeast, type SessionView, type UnmappedWordView } from '@np-hub/model';
import { useOutletContext, useSearchParams } from 'react-router';
import { useShops } from '../../api/queries.js';
import { useUnmapped } from '../../api/words.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { useText } from '../../text/speech.js';
import { MappedWords } from './mapped-words.js';
import { WordCard } from './word-card.js';

/** Every word of a cart that is not understood, and those that people have explained. */
export function WordsPage() {
  const { wordsPage } = useText();
  const { user } = useOutletContext<SessionView>();
  const shops = useShops();
  const [parameters, setParameters] = useSearchParams();
  const shopId = parameters.get('shop') ?? '';
  const present = shops.data ?? [];
  return (
    <Stack gap="md">
      <PageHead title={wordsPage.title} lead={wordsPage.lead} />
      {present.length > 1 && (
        <NativeSelect
          className="shop-select"
          label={wordsPage.shop}
          value={shopId}
          data={[
            { value: '', label: wordsPage.everyShop },
            ...present.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) =>
            setParameters(event.currentTarget.value ? { shop: event.currentTarget.value } : {})
          }
        />
      )}
      <Unmapped shopId={shopId} operator={isAtLeast(user.role, 'operator')} />
      {present
        .filter(({ id }) => shopId === '' || id === shopId)
        .map((shop) => (
          <MappedWords
            key={shop.id}
            shop={shop}
            operator={isAtLeast(user.role, 'operator')}
            alone={shopId !== '' || present.length === 1}
          />
        ))}
    </Stack>
  );
}

function Unmapped({ shopId, operator }: { shopId: string; operator: boolean }) {
  const { wordsPage } = useText();
  const words = useUnmapped();
  if (words.isPending) return <PageSkeleton rows={3} />;
  if (words.isLoadingError) return <LoadFailed error={words.error} onAgain={() => void words.refetch()} />;
  const shown = words.data.filter((word) => shopId === '' || word.shopId === shopId);
  if (shown.length === 0) {
    return (
      <Alert variant="outline" color="green" title={wordsPage.empty}>
        {wordsPage.emptyHelp}
      </Alert>
    );
  }
  return (
    <>
      {!operator && <Text size="sm">{wordsPage.operatorOnly}</Text>}
      <div className="card-grid">
        {shown.toSorted(byWaiting).map((word) => (
          <WordCard key={`${word.shopId} ${word.axis} ${word.raw}`} word={word} operator={operator} />
        ))}
      </div>
    </>
  );
}

/** What holds up most orders comes first, then what waits longest. */
const byWaiting = (left: UnmappedWordView, right: UnmappedWordView): number =>
  right.orders - left.orders || left.firstSeenAt.localeCompare(right.firstSeenAt);
