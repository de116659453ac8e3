const dayMs = 86_400_000;
const japanMs = 9 * 3_600_000;
const nineMs = 9 * 3_600_000;

export type SnoozeChoice = 'tomorrow' | 'in-three-days' | 'in-a-week';
export const snoozeChoices: readonly SnoozeChoice[] = ['tomorrow', 'in-three-days', 'in-a-week'];
const days: Readonly<Record<SnoozeChoice, number>> = { tomorrow: 1, 'in-three-days': 3, 'in-a-week': 7 };

/** The moment (ISO 8601) at which what is put away comes back: nine in the morning in Japan, some days from now. */
export function snoozeUntil(choice: SnoozeChoice, nowMs: number): string {
  const today = Math.floor((nowMs + japanMs) / dayMs) * dayMs;
  return new Date(today + days[choice] * dayMs + nineMs - japanMs).toISOString();
}
