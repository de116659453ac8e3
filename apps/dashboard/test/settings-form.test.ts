import type { SettingField } from '@np-hub/model';
import { lineFaults, linesOf, openedForm, readForm, type MapLine } from '../src/components/settings-form.js';

const field = (name: string, part: Partial<SettingField> = {}): SettingField => ({
  name,
  title: { ja: name, en: name },
  help: null,
  secret: false,
  required: false,
  kind: 'text',
  keys: [],
  choices: [],
  labels: {},
  limits: null,
  default: null,
  ...part,
});
const fields = [
  field('endpoint', { required: true }),
  field('token', { required: true, secret: true }),
  field('minutes', { kind: 'number', default: 5 }),
  field('names', { kind: 'list', default: ['NP後払い'] }),
  field('map', { kind: 'json' }),
  field('option', { kind: 'boolean', default: true }),
];

describe('a settings form', () => {
  it('opens a new one with its defaults and reads typed values', () => {
    const opened = openedForm(fields, null);
    expect(opened).toMatchObject({ minutes: '5', names: 'NP後払い', option: true, token: '' });
    const entered = {
      ...opened,
      endpoint: ' https://a.example.jp ',
      token: 't',
      names: 'A\n\n B ',
      map: '{"x":1}',
    };
    expect(readForm(fields, entered, null)).toEqual({
      settings: {
        endpoint: 'https://a.example.jp',
        token: 't',
        minutes: 5,
        names: ['A', 'B'],
        map: { x: 1 },
        option: true,
      },
      faults: {},
    });
  });

  it('names what is missing or cannot be read', () => {
    const entered = { ...openedForm(fields, null), minutes: 'soon', map: '{' };
    expect(readForm(fields, entered, null).faults).toEqual({
      endpoint: 'missing',
      token: 'missing',
      minutes: 'number',
      map: 'json',
    });
  });

  it('reads digits of either width, and names a number outside of its limits', () => {
    const pages = [field('size', { kind: 'number', limits: { min: 1, max: 500, places: 0 } })];
    expect(readForm(pages, { size: '１００' }, null)).toEqual({ settings: { size: 100 }, faults: {} });
    for (const size of ['0', '501', '1.5', 'soon'])
      expect(readForm(pages, { size }, null)).toEqual({ settings: {}, faults: { size: 'number' } });
  });

  it('holds a map as lines, and names one that is not right', () => {
    const map = field('carriers', { kind: 'map', choices: ['59010', '50000'] });
    const opened = openedForm([map], { carriers: { 宅急便: '59010' } });
    const lines = linesOf(String(opened['carriers']));
    expect(lines).toEqual([['宅急便', '59010']]);
    const read = (...more: readonly MapLine[]) =>
      readForm([map], { carriers: JSON.stringify([...lines, ...more]) }, opened);
    expect(read()).toEqual({ settings: {}, faults: {} });
    expect(read([' 飛脚 ', '50000'])).toEqual({
      settings: { carriers: { 宅急便: '59010', 飛脚: '50000' } },
      faults: {},
    });
    for (const wrong of [
      ['', '50000'],
      ['宅急便', '50000'],
      ['飛脚', ''],
    ] as const)
      expect(read(wrong).faults).toEqual({ carriers: 'map' });
    expect(lineFaults({ ...map, choices: [] }, [['orderNumber', '']])).toEqual([null]);
    expect(readForm([map], { carriers: '[]' }, opened).settings).toEqual({ carriers: {} });
  });

  it('sends only what was changed of a saved one, and never asks for its secrets again', () => {
    const opened = openedForm(fields, { endpoint: 'https://a.example.jp', minutes: 5, option: false });
    expect(opened['token']).toBe('');
    expect(readForm(fields, { ...opened, minutes: '10' }, opened)).toEqual({
      settings: { minutes: 10 },
      faults: {},
    });
  });

  it('takes away what was emptied of a saved one, unless it is required or secret', () => {
    const opened = openedForm(fields, { endpoint: 'https://a.example.jp', minutes: 5, names: ['A'] });
    expect(readForm(fields, { ...opened, minutes: '', names: ' ' }, opened)).toEqual({
      settings: { minutes: null, names: null },
      faults: {},
    });
    expect(readForm(fields, { ...opened, endpoint: '' }, opened).faults).toEqual({ endpoint: 'missing' });
    const typedAndEmptied = { ...opened, token: '' };
    expect(readForm(fields, typedAndEmptied, { ...opened, token: 'x' }).settings).toEqual({});
  });
});
