import { npConnectPro } from '@np-hub/gateway-np-connect-pro';
import { sbps } from '@np-hub/gateway-sbps';
import type { PaymentGateway } from '@np-hub/kit';

/** The only list of ways to NP. */
export const gateways: readonly PaymentGateway[] = [npConnectPro as PaymentGateway, sbps as PaymentGateway];
