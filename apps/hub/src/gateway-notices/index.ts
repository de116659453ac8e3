import { NoticeInbox } from './inbox.js';
import { NoticeTick } from './notice-tick.js';
import { NotificationsController } from './notifications.controller.js';
import { WaitingNoticesController } from './waiting-notices.controller.js';

/** What gateways tell by themselves, for the composition root. */
export const noticeProviders = [NoticeInbox, NoticeTick];
export const noticeControllers = [NotificationsController, WaitingNoticesController];
