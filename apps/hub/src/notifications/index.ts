import { AlertTick } from './alert-tick.js';
import { Channels } from './channels.js';
import { AlertCollector } from './collector.js';
import { Mailer } from './mailer.js';
import { NotificationsController } from './notifications.controller.js';
import { AlertSender } from './sender.js';

/** The parts of the notifications, for the composition root. */
export const notificationControllers = [NotificationsController];
export const notificationProviders = [Mailer, Channels, AlertCollector, AlertSender, AlertTick];
