import type { ImportState, ImportView } from '@np-hub/model';
import { Tag } from '../../components/tag.js';
import type { Tone } from '../../components/tones.js';
import { useText } from '../../text/speech.js';
import type { Texts } from '../../text/texts.js';
import { barrenOf, rowKinds } from './outcome.js';

const stateTones: Readonly<Record<ImportState, Tone>> = {
  uploaded: 'attention',
  waiting: 'attention',
  running: 'progress',
  asking: 'attention',
  done: 'good',
  failed: 'bad',
  discarded: 'ended',
};

/** How far an import has come. One that is done and took nothing in says so, and is not green. */
export function ImportTag({ view }: { view: Pick<ImportView, 'state' | 'counts'> }) {
  const { files } = useText();
  const barren = barrenOf(view);
  return (
    <Tag tone={barren === null ? stateTones[view.state] : barren === 'nothing' ? 'ended' : 'bad'}>
      {barren === null ? files.states[view.state] : files.barren[barren]}
    </Tag>
  );
}

/** "取り込み 120行、取り込めない 2行": the kinds that occur. */
export const countsText = ({ counts }: Pick<ImportView, 'counts'>, { files, common }: Texts): string =>
  rowKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${files.result.kinds[kind]} ${files.result.count(counts[kind])}`)
    .join(common.listComma);

const units = ['B', 'KB', 'MB'] as const;

/** `12.3 KB`: for people, with a thousand bytes to a kilobyte. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1_000 ** power;
  return `${power === 0 ? figure : figure.toFixed(1)} ${units[power]}`;
}
