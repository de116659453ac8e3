import { NoticeInbox } from './inbox.js';
import { NotificationsController } from './notifications.controller.js';
import { WaitingNoticesController } from './waiting-notices.controller.js';

/** What gateways tell by themselves, for the composition root. */
export const noticeProviders = [NoticeInbox];
export const noticeControllers = [NotificationsController, WaitingNoticesController];
