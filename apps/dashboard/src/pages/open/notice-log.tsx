import { Alert, Anchor, NativeSelect, Stack } from '@mantine/core';
import type { NoticeKind } from '@np-hub/model';
import { Link, useSearchParams } from 'react-router';
import { More } from '../../components/more.js';
import { useNoticeLog } from '../../api/open.js';
import { useShops } from '../../api/queries.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { PageHead } from '../../components/page-title.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import type { Tone } from '../../components/tones.js';
import { useSpeech } from '../../text/speech.js';

const kindTones: Readonly<Record<NoticeKind, Tone>> = {
  rejected: 'bad',
  held: 'attention',
  blocked: 'bad',
  lapsed: 'bad',
  failed: 'bad',
  'changed-to-cod': 'attention',
  'course-stopped': 'attention',
};

/** 通知ログ: what shops are to know, newest first. */
export function NoticeLogPage() {
  const { notices } = useSpeech().text.open;
  const [parameters, setParameters] = useSearchParams();
  const shops = useShops().data ?? [];
  const shopId = parameters.get('shop') ?? '';
  return (
    <Stack gap="md">
      <PageHead title={notices.title} lead={notices.lead} />
      {shops.length > 1 && (
        <NativeSelect
          className="shop-select"
          label={notices.shop}
          value={shopId}
          data={[
            { value: '', label: notices.everyShop },
            ...shops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) =>
            setParameters(event.currentTarget.value ? { shop: event.currentTarget.value } : {})
          }
        />
      )}
      <Entries shopId={shopId} />
    </Stack>
  );
}

function Entries({ shopId }: { shopId: string }) {
  const { text, language } = useSpeech();
  const { notices } = text.open;
  const log = useNoticeLog(shopId);
  if (log.isPending) return <PageSkeleton />;
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  if (log.isError && rows.length === 0) {
    return <LoadFailed error={log.error} onAgain={() => void log.refetch()} />;
  }
  if (rows.length === 0) return <Alert variant="outline" color="gray" title={notices.empty} />;
  return (
    <>
      <div className="table-ground">
        <StackTable
          label={notices.title}
          columns={[
            { key: 'at', head: notices.at },
            { key: 'kind', head: notices.kind },
            { key: 'order', head: notices.order },
            { key: 'what', head: notices.what },
          ]}
          rows={rows.map((row) => ({
            key: row.id,
            cells: {
              at: <Moment at={row.at} exact />,
              kind: <Tag tone={kindTones[row.kind]}>{notices.kinds[row.kind]}</Tag>,
              order: (
                <>
                  <Anchor
                    component={Link}
                    size="sm"
                    className="row-link"
                    to={`/transactions/${encodeURIComponent(row.shopId)}/${encodeURIComponent(row.transactionId)}`}
                  >
                    {row.orderNumber}
                  </Anchor>
                  <span className="cell-small">{row.shopName}</span>
                </>
              ),
              what: row.text[language],
            },
          }))}
        />
      </div>
      <More query={log} label={notices.more} />
    </>
  );
}
