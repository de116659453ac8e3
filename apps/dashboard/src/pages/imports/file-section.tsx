import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { FileLayoutView, ShopView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { useSaveColumns, useShopFiles } from '../../api/files.js';
import { wholeWithin } from '../../components/amount.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { useNotices } from '../../components/notices.js';
import { Pair, Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { useSpeech } from '../../text/speech.js';
import { openedPlaces, placesOf, type EnteredPlace } from './places.js';

/** How a shop's files are read: its kinds of files with their columns, and the watched folder. */
export function FileSection({ shop }: { shop: ShopView }) {
  const { text, language } = useSpeech();
  const { section } = text.files;
  const files = useShopFiles(shop.id);
  return (
    <Section title={section.title}>
      <Loaded query={files} rows={3}>
        {(data) => (
          <Stack gap="md">
            <Text size="sm">{section.lead}</Text>
            <Anchor component={Link} size="sm" to={`/imports?shop=${encodeURIComponent(shop.id)}`}>
              {text.shopsPage.openImports}
            </Anchor>
            <dl className="pairs">
              <Pair label={section.folder}>
                {data.folder === null ? (
                  <span className="quiet">{section.noFolder}</span>
                ) : (
                  <>
                    <span className="mono breakable">{data.folder}</span>
                    <Text size="sm" c="dimmed">
                      {section.folderHelp}
                    </Text>
                  </>
                )}
              </Pair>
            </dl>
            {data.layouts.map((layout) => (
              <details key={layout.id} className="layout-details">
                <summary>
                  {section.columnsOf(layout.label[language])}
                  {layout.columns.some(({ mapped }) => mapped !== undefined) && (
                    <span className="quiet">{text.common.aside(section.changed)}</span>
                  )}
                </summary>
                <Text size="sm" c="dimmed">
                  {layout.help[language]}
                </Text>
                <ColumnForm shopId={shop.id} layout={layout} />
              </details>
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

const positions = wholeWithin(1, 9_999);

/** Where each column stands in this shop's files; left alone, the hub finds it by its usual headers. */
function ColumnForm({ shopId, layout }: { shopId: string; layout: FileLayoutView }) {
  const { text, language } = useSpeech();
  const { section } = text.files;
  const notices = useNotices();
  const save = useSaveColumns(shopId);
  const [places, setPlaces] = useState(() => openedPlaces(layout.columns));
  const { columns, faults } = placesOf(places);
  const change = (name: string, next: Partial<EnteredPlace>) =>
    setPlaces(places.map((one) => (one.name === name ? { ...one, ...next } : one)));
  const labelOf = (name: string) =>
    layout.columns.find((column) => column.name === name)?.label[language] ?? name;
  return (
    <Stack gap="sm">
      <StackTable
        label={section.columnsOf(layout.label[language])}
        columns={[
          { key: 'column', head: text.files.preview.column },
          { key: 'usual', head: section.usual },
          { key: 'place', head: section.place },
        ]}
        rows={layout.columns.map((column, index) => {
          const place = places[index];
          return {
            key: column.name,
            cells: {
              column: (
                <>
                  {column.label[language]}
                  {column.required && (
                    <span className="quiet">{text.common.aside(text.files.preview.required)}</span>
                  )}
                </>
              ),
              usual: <span className="quiet">{column.headers.slice(0, 3).join(text.common.listComma)}</span>,
              place: place && (
                <Group gap="xs">
                  <NativeSelect
                    size="xs"
                    aria-label={section.howOf(labelOf(column.name))}
                    value={place.kind}
                    data={(['auto', 'header', 'position', 'none'] as const).map((kind) => ({
                      value: kind,
                      label: section.kinds[kind],
                    }))}
                    onChange={(event) => {
                      const kind = (['auto', 'header', 'position', 'none'] as const).find(
                        (one) => one === event.currentTarget.value,
                      );
                      change(column.name, { kind: kind ?? 'auto' });
                    }}
                  />
                  {(place.kind === 'header' || place.kind === 'position') && (
                    <TextInput
                      size="xs"
                      aria-label={section.valueOf(labelOf(column.name))}
                      inputMode={place.kind === 'position' ? 'numeric' : 'text'}
                      value={place.value}
                      error={
                        faults.includes(column.name) &&
                        (place.kind === 'position' ? text.numbers.within(positions) : true)
                      }
                      onChange={(event) => change(column.name, { value: event.currentTarget.value })}
                    />
                  )}
                </Group>
              ),
            },
          };
        })}
      />
      {save.isError && <ErrorNotice error={save.error} title={text.detail.actions.failed} />}
      <Group>
        <Button
          size="compact-sm"
          disabled={faults.length > 0}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { layout: layout.id, columns },
              {
                onSuccess: (answer) => {
                  if (answer !== null) notices.done(text.common.saved);
                },
              },
            )
          }
        >
          {section.save}
        </Button>
      </Group>
    </Stack>
  );
}
