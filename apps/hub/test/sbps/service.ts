import type { Sandbox } from '@np-hub/sandbox';
import type { TestHub } from '../support/hub.js';
import { pausedShop, type PausedShop } from '../words/paused-shop.js';

export type Purchase = ReturnType<Sandbox['purchases']>[number];

/** A shop whose orders go to the sandbox's SBPS, which sends its notices to the hub. */
export interface SbpsShop extends PausedShop {
  readonly connectionId: string;
  /** Everything at SBPS about one order, its later purchases included, oldest first. */
  atSbps(orderNumber: string): Purchase[];
  control<Answer = unknown>(path: string, body: object): Promise<Answer>;
}

const paidErrorCode = '71086001';

export async function sbpsShop(hub: TestHub): Promise<SbpsShop> {
  const [service] = hub.sandbox.config.sbpsServices;
  if (!service) throw new Error('The sandbox has no service of SBPS');
  const { merchantId, serviceId, basicUser, basicPassword, hashKey } = service;
  const operator = await hub.as('operator');
  const made = await operator.post<{ id: string }>('/connections', {
    name: 'SBPS',
    gateway: 'sbps',
    settings: {
      baseUrl: hub.sandbox.sbpsUrl,
      merchantId,
      serviceId,
      basicUser,
      basicPassword,
      hashKey,
      paidErrorCode,
    },
  });
  if (made.status !== 201) throw new Error(`The connection was refused: ${JSON.stringify(made.body)}`);
  const connectionId = made.body.id;
  const noticeUrl = `${hub.url}/gateways/${connectionId}/notifications`;
  await hub.control('POST', '/sbps/services', { ...service, paidErrorCode, noticeUrl });
  const shop = await pausedShop(hub, {
    adapter: 'goqsystem',
    connectionId,
    policies: { creditTiming: 'at-once', reportTrigger: 'shipped' },
  });
  return {
    ...shop,
    connectionId,
    atSbps: (number) =>
      hub.sandbox.purchases().filter(({ orderId }) => orderId === number || orderId.startsWith(`${number}-`)),
    control: (path, body) => hub.control('POST', `/sbps/${path}`, body),
  };
}
