import type { Report } from '@np-hub/model';
import { formatDay } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

const height = 140;
const width = 800;

/** Orders by day: approved, held and rejected parts of each. The table below says the same in numbers. */
export function DayChart({ days }: { days: Report['days'] }) {
  const { text, language } = useSpeech();
  const { reports } = text.reports;
  const most = Math.max(1, ...days.map(({ figures }) => figures.orders));
  // A few days are a few bars, and no wall.
  const step = width / Math.max(days.length, 14);
  const scale = (count: number): number => (count / most) * height;
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={reports.chart}
        preserveAspectRatio="none"
      >
        {days.map(({ day, figures }, index) => {
          const ok = scale(Math.min(figures.approved, figures.orders));
          const ng = scale(figures.rejected);
          const all = scale(figures.orders);
          const place = { x: index * step + step * 0.1, width: step * 0.8 };
          return (
            <g key={day}>
              <title>{`${formatDay(day, language)} ${reports.columns.orders} ${figures.orders}`}</title>
              <rect {...place} y={height - all} height={all} className="chart-all" />
              <rect {...place} y={height - ok} height={ok} className="chart-ok" />
              <rect {...place} y={height - ok - ng} height={ng} className="chart-ng" />
            </g>
          );
        })}
      </svg>
      <figcaption className="chart-legend">
        <span className="chart-key chart-key-ok">{reports.columns.approved}</span>
        <span className="chart-key chart-key-ng">{reports.columns.rejected}</span>
        <span className="chart-key chart-key-all">{reports.columns.orders}</span>
      </figcaption>
    </figure>
  );
}
