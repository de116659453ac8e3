import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en } from './en.js';
import { ja } from './ja.js';
import type { Texts } from './texts.js';
import type { Language } from './language.js';

const dictionaries: Readonly<Record<Language, Texts>> = { ja, en };
const storageKey = 'np-hub-language';

export interface Speech {
  readonly language: Language;
  readonly text: Texts;
  readonly setLanguage: (language: Language) => void;
}

const SpeechContext = createContext<Speech>({ language: 'ja', text: ja, setLanguage: () => {} });

/** The language chosen before on this machine; Japanese otherwise. A blocked storage counts as no choice. */
function storedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'ja';
  } catch {
    return 'ja';
  }
}

function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A private window keeps the choice until it is closed.
  }
}

/** Gives the whole page its words, and tells the browser which language they are in. */
export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    storeLanguage(language);
  }, [language]);
  const speech = useMemo(() => ({ language, text: dictionaries[language], setLanguage }), [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export const useSpeech = (): Speech => useContext(SpeechContext);

/** The words of the present language. */
export const useText = (): Texts => useSpeech().text;
