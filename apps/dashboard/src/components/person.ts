import type { Colleague } from '@np-hub/model';
import { useColleagues } from '../api/desk.js';
import { useText } from '../text/speech.js';
import type { Texts } from '../text/texts.js';

/** Whoever did something, as people call them: by name, and a program by the name of its API key. */
export function personName(
  by: string,
  colleagues: readonly Colleague[],
  { files, desk, common }: Pick<Texts, 'files' | 'desk' | 'common'>,
): string {
  if (by === 'folder') return files.by.folder;
  if (by === 'buyer-link') return desk.case.buyer;
  if (by.startsWith('key:')) return common.apiKey(by.slice('key:'.length));
  return colleagues.find(({ login }) => login === by)?.name ?? by;
}

/** Gives the names of people by their logins; a login that nobody has any more stays as it is. */
export function usePersonName(): (by: string) => string {
  const text = useText();
  const colleagues = useColleagues().data ?? [];
  return (by) => personName(by, colleagues, text);
}
