import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { longestSearch } from '@np-hub/model';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../shortcuts.js';
import { useText } from '../text/speech.js';

const pauseMs = 300;

/** Searches while one types, but not in the middle of a conversion from kana to kanji. `f` comes here, Esc leaves. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { list } = useText();
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const [composing, setComposing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('f', () => {
    input.current?.focus();
    return true;
  });

  if (value !== sent) {
    setSent(value);
    setTyped(value);
  }

  useEffect(() => {
    if (composing || typed.trim() === sent) return;
    const timer = setTimeout(() => {
      setSent(typed.trim());
      onChange(typed.trim());
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, sent, composing, onChange]);

  return (
    <TextInput
      ref={input}
      type="search"
      role="searchbox"
      className="list-search"
      maxLength={longestSearch}
      label={list.search}
      description={list.searchHint}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={list.clearSearch} onClick={() => setTyped('')} />
        ) : (
          <Kbd size="xs">f</Kbd>
        )
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        // The browser would empty the field; the words stay, so that the keys can walk through what was found.
        event.preventDefault();
        input.current?.blur();
      }}
    />
  );
}
