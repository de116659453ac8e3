import type { CartAdapter, FileLayout, FileTransport, OrderReading } from '@np-hub/kit';
import type { Order } from '@np-hub/model';
import { type SampleSettings, readSample, soundAdapter } from './sample.js';

export type Sample = CartAdapter<SampleSettings>;

/** One fault: what is wrong, the check that has to find it, and the adapter. */
export type Mutant = readonly [fault: string, check: string, adapter: Sample];

export const file = soundAdapter.file as FileTransport<SampleSettings>;
export const withLayout = (index: number, change: Partial<FileLayout<SampleSettings>>): Sample => ({
  ...soundAdapter,
  file: {
    ...file,
    layouts: file.layouts.map((layout, at) => (at === index ? { ...layout, ...change } : layout)),
  },
});
export const withColumns = (change: object): Sample =>
  withLayout(0, { columns: { ...file.layouts[0]?.columns, ...change } });
export const withResults = (change: Partial<FileTransport<SampleSettings>['results']>): Sample => ({
  ...soundAdapter,
  file: { ...file, results: { ...file.results, ...change } },
});
export const reading = (change: (order: Order, raw: unknown) => Partial<Order>): Sample => ({
  ...soundAdapter,
  readOrder: (raw): OrderReading => {
    const sound = readSample(raw);
    return sound.kind === 'order'
      ? { kind: 'order', order: { ...sound.order, ...change(sound.order, raw) } }
      : sound;
  },
});
export const text = { ja: '見本', en: 'sample' };
