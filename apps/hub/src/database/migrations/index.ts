import { Core1700000000001 } from './0001-core.js';
import { Accounts1700000000002 } from './0002-accounts.js';
import { LeaseOwners1700000000003 } from './0003-lease-owners.js';
import { Files1700000000004 } from './0004-files.js';
import { Words1700000000005 } from './0005-words.js';
import { Open1700000000006 } from './0006-open.js';
import { Reconciliation1700000000007 } from './0007-reconciliation.js';
import { Doubts1700000000008 } from './0008-doubts.js';
import { GatewayNotices1700000000009 } from './0009-gateway-notices.js';
import { Trust1700000000010 } from './0010-trust.js';
import { Desk1700000000011 } from './0011-desk.js';
import { Retention1700000000012 } from './0012-retention.js';
import { EnclosedInvoices1700000000013 } from './0013-enclosed-invoices.js';
import { Payments1700000000014 } from './0014-payments.js';
import { Operators1700000000015 } from './0015-operators.js';
import { AccessRules1700000000016 } from './0016-access-rules.js';
import { OrderKeys1700000000017 } from './0017-order-keys.js';
import { Tallies1700000000018 } from './0018-tallies.js';
import { PaymentForms1700000000019 } from './0019-payment-forms.js';
import { ErasedKeys1700000000020 } from './0020-erased-keys.js';
import { OrderSlips1700000000022 } from './0022-order-slips.js';
import { Room1700000000023 } from './0023-room.js';
import { Attentions1700000000026 } from './0026-attentions.js';
import { Turns1700000000027 } from './0027-turns.js';
import { AskedRows1700000000028 } from './0028-asked-rows.js';
import { Sweeps1700000000029 } from './0029-sweeps.js';
import { FollowedChanges1700000000030 } from './0030-followed-changes.js';

/** All migrations, in their order. A migration that has been released is never changed. */
export const migrations = [
  Core1700000000001,
  Accounts1700000000002,
  LeaseOwners1700000000003,
  Files1700000000004,
  Words1700000000005,
  Open1700000000006,
  Reconciliation1700000000007,
  Doubts1700000000008,
  GatewayNotices1700000000009,
  Trust1700000000010,
  Desk1700000000011,
  Retention1700000000012,
  EnclosedInvoices1700000000013,
  Payments1700000000014,
  Operators1700000000015,
  AccessRules1700000000016,
  OrderKeys1700000000017,
  Tallies1700000000018,
  PaymentForms1700000000019,
  ErasedKeys1700000000020,
  OrderSlips1700000000022,
  Room1700000000023,
  Attentions1700000000026,
  Turns1700000000027,
  AskedRows1700000000028,
  Sweeps1700000000029,
  FollowedChanges1700000000030,
];
