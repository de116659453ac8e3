import { Alert } from '@mantine/core';
import type { MoveSettings } from '@np-hub/model';
import { useInvoices } from '../../api/invoices.js';
import { useText } from '../../text/speech.js';

/** Said where a plan leaves enclosed invoices out although the shop has orders with them that are not reported. */
export function EnclosedOpen({
  settings: { kind, enclosedInvoice },
  shopId,
}: {
  settings: Pick<MoveSettings, 'kind' | 'enclosedInvoice'>;
  shopId: string;
}) {
  const { moves: words } = useText();
  const counts = useInvoices('to-print', shopId).data?.pages[0]?.counts;
  if (!counts || kind !== 'batch-to-real-time' || enclosedInvoice !== 'none') return null;
  const open = counts['to-print'] + counts.printed + counts['to-report'];
  if (open === 0) return null;
  return <Alert color="orange" variant="outline" role="alert" title={words.enclosedOpen(open)} />;
}
