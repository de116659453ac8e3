import {
  formatExactMoment,
  formatMoment,
  formatRelative,
  formatYen,
  fromJapaneseInput,
  toJapaneseInput,
} from '../src/format.js';

describe('figures and moments', () => {
  it('writes yen the way each language does', () => {
    expect(formatYen(12_800, 'ja')).toBe('12,800円');
    expect(formatYen(12_800, 'en')).toBe('¥12,800');
    expect(formatYen(-500, 'en')).toBe('-¥500');
  });

  it('shows Japanese time wherever the reader is', () => {
    expect(formatMoment('2026-11-21T15:30:00.000Z', 'ja')).toBe('2026/11/22 00:30');
    expect(formatExactMoment('2026-11-21T15:30:05.000Z', 'ja')).toContain('0:30:05（日本時間）');
    expect(formatMoment('soon', 'ja')).toBe('soon');
  });

  it('says how far away a moment is', () => {
    const now = Date.parse('2026-11-21T12:00:00.000Z');
    expect(formatRelative('2026-11-21T11:57:00.000Z', now, 'ja')).toBe('3分前');
    expect(formatRelative('2026-11-23T12:00:00.000Z', now, 'ja')).toBe('2日後');
    expect(formatRelative('2026-11-21T11:59:30.000Z', now, 'ja')).toBe('たった今');
    expect(formatRelative('2026-11-21T12:00:30.000Z', now, 'ja')).toBe('まもなく');
    expect(formatRelative('2026-11-21T10:00:00.000Z', now, 'en')).toBe('2 hours ago');
  });

  it('reads a date field as Japanese time, and back', () => {
    expect(fromJapaneseInput('2026-12-01T09:00')).toBe('2026-12-01T00:00:00.000Z');
    expect(toJapaneseInput(new Date('2026-12-01T00:00:00.000Z'))).toBe('2026-12-01T09:00');
    expect(fromJapaneseInput('')).toBeNull();
  });
});
