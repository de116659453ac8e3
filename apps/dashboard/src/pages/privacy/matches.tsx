import { Button, Group, List, Text } from '@mantine/core';
import type { BuyerMatch } from '@np-hub/model';
import { useState } from 'react';
import { useEraseBuyer, useExportBuyer } from '../../api/privacy.js';
import { ChooseAll, ChooseRow } from '../../components/choose-all.js';
import { toggled } from '../../components/chosen.js';
import { Confirm } from '../../components/confirm.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';
import { firstChoice, matchKey, personsOf } from './persons.js';

/** What a search for a person has found, buyer by buyer; only what is chosen is exported or erased. */
export function Matches({ matches, onErased }: { matches: readonly BuyerMatch[]; onErased: () => void }) {
  const { privacy: words } = useText();
  const notices = useNotices();
  const exporting = useExportBuyer();
  const [chosen, setChosen] = useState(() => firstChoice(matches));
  const [erasing, setErasing] = useState<readonly BuyerMatch[] | null>(null);
  const persons = personsOf(matches);
  const picked = matches.filter((match) => chosen.has(matchKey(match)));
  const erasable = picked.filter((match) => match.erasable);
  const exportPicked = () =>
    exporting.mutate(picked, {
      onSuccess: (data) => {
        download(data);
        notices.done(words.exported(data.length));
      },
      onError: (error) => notices.failed(error),
    });
  return (
    <>
      {persons.length > 1 && <Text size="sm">{words.namesakes(persons.length)}</Text>}
      <ChooseAll keys={matches.map(matchKey)} chosen={chosen} onChange={setChosen} />
      <MatchTable matches={matches} chosen={chosen} onChoose={setChosen} />
      {erasable.length < picked.length && (
        <Text size="sm">{words.unfinished(picked.length - erasable.length)}</Text>
      )}
      {picked.length === 0 && <Text size="sm">{words.chooseFirst}</Text>}
      <Group gap="sm">
        <Button
          variant="light"
          disabled={picked.length === 0}
          loading={exporting.isPending}
          onClick={exportPicked}
        >
          {words.export(picked.length)}
        </Button>
        <Button
          variant="outline"
          color="red"
          disabled={erasable.length === 0}
          onClick={() => setErasing(erasable)}
        >
          {words.erase(erasable.length)}
        </Button>
      </Group>
      {erasing && (
        <EraseDialog
          matches={erasing}
          onClose={() => setErasing(null)}
          onErased={() => {
            setErasing(null);
            onErased();
          }}
        />
      )}
    </>
  );
}

interface TableProps {
  readonly matches: readonly BuyerMatch[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function MatchTable({ matches, chosen, onChoose }: TableProps) {
  const { privacy: words } = useText();
  const persons = personsOf(matches);
  return (
    <StackTable
      label={words.search}
      columns={[
        { key: 'choose', head: words.choose },
        { key: 'order', head: words.order },
        { key: 'buyer', head: words.buyer },
        { key: 'shop', head: words.shop },
        { key: 'state', head: words.state },
        { key: 'ordered', head: words.ordered },
      ]}
      rows={persons.flatMap(({ newest, matches: theirs }) =>
        theirs.map((match) => ({
          key: matchKey(match),
          cells: {
            choose: (
              <ChooseRow
                label={match.orderNumber}
                rowKey={matchKey(match)}
                chosen={chosen}
                onChange={onChoose}
              />
            ),
            order: <span className="mono">{match.orderNumber}</span>,
            buyer: (
              <>
                <Who match={match} />
                {persons.length > 1 && match === newest && theirs.length > 1 && (
                  <Button
                    size="compact-xs"
                    variant="outline"
                    onClick={() => onChoose(toggled(chosen, theirs.map(matchKey)))}
                  >
                    {words.choosePerson(theirs.length)}
                  </Button>
                )}
              </>
            ),
            shop: match.shopName,
            state: <StateTag state={match.state} />,
            ordered: <Moment at={match.orderedAt} exact />,
          },
        })),
      )}
    />
  );
}

/** A name, and what tells its bearer from others of the same name. */
function Who({ match }: { match: BuyerMatch }) {
  const { privacy: words } = useText();
  const { buyerName, addressStart, phoneEnd, email } = match;
  return (
    <>
      {buyerName}
      {addressStart !== '' && <span className="cell-small">{words.addressStart(addressStart)}</span>}
      {phoneEnd !== '' && <span className="cell-small">{words.phoneEnd(phoneEnd)}</span>}
      {email !== null && <span className="cell-small">{email}</span>}
    </>
  );
}

function EraseDialog({
  matches,
  onErased,
  onClose,
}: {
  matches: readonly BuyerMatch[];
  onErased: () => void;
  onClose: () => void;
}) {
  const { privacy: words } = useText();
  const notices = useNotices();
  const erase = useEraseBuyer();
  return (
    <Confirm
      title={words.eraseTitle(matches.length)}
      text={words.eraseText}
      confirm={words.eraseConfirm}
      running={erase.isPending}
      error={erase.error}
      onClose={onClose}
      onConfirm={() =>
        erase.mutate(matches, {
          onSuccess: ({ erased }) => {
            notices.done(words.erased(erased));
            onErased();
          },
        })
      }
    >
      <ErasedPersons matches={matches} />
    </Confirm>
  );
}

/** Whose data is about to go, one line a buyer. */
export function ErasedPersons({ matches }: { matches: readonly BuyerMatch[] }) {
  const { text } = useSpeech();
  const { privacy: words } = text;
  return (
    <List size="sm">
      {personsOf(matches).map(({ buyer, newest, matches: theirs }) => (
        <List.Item key={buyer}>
          <strong>{newest.buyerName}</strong>{' '}
          {[
            newest.addressStart && words.addressStart(newest.addressStart),
            newest.phoneEnd && words.phoneEnd(newest.phoneEnd),
            newest.email ?? '',
            words.count(theirs.length),
          ]
            .filter(Boolean)
            .join(text.common.listComma)}
        </List.Item>
      ))}
    </List>
  );
}

function download(data: readonly object[]): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'buyer.json';
  link.click();
  URL.revokeObjectURL(url);
}
