import { ActionIcon, Alert, Button, Group, Text } from '@mantine/core';
import { IconInfoCircle, IconKeyboard, IconLanguage, IconLogout } from '@tabler/icons-react';
import type { SessionView } from '@np-hub/model';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useLiveUpdates, type LiveState } from '../api/live.js';
import { useSignOut } from '../api/writes.js';
import { useShortcut } from '../shortcuts.js';
import { useSpeech, useText } from '../text/speech.js';
import { Boundary } from './boundary.js';
import { FindButton } from './find.js';
import { Navigation } from './navigation.js';
import { SchemeSwitch } from './scheme-switch.js';
import { Troubles } from './troubles.js';
import { ShortcutHelp } from './shortcut-help.js';
import { useNotices } from './notices.js';

/** What every page stands in: skip link, header with navigation, the demo's banner, and the main part. */
export function Shell({ session }: { session: SessionView }) {
  const { text, language, setLanguage } = useSpeech();
  const live = useLiveUpdates();
  const notices = useNotices();
  const signOut = useSignOut();
  const [helpOpen, setHelpOpen] = useState(false);
  useShortcut('?', () => {
    setHelpOpen(true);
    return true;
  });
  const { pathname } = useLocation();
  useScrollToTop(pathname);

  return (
    <>
      <a href="#main" className="skip-link">
        {text.app.skip}
      </a>
      <header className="shell-header">
        <div className="shell-brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span className="shell-name">{text.app.name}</span>
        </div>
        <Navigation role={session.user.role} />
        <Group gap={6} className="shell-tools">
          <FindButton />
          <LiveSign state={live} />
          <SchemeSwitch />
          <ActionIcon
            variant="subtle"
            color="dark"
            className="only-wide"
            aria-label={text.app.shortcuts}
            title={text.app.shortcuts}
            onClick={() => setHelpOpen(true)}
          >
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
          <Button
            variant="subtle"
            color="dark"
            size="compact-sm"
            lang={language === 'ja' ? 'en' : 'ja'}
            leftSection={<IconLanguage size={16} aria-hidden />}
            onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
          >
            {text.app.switchTo}
          </Button>
          <Link to="/account" className="shell-user" title={text.trust.nav.account}>
            {session.user.name}
            <span className="shell-role">{text.roles[session.user.role]}</span>
          </Link>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconLogout size={16} aria-hidden />}
            loading={signOut.isPending}
            onClick={() =>
              signOut.mutate(undefined, {
                onError: (error) => notices.failed(error),
              })
            }
          >
            {text.app.signOut}
          </Button>
        </Group>
      </header>
      <main id="main" tabIndex={-1} className="shell-main">
        {session.demo && <DemoBanner />}
        <Troubles />
        <Boundary key={pathname}>
          <Outlet context={session} />
        </Boundary>
      </main>
      {helpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function LiveSign({ state }: { state: LiveState }) {
  const { app } = useText();
  return (
    <span role="status" className={`live-sign live-${state}`}>
      <span className="live-dot" aria-hidden />
      <span className="live-text">{state === 'live' ? app.live : app.polling}</span>
    </span>
  );
}

export function DemoBanner() {
  const { demo } = useText();
  return (
    <Alert
      variant="outline"
      color="indigo"
      mb="md"
      py="xs"
      icon={<IconInfoCircle aria-hidden />}
      className="demo-banner"
    >
      <Text size="sm" component="p" m={0}>
        <strong>{demo.title}</strong> {demo.text}
      </Text>
    </Alert>
  );
}

function useScrollToTop(pathname: string): void {
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
}
