import { Alert, Anchor, Stack } from '@mantine/core';
import type { SessionView } from '@np-hub/model';
import { Link, useOutletContext, useSearchParams } from 'react-router';
import { useCodes } from '../../api/queries.js';
import { useRepairGroups } from '../../api/repairs.js';
import { useUnmapped } from '../../api/words.js';
import { Loaded } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { ActorTag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';
import { Pattern } from './pattern.js';
import { patternTitle } from './pattern-title.js';

/** 一括修正: orders that are held up by the same, put right together. */
export function RepairsPage() {
  const { repairs } = useText().desk;
  const { user } = useOutletContext<SessionView>();
  const [parameters] = useSearchParams();
  const [kind, name, field] = ['kind', 'name', 'field'].map((key) => parameters.get(key) ?? '');
  return (
    <Stack gap="md">
      <PageHead title={repairs.title} lead={repairs.lead} />
      {user.role === 'viewer' ? (
        <Alert variant="outline" color="gray" title={repairs.notForViewers} />
      ) : name && (kind === 'problem' || kind === 'reason') ? (
        <Pattern key={`${kind} ${name} ${field}`} pattern={{ kind, name, field: field ?? '' }} />
      ) : (
        <Groups />
      )}
    </Stack>
  );
}

function Groups() {
  const { text, language } = useSpeech();
  const { repairs } = text.desk;
  const query = useRepairGroups();
  const codes = useCodes().data ?? [];
  return (
    <>
      <Words />
      <Loaded query={query}>
        {(groups) =>
          groups.length === 0 ? (
            <Alert variant="outline" color="gray" title={repairs.empty}>
              {repairs.emptyHelp}
            </Alert>
          ) : (
            <StackTable
              label={repairs.title}
              columns={[
                { key: 'what', head: repairs.pattern },
                { key: 'orders', head: repairs.orders, number: true },
                { key: 'shops', head: repairs.shops, number: true },
                { key: 'actor', head: text.list.columns.actor },
              ]}
              rows={groups.map((group) => ({
                key: `${group.kind} ${group.name} ${group.field}`,
                cells: {
                  what: (
                    <Anchor
                      component={Link}
                      to={`/repairs?${new URLSearchParams({ kind: group.kind, name: group.name, field: group.field })}`}
                    >
                      {patternTitle(group, codes, language)}
                    </Anchor>
                  ),
                  orders: text.list.count(group.orders),
                  shops: group.shops,
                  actor: <ActorTag actor={codes.find(({ code }) => code === group.code)?.actor ?? 'shop'} />,
                },
              }))}
            />
          )
        }
      </Loaded>
    </>
  );
}

/** Words without a meaning are put right on their own page, for all orders at once. */
function Words() {
  const { desk } = useText();
  const words = useUnmapped().data ?? [];
  if (words.length === 0) return null;
  return (
    <Section title={desk.repairs.words}>
      <ul className="link-list">
        {words.map((word) => (
          <li key={`${word.shopId} ${word.axis} ${word.raw}`}>
            <Anchor component={Link} to={`/words?shop=${encodeURIComponent(word.shopId)}`} size="sm">
              {desk.repairs.word(word.orders, word.raw, word.shopName)}
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  );
}
