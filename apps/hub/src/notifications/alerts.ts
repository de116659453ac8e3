import type { NoticeKind, State, Topic } from '@np-hub/model';

/** One thing to tell, without personal data: numbers, names of shops, codes. */
export type AlertBody =
  | {
      readonly kind: 'order';
      readonly notice: NoticeKind;
      readonly state: State;
      readonly reasons: readonly string[];
      readonly orderNumber: string;
      readonly transactionId: string;
    }
  | {
      readonly kind: 'finding';
      readonly finding: string;
      readonly orderNumber: string;
      readonly transactionId: string;
    }
  | {
      readonly kind: 'outage';
      readonly side: 'connection' | 'cart';
      readonly name: string;
      readonly failure: string;
    }
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly orderNumber: string;
      readonly transactionId: string;
    };

export interface NewAlert {
  /** The same thing is told once. */
  readonly key: string;
  readonly at: string;
  readonly topic: Topic;
  readonly shopId: string | null;
  readonly connectionId: string | null;
  readonly body: AlertBody;
}

export interface Alert extends Omit<NewAlert, 'key' | 'at'> {
  readonly id: string;
  readonly at: Date;
  readonly shopName: string | null;
}

/** Under which heading people are told of a notice. */
export const topicOfNotice: Readonly<Record<NoticeKind, Topic>> = {
  rejected: 'ng',
  held: 'hold',
  blocked: 'stop',
  lapsed: 'stop',
  failed: 'stop',
  'changed-to-cod': 'stop',
  'course-stopped': 'stop',
};
