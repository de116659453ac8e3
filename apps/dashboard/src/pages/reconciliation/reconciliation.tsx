import { NativeSelect, Stack, Text } from '@mantine/core';
import type { SessionView } from '@np-hub/model';
import { useOutletContext, useSearchParams } from 'react-router';
import { useShops } from '../../api/queries.js';
import { PageHead } from '../../components/page-title.js';
import { useText } from '../../text/speech.js';
import { Findings } from './findings.js';
import { Runs } from './runs.js';

/** 照合: a shop's reconciliations, and the differences that they found. */
export function ReconciliationPage() {
  const { reconciliation } = useText();
  const { user } = useOutletContext<SessionView>();
  const [parameters, setParameters] = useSearchParams();
  const shops = useShops().data ?? [];
  const [only] = shops.length === 1 ? shops : [];
  const shopId = parameters.get('shop') ?? only?.id ?? '';
  const mayAct = user.role !== 'viewer';
  return (
    <Stack gap="md">
      <PageHead title={reconciliation.title} lead={reconciliation.lead} />
      {shops.length > 1 && (
        <NativeSelect
          className="shop-select"
          label={reconciliation.shop}
          value={shopId}
          data={[
            { value: '', label: reconciliation.everyShop },
            ...shops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) =>
            setParameters(event.currentTarget.value ? { shop: event.currentTarget.value } : {})
          }
        />
      )}
      {shopId ? (
        <Runs key={shopId} shopId={shopId} mayAct={mayAct} />
      ) : (
        <Text size="sm">{reconciliation.chooseShop}</Text>
      )}
      <Findings shopId={shopId} mayAct={mayAct} />
    </Stack>
  );
}
