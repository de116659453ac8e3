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

/** A moment as people say it ("3分前"), exact on hover; or the other way round with `exact`. */
export function Moment({ at, exact = false }: { at: string; exact?: boolean }) {
  const { language } = useSpeech();
  const nowMs = useNow();
  const relative = formatRelative(at, nowMs, language);
  return (
    <time dateTime={at} title={exact ? relative : formatExactMoment(at, language)}>
      {exact ? formatMoment(at, language) : relative}
    </time>
  );
}
