import { BuyerCorrections } from './buyer.js';
import { BuyerController } from './buyer.controller.js';
import { DeadlinesController } from './deadlines.controller.js';
import { DeadlineBoards } from './deadlines.js';
import { DeskEntries } from './entries.js';
import { Find } from './find.js';
import { FindController } from './find.controller.js';
import { GateController } from './gate.controller.js';
import { ShipGates } from './gate.js';
import { Inbox } from './inbox.js';
import { InboxController, TransactionDeskController } from './inbox.controller.js';
import { BuyerLinks } from './links.js';
import { DeskMarks } from './marks.js';
import { PaymentChangeController } from './payment-change.controller.js';
import { PaymentChanges } from './payment-change.js';
import { RepairGroups } from './repairs/groups.js';
import { RepairsController } from './repairs/repairs.controller.js';
import { Repairs } from './repairs/repairs.js';

/** The parts of the desk, for the composition root. */
export const deskControllers = [
  FindController,
  InboxController,
  TransactionDeskController,
  BuyerController,
  PaymentChangeController,
  RepairsController,
  GateController,
  DeadlinesController,
];
export const deskProviders = [
  Find,
  Inbox,
  DeskMarks,
  DeskEntries,
  BuyerLinks,
  BuyerCorrections,
  PaymentChanges,
  RepairGroups,
  Repairs,
  ShipGates,
  DeadlineBoards,
];
