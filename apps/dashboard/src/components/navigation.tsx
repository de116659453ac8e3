import { useMediaQuery } from '@mantine/hooks';
import type { Role } from '@np-hub/model';
import { IconChevronDown, IconMenu2 } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useInboxCount } from '../api/desk.js';
import { useUnknownCodes } from '../api/operators.js';
import { useUnmapped } from '../api/words.js';
import { menuOf, type MenuCount, type MenuEntry, type MenuGroup } from '../menu.js';
import { useText } from '../text/speech.js';

type Counts = Readonly<Record<MenuCount, number>>;

/** The menu: in the header where there is room, behind one button on a narrow page. */
export function Navigation({ role }: { role: Role }) {
  const text = useText();
  const isNarrow = useMediaQuery('(max-width: 900px)');
  const counts: Counts = {
    inbox: useInboxCount().data ?? 0,
    words: useUnmapped().data?.length ?? 0,
    codes: useUnknownCodes().data?.length ?? 0,
  };
  const groups = menuOf(role);
  return (
    <nav aria-label={text.app.navigation} className="shell-nav">
      {isNarrow ? (
        <Whole groups={groups} counts={counts} />
      ) : (
        <ul className="menu-row">
          {groups.flatMap((group, index) =>
            group.title === null
              ? group.entries.map((entry) => (
                  <li key={entry.to}>
                    <Entry entry={entry} counts={counts} />
                  </li>
                ))
              : [
                  <li key={index} className="menu-group">
                    <Disclosure
                      label={group.title(text)}
                      entries={group.entries}
                      count={group.entries.reduce((sum, { count }) => sum + (count ? counts[count] : 0), 0)}
                    >
                      {(id) => (
                        <ul id={id} className="menu-panel">
                          {group.entries.map((entry) => (
                            <li key={entry.to}>
                              <Entry entry={entry} counts={counts} />
                            </li>
                          ))}
                        </ul>
                      )}
                    </Disclosure>
                  </li>,
                ],
          )}
        </ul>
      )}
    </nav>
  );
}

function Whole({ groups, counts }: { groups: readonly MenuGroup[]; counts: Counts }) {
  const text = useText();
  return (
    <div className="menu-group">
      <Disclosure
        label={text.app.navigation}
        entries={groups.flatMap(({ entries }) => entries)}
        count={counts.inbox}
        icon={<IconMenu2 size={18} aria-hidden />}
      >
        {(id) => (
          <div id={id} className="menu-panel">
            {groups.map(({ title, entries }, index) => (
              <div key={index}>
                {title && <div className="menu-heading">{title(text)}</div>}
                <ul>
                  {entries.map((entry) => (
                    <li key={entry.to}>
                      <Entry entry={entry} counts={counts} />
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        )}
      </Disclosure>
    </div>
  );
}

interface DisclosureProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly count: number;
  readonly icon?: ReactNode;
  readonly children: (id: string) => ReactNode;
}

/** A button with what it opens. It closes by Escape, by leaving it, and by going to another page. */
function Disclosure({ label, entries, count, icon, children }: DisclosureProps) {
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [open]);
  const isHere = entries.some(({ to }) => (to === '/' ? pathname === '/' : pathname.startsWith(to)));
  return (
    <div
      ref={whole}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="menu-button"
        data-here={isHere}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon}
        {label}
        {count > 0 && (
          <span className="badge-count" aria-hidden>
            {count}
          </span>
        )}
        {!icon && <IconChevronDown size={14} aria-hidden />}
      </button>
      {open && children(id)}
    </div>
  );
}

function Entry({ entry: { to, label, count }, counts }: { entry: MenuEntry; counts: Counts }) {
  const text = useText();
  const number = count ? counts[count] : 0;
  return (
    <NavLink to={to} end={to === '/'}>
      {label(text)}
      {count && number > 0 && (
        <span className="badge-count" role="img" aria-label={badgeText(text, count, number)}>
          {number}
        </span>
      )}
    </NavLink>
  );
}

function badgeText(text: ReturnType<typeof useText>, count: MenuCount, number: number): string {
  switch (count) {
    case 'inbox':
      return text.desk.inbox.inNavigation(number);
    case 'words':
      return text.wordsPage.inNavigation(number);
    case 'codes':
      return text.operators.codes.inNavigation(number);
  }
}
