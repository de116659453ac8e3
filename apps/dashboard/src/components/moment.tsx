import { useEffect, useState } from 'react';
import { formatExactMoment, formatMoment, formatRelative } from '../format.js';
import { useSpeech } from '../text/speech.js';

const tickMs = 20_000;

/** The present time in milliseconds, moving on often enough for "minutes ago". */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

interface Props {
  readonly at: string;
  /** The moment itself, with the distance on hover. */
  readonly exact?: boolean;
  /** It may lie in the future. Everything else has happened, whatever this machine's clock says. */
  readonly ahead?: boolean;
}

/** A moment as people say it ("3分前"), exact on hover; or the other way round with `exact`. */
export function Moment({ at, exact = false, ahead = false }: Props) {
  const { language } = useSpeech();
  const nowMs = useNow();
  const relative = formatRelative(at, ahead ? nowMs : Math.max(nowMs, Date.parse(at) || 0), language);
  return (
    <time dateTime={at} title={exact ? relative : formatExactMoment(at, language)}>
      {exact ? formatMoment(at, language) : relative}
    </time>
  );
}
