import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  onboardedSchema,
  policyChangesSchema,
  rehearsalSchema,
  type Onboarded,
  type Rehearsal,
  type SideCheck,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, EveryShop, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { ApiProblem } from '../http/problem.js';
import { Connections } from '../shops/connections.js';
import { Shops } from '../shops/shops.js';
import { Rehearsals } from './rehearsal.js';

const settings = z.record(z.string(), z.unknown());
const eitherGateway = ({ connectionId, gateway }: { connectionId?: unknown; gateway?: unknown }): boolean =>
  (connectionId === undefined) !== (gateway === undefined);
const oneGateway = {
  path: ['connectionId'],
  message:
    '登録済みの接続か、新しい接続のどちらかを指定してください。 / Name either a saved connection or a new one.',
};
const draft = z.object({
  adapter: z.string(),
  settings,
  policies: policyChangesSchema.optional(),
  copyOf: z.uuid().optional(),
  connectionId: z.uuid().optional(),
  gateway: z.string().optional(),
  gatewaySettings: settings.optional(),
});
const rehearsalInput = draft.refine(eitherGateway, oneGateway);
const newShopInput = draft
  .extend({ name: z.string().trim().min(1).max(100) })
  .refine(eitherGateway, oneGateway);

/** A shop with its connection in one flow: tested and rehearsed first, saved as a draft, then live by the shop's own step. */
@ApiTags('onboarding')
@Roles('operator')
@EveryShop()
@Controller('onboarding')
export class OnboardingController {
  constructor(
    @Inject(Rehearsals) private readonly rehearsals: Rehearsals,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Shops) private readonly shops: Shops,
  ) {}

  @Described(
    'Tests both sides and shows what would become of the latest orders; saves and sends nothing',
    rehearsalSchema,
  )
  @Post('rehearsal')
  rehearse(@Body({ schema: rehearsalInput }) body: z.infer<typeof rehearsalInput>): Promise<Rehearsal> {
    return this.rehearsals.run(body);
  }

  @Described(
    'Tests both sides once more and saves shop and connection; the shop is a draft',
    onboardedSchema,
    201,
  )
  @Post('shops')
  async create(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newShopInput }) body: z.infer<typeof newShopInput>,
  ): Promise<Onboarded> {
    const { gateway, cart } = await this.rehearsals.check(body);
    const wrong = [...wrongOf('gatewaySettings', gateway), ...wrongOf('settings', cart)];
    const failed = [gateway, cart].find(({ ok }) => !ok);
    if (failed) throw new ApiProblem(400, 'connection-refused', failed.message, wrong);
    const cartSettings = await this.shops.read({ ...body, id: body.copyOf });
    const connectionId = body.connectionId ?? (await this.connect(body, user.login));
    const shop = await this.shops.create(
      { ...body, settings: { ...(cartSettings.settings as object) }, connectionId },
      user.login,
    );
    return { shop, connectionId };
  }

  /** A new connection has the shop's name: the operator need not think of a second one. */
  private async connect(body: z.infer<typeof newShopInput>, login: string): Promise<string> {
    const { name, gateway = '', gatewaySettings = {} } = body;
    return (await this.connections.create({ name, gateway, settings: gatewaySettings }, login)).id;
  }
}

const wrongOf = (prefix: string, { ok, message, fields }: SideCheck) =>
  ok ? [] : fields.map((field) => ({ field: `${prefix}.${field}`, message }));
