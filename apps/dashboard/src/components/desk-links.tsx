import type { Role } from '@np-hub/model';
import { NavLink } from 'react-router';
import { useInboxCount } from '../api/desk.js';
import { useText } from '../text/speech.js';

/** The desk's places in the menu. */
export function DeskLinks({ role }: { role: Role }) {
  const { desk } = useText();
  const count = useInboxCount().data ?? 0;
  return (
    <>
      <NavLink to="/inbox">
        {desk.inbox.nav}
        {count > 0 && (
          <span className="badge-count" role="img" aria-label={desk.inbox.inNavigation(count)}>
            {count}
          </span>
        )}
      </NavLink>
      {role !== 'viewer' && <NavLink to="/repairs">{desk.repairs.nav}</NavLink>}
      <NavLink to="/gate">{desk.gate.nav}</NavLink>
      <NavLink to="/invoices">{desk.invoices.nav}</NavLink>
      <NavLink to="/deadlines">{desk.deadlines.nav}</NavLink>
    </>
  );
}
