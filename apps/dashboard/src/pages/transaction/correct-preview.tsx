import { Alert, Table, Text, Title } from '@mantine/core';
import {
  type CorrectablePath,
  type CorrectionPreview,
  describeProblem,
  type NpPayload,
  type Problem,
  type TransactionView,
} from '@np-hub/model';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Wide } from '../../components/wide.js';
import { useSpeech } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { correctableOf, fieldsOf, payloadPathOf, settlementText, valueOf } from './fields.js';

interface Props {
  readonly view: TransactionView;
  readonly changed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly preview: CorrectionPreview | undefined;
  readonly checking: boolean;
}

/** What NP would get in place of what it has, after the hub's own tidying, and what still stands in the way. */
export function CorrectPreview({ view, changed, problems, preview, checking }: Props) {
  const { text, language } = useSpeech();
  const { correct } = text.detail;
  const elsewhere = problems.filter((problem) => correctableOf(problem.field) === null);
  return (
    <div>
      <div role="status" className="preview-status">
        {Object.keys(changed).length === 0 ? null : checking ? (
          <Text size="sm">{correct.checking}</Text>
        ) : problems.length > 0 ? (
          <Alert color="orange" variant="outline" py="xs" icon={<IconAlertTriangle aria-hidden />}>
            {correct.problemsLeft(problems.length)}
            {elsewhere.map((problem) => (
              <div key={`${problem.field} ${problem.rule}`}>{describeProblem(problem, language).message}</div>
            ))}
          </Alert>
        ) : preview ? (
          <Text size="sm" className="preview-clean">
            <IconCircleCheck size={17} aria-hidden /> {correct.clean}
          </Text>
        ) : null}
      </div>
      {preview && <Comparison view={view} payload={preview.payload} changed={changed} />}
    </div>
  );
}

function Comparison({ view, payload, changed }: Pick<Props, 'view' | 'changed'> & { payload: NpPayload }) {
  const { text, language } = useSpeech();
  const { correct } = text.detail;
  const after = (path: CorrectablePath) =>
    isKeptBeside(path) ? (changed[path] ?? '') : valueOf({ ...view, payload }, path);
  const rows = fieldsOf(view).filter(
    (path) => changed[path] !== undefined || after(path) !== valueOf(view, path),
  );
  const real = rows.filter((path) => !isKeptBeside(path) || changed[path] !== undefined);
  const shown = (path: CorrectablePath, value: string) =>
    path === 'settlementType' ? settlementText(value, text) : value || '–';
  if (real.length === 0) return null;
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {correct.preview}
        {text.common.aside(correct.changedCount(real.length))}
      </Title>
      <Wide label={correct.preview}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{correct.item}</Table.Th>
              <Table.Th>{correct.before}</Table.Th>
              <Table.Th>{correct.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {real.map((path) => (
              <Table.Tr key={path}>
                <Table.Th scope="row">{fieldLabel(payloadPathOf(path), language)}</Table.Th>
                <Table.Td className="value-text">{shown(path, valueOf(view, path))}</Table.Td>
                <Table.Td className="value-text value-new">{shown(path, after(path))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </>
  );
}

/** What the payload does not show as it was chosen. */
const isKeptBeside = (path: CorrectablePath): boolean =>
  path.startsWith('parcel.') || path === 'settlementType';
