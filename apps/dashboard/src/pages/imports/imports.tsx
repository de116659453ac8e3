import { Alert, Anchor, NativeSelect, Stack, Text } from '@mantine/core';
import { isAtLeast, type SessionView, type ShopView } from '@np-hub/model';
import { Link, useNavigate, useOutletContext, useSearchParams } from 'react-router';
import { useShopFiles } from '../../api/files.js';
import { useShops } from '../../api/queries.js';
import { Loaded } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { useSpeech, useText } from '../../text/speech.js';
import { DropZone, UploadList } from './drop-zone.js';
import { ImportList } from './import-list.js';
import { ResultFiles } from './result-files.js';
import { useUploads } from './uploads.js';

/** Files in and out, for one shop at a time. */
export function ImportsPage() {
  const { files } = useText();
  const shops = useShops();
  return (
    <Stack gap="md">
      <PageHead title={files.title} lead={files.lead} />
      <Loaded query={shops}>
        {(data) => <ForShops shops={data.filter(({ capabilities }) => capabilities.files)} />}
      </Loaded>
    </Stack>
  );
}

function ForShops({ shops }: { shops: readonly ShopView[] }) {
  const { files } = useText();
  const { user } = useOutletContext<SessionView>();
  const [parameters, setParameters] = useSearchParams();
  const shop = shops.find(({ id }) => id === parameters.get('shop')) ?? shops[0];
  if (!shop) {
    return (
      <Alert variant="outline" color="gray" title={files.noFileShop}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{files.noFileShopHelp}</Text>
          {isAtLeast(user.role, 'operator') && (
            <Anchor component={Link} to="/shops" size="sm">
              {files.toShops}
            </Anchor>
          )}
        </Stack>
      </Alert>
    );
  }
  if (user.role === 'viewer') return <Alert variant="outline" color="gray" title={files.viewer} />;
  return (
    <>
      <ShopChoice shops={shops} shop={shop} onChoose={(id) => setParameters({ shop: id })} />
      {shop.mode === 'draft' && (
        <Alert variant="outline" color="orange" title={files.draft}>
          {files.draftHelp}
        </Alert>
      )}
      <Drop key={`drop ${shop.id}`} shop={shop} />
      <ImportList key={`list ${shop.id}`} shopId={shop.id} />
      <ResultFiles key={`results ${shop.id}`} shopId={shop.id} />
    </>
  );
}

interface ChoiceProps {
  readonly shops: readonly ShopView[];
  readonly shop: ShopView;
  readonly onChoose: (id: string) => void;
}

function ShopChoice({ shops, shop, onChoose }: ChoiceProps) {
  const { text, language } = useSpeech();
  return (
    <NativeSelect
      className="shop-select"
      label={text.files.shop}
      value={shop.id}
      data={shops.map(({ id, name, adapterLabel }) => ({
        value: id,
        label: name.includes(adapterLabel[language])
          ? name
          : name + text.common.aside(adapterLabel[language]),
      }))}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

/** A single file is opened at once, to be checked; several wait in the list below. */
function Drop({ shop }: { shop: ShopView }) {
  const { text, language } = useSpeech();
  const { drop } = text.files;
  const navigate = useNavigate();
  const layouts = useShopFiles(shop.id).data?.layouts ?? [];
  const uploads = useUploads(shop.id, (view, alone) => {
    if (alone) void navigate(`/imports/${encodeURIComponent(shop.id)}/${encodeURIComponent(view.id)}`);
  });
  return (
    <Section title={drop.title}>
      <DropZone onFiles={uploads.add} />
      <UploadList uploads={uploads.waiting} onRemove={uploads.remove} onAgain={uploads.again} />
      {layouts.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">
            {drop.expects}
          </Text>
          <dl className="pairs">
            {layouts.map(({ id, label, help }) => (
              <div key={id} className="pair">
                <dt>{label[language]}</dt>
                <dd>{help[language]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Section>
  );
}
