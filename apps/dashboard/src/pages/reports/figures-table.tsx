import type { ReportFigures } from '@np-hub/model';
import { StackTable } from '../../components/stack-table.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

/** Figures by whatever they were grouped by. */
export function FiguresTable({
  label,
  rows,
}: {
  label: string;
  rows: readonly { readonly key: string; readonly name: string; readonly figures: ReportFigures }[];
}) {
  const { text, language } = useSpeech();
  const { reports, health } = text.reports;
  const { columns } = reports;
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
  const share = (count: number, all: number): string =>
    all === 0 ? '0' : reports.share(count.toLocaleString(locale), ((count / all) * 100).toFixed(1));
  const time = (seconds: number | null): string => (seconds === null ? '–' : health.seconds(seconds));
  const cellsOf = (figures: ReportFigures) => ({
    orders: figures.orders.toLocaleString(locale),
    billed: formatYen(figures.billedYen, language),
    approved: share(figures.approved, figures.orders),
    held: share(figures.held, figures.orders),
    rejected: share(figures.rejected, figures.orders),
    blocked: share(figures.blocked, figures.orders),
    reported: share(figures.reported, figures.orders),
    approval: time(figures.approvalSeconds),
    fix: time(figures.fixSeconds),
  });
  const keys = Object.keys(columns) as (keyof typeof columns)[];
  return (
    <StackTable
      label={label}
      columns={[
        { key: 'name', head: reports.name, names: true },
        ...keys.map((key) => ({ key, head: columns[key], number: true })),
      ]}
      rows={rows.map(({ key, name, figures }) => ({
        key,
        cells: { name: <strong>{name}</strong>, ...cellsOf(figures) },
      }))}
    />
  );
}
