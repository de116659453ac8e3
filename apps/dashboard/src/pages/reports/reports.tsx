import { Alert, Anchor, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import type { Report } from '@np-hub/model';
import { useSearchParams } from 'react-router';
import { useShops } from '../../api/queries.js';
import { reportQuery, useReport, type ReportRange } from '../../api/reports.js';
import { Loaded } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { Wide } from '../../components/wide.js';
import { formatDay, formatYen, toJapaneseInput } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { DayChart } from './chart.js';
import { FiguresTable } from './figures-table.js';

const dayMs = 86_400_000;
const dayOf = (days: number): string => toJapaneseInput(new Date(Date.now() + days * dayMs)).slice(0, 10);

/** Volume, results, codes, times and fees of a range of days; the address holds the range. */
export function ReportsPage() {
  const { text } = useSpeech();
  const { reports } = text.reports;
  const [parameters, setParameters] = useSearchParams();
  const range: ReportRange = {
    from: parameters.get('from') ?? dayOf(-29),
    to: parameters.get('to') ?? dayOf(0),
    shopId: parameters.get('shop') ?? '',
  };
  const change = (name: string, value: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const report = useReport(range);
  const shops = useShops().data ?? [];
  return (
    <Stack gap="md">
      <PageHead title={reports.title} lead={reports.lead} />
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={reports.from}
          value={range.from}
          onChange={(event) => change('from', event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={reports.to}
          value={range.to}
          onChange={(event) => change('to', event.currentTarget.value)}
        />
        <NativeSelect
          label={text.list.shop}
          value={range.shopId}
          data={[
            { value: '', label: text.list.everyShop },
            ...shops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => change('shop', event.currentTarget.value)}
        />
        <Anchor href={`/api/v1/reports/export.csv?${reportQuery(range)}`} download size="sm">
          {reports.download}
        </Anchor>
      </Group>
      <Loaded query={report} rows={5}>
        {(data) =>
          data.total.orders === 0 ? (
            <Alert variant="outline" color="gray">
              {reports.empty}
            </Alert>
          ) : (
            <Content report={data} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Content({ report }: { report: Report }) {
  const { text, language } = useSpeech();
  const { reports } = text.reports;
  return (
    <>
      <Section title={reports.total}>
        <FiguresTable
          label={reports.total}
          rows={[{ key: 'total', name: reports.total, figures: report.total }]}
        />
        <DayChart days={report.days} />
      </Section>
      <Section title={reports.byShop}>
        <FiguresTable
          label={reports.byShop}
          rows={report.shops.map(({ id, name, figures }) => ({ key: id, name, figures }))}
        />
      </Section>
      <Section title={reports.byCart}>
        <FiguresTable
          label={reports.byCart}
          rows={report.carts.map(({ id, label, figures }) => ({ key: id, name: label[language], figures }))}
        />
      </Section>
      {report.codes.length > 0 && <Codes codes={report.codes} />}
      {report.fees.length > 0 && <Fees fees={report.fees} />}
      <Section title={reports.byDay}>
        <FiguresTable
          label={reports.byDay}
          rows={report.days
            .toReversed()
            .map(({ day, figures }) => ({ key: day, name: formatDay(day, language), figures }))}
        />
      </Section>
    </>
  );
}

function Codes({ codes }: { codes: Report['codes'] }) {
  const { text, language } = useSpeech();
  const { reports } = text.reports;
  return (
    <Section title={reports.codes}>
      <Text size="sm">{reports.codesLead}</Text>
      <Wide label={reports.codes}>
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {codes.map(({ code, title, times }) => (
              <Table.Tr key={code}>
                <Table.Th scope="row" className="mono">
                  {code}
                </Table.Th>
                <Table.Td>{title[language]}</Table.Td>
                <Table.Td className="number">{times}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}

function Fees({ fees }: { fees: Report['fees'] }) {
  const { text, language } = useSpeech();
  const { reports } = text.reports;
  return (
    <Section title={reports.fees}>
      <Text size="sm">{reports.feesLead}</Text>
      <Wide label={reports.fees}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{reports.month}</Table.Th>
              <Table.Th ta="right">{reports.columns.reported}</Table.Th>
              <Table.Th ta="right">{reports.range}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fees.map(({ month, reported, lowYen, highYen }) => (
              <Table.Tr key={month}>
                <Table.Th scope="row">{month}</Table.Th>
                <Table.Td className="number">{reported}</Table.Td>
                <Table.Td className="number">
                  {`${formatYen(lowYen, language)} – ${formatYen(highYen, language)}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}
