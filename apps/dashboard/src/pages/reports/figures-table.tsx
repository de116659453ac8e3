import { Table } from '@mantine/core';
import type { ReportFigures } from '@np-hub/model';
import { Wide } from '../../components/wide.js';
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
  return (
    <Wide label={label}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{reports.name}</Table.Th>
            {Object.values(columns).map((column) => (
              <Table.Th key={column} ta="right" className="nowrap">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, name, figures }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" className="nowrap">
                {name}
              </Table.Th>
              <Table.Td className="number">{figures.orders.toLocaleString(locale)}</Table.Td>
              <Table.Td className="number">{formatYen(figures.billedYen, language)}</Table.Td>
              {(
                [figures.approved, figures.held, figures.rejected, figures.blocked, figures.reported] as const
              ).map((count, index) => (
                <Table.Td key={index} className="number">
                  {share(count, figures.orders)}
                </Table.Td>
              ))}
              <Table.Td className="number">{time(figures.approvalSeconds)}</Table.Td>
              <Table.Td className="number">{time(figures.fixSeconds)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
