import { BuyerCorrections } from './buyer.js';
import { BuyerController } from './buyer.controller.js';
import { DeskEntries } from './entries.js';
import { Find } from './find.js';
import { FindController } from './find.controller.js';
import { Inbox } from './inbox.js';
import { InboxController, TransactionDeskController } from './inbox.controller.js';
import { BuyerLinks } from './links.js';
import { DeskMarks } from './marks.js';

/** The parts of the desk, for the composition root. */
export const deskControllers = [FindController, InboxController, TransactionDeskController, BuyerController];
export const deskProviders = [Find, Inbox, DeskMarks, DeskEntries, BuyerLinks, BuyerCorrections];
