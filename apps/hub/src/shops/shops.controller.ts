import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type CartKind,
  cartKindSchema,
  type Clock,
  type ConnectionView,
  connectionViewSchema,
  type GatewayKind,
  gatewayKindSchema,
  type OpenWork,
  openWorkSchema,
  policiesSchema,
  policyChangesSchema,
  type RunView,
  runViewSchema,
  type ShopView,
  shopViewSchema,
  type SideCheck,
  sideCheckSchema,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, EveryShop, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { adapters } from '../adapters.js';
import { gateways } from '../gateways.js';
import { Described } from '../http/described.js';
import { problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { Connections, gatewayOf } from './connections.js';
import { named } from './named.js';
import { runsOf } from './runs.js';
import { SettingsChange } from './settings-change.js';
import { fieldsOf } from './settings.js';
import { sideCheckOf } from './side-check.js';
import { capabilitiesOf } from './shop-views.js';
import { adapterOf, Shops } from './shops.js';

const settings = z.record(z.string(), z.unknown());
const name = z.string().trim().min(1).max(100);
const newShopSchema = z.object({
  name,
  adapter: z.string(),
  connectionId: z.uuid(),
  settings,
  policies: policyChangesSchema.optional(),
});
const shopChangeSchema = z.object({ name, settings, policies: policyChangesSchema }).partial();
const newConnectionSchema = z.object({ name, gateway: z.string(), settings });
const connectionChangeSchema = z.object({ name, settings }).partial();
const goLiveSchema = z.object({
  takeoverAt: z.iso.datetime({ offset: true }),
  ownLinkIsOff: z.literal(
    true,
    'カート側のNP連携を止めたことを確認してください。 / Confirm that the cart’s own NP link is off.',
  ),
});
const checkShopSchema = z.object({ adapter: z.string(), settings, id: z.uuid().optional() });
const checkConnectionSchema = z.object({ gateway: z.string(), settings, id: z.uuid().optional() });
const idSchema = z.uuid();

@ApiTags('shops')
@Controller()
export class ShopsController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(SettingsChange) private readonly settingsChange: SettingsChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Described('Carts that can be connected, with the fields of their settings', z.array(cartKindSchema))
  @Roles('operator')
  @Get('adapters')
  adapters(): readonly CartKind[] {
    return adapters.map((adapter) => ({
      id: adapter.id,
      label: adapter.label,
      fields: fieldsOf(adapter.settings),
      capabilities: capabilitiesOf(adapter),
      policies: policiesSchema.parse(adapter.defaultPolicies ?? {}),
    }));
  }

  @Described('Gateways that can be connected, with the fields of their settings', z.array(gatewayKindSchema))
  @Roles('operator')
  @Get('gateways')
  gateways(): readonly GatewayKind[] {
    return gateways.map(({ id, label, settings: schema }) => ({ id, label, fields: fieldsOf(schema) }));
  }

  @Described('All shops that the caller may see', z.array(shopViewSchema))
  @Get('shops')
  list(@CurrentUser() user: SignedInUser): Promise<readonly ShopView[]> {
    return this.shops.list(user.shopIds);
  }

  @Described('Makes a shop, as a draft', shopViewSchema, 201)
  @Roles('operator')
  @EveryShop()
  @Post('shops')
  create(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newShopSchema }) body: z.infer<typeof newShopSchema>,
  ): Promise<ShopView> {
    return named('settings', () => this.shops.create(body, user.login));
  }

  @Described('Tries settings at the cart; nothing is saved', sideCheckSchema)
  @Roles('operator')
  @Post('shops/check')
  checkShop(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: checkShopSchema }) body: z.infer<typeof checkShopSchema>,
  ): Promise<SideCheck> {
    if (body.id !== undefined) requireShop(user, body.id);
    return named('settings', () => sideCheckOf(adapterOf(body.adapter), () => this.shops.check(body)));
  }

  @Described('Changes a shop', shopViewSchema)
  @Roles('operator')
  @Patch('shops/:id')
  update(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: shopChangeSchema }) body: z.infer<typeof shopChangeSchema>,
  ): Promise<ShopView> {
    requireShop(user, id);
    return named('settings', async () => {
      await this.refuseForeignMalls(user, Object.values(body.policies?.malls ?? {}));
      const view = await this.shops.update(id, body, user.login);
      await this.settingsChange.afterShop(id);
      return view;
    });
  }

  /** Whoever has some shops may point a mall only at connections that those shops have. Throws 404. */
  private async refuseForeignMalls(user: SignedInUser, connectionIds: readonly string[]): Promise<void> {
    if (!user.shopIds || connectionIds.length === 0) return;
    const known = new Set((await this.connections.list(user.shopIds)).map(({ id }) => id));
    if (connectionIds.some((id) => !known.has(id))) throw problemOf(404);
  }

  @Described('Starts a shop: orders from the moment of the take-over on are the hub’s', shopViewSchema)
  @Roles('operator')
  @Post('shops/:id/go-live')
  goLive(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: goLiveSchema }) body: z.infer<typeof goLiveSchema>,
  ): Promise<ShopView> {
    requireShop(user, id);
    return this.shops.goLive(id, new Date(body.takeoverAt), user.login);
  }

  @Described('Sends nothing new of a shop, until it goes on', shopViewSchema)
  @Roles('operator')
  @Post('shops/:id/pause')
  pause(@CurrentUser() user: SignedInUser, @Param('id', { schema: idSchema }) id: string): Promise<ShopView> {
    requireShop(user, id);
    return this.shops.pause(id, user.login);
  }

  @Described('Takes no new orders of a shop; what is open is brought to its end', shopViewSchema)
  @Roles('operator')
  @Post('shops/:id/retire')
  retire(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ShopView> {
    requireShop(user, id);
    return this.shops.retire(id, user.login);
  }

  @Described('What is still open of a shop', openWorkSchema)
  @Get('shops/:id/open-work')
  openWork(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<OpenWork> {
    requireShop(user, id);
    return this.shops.openWork(id);
  }

  @Described('Goes on after a pause', shopViewSchema)
  @Roles('operator')
  @Post('shops/:id/resume')
  resume(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ShopView> {
    requireShop(user, id);
    return this.shops.resume(id, user.login);
  }

  @Described('Looks at the cart at once', shopViewSchema)
  @Roles('support')
  @Post('shops/:id/run-now')
  runNow(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ShopView> {
    requireShop(user, id);
    return this.shops.runNow(id);
  }

  @Described('The last 100 looks at the cart', z.array(runViewSchema))
  @Get('shops/:id/runs')
  async runs(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<readonly RunView[]> {
    requireShop(user, id);
    return runsOf(this.database, id, this.clock.now());
  }

  @Described('All connections that the caller may see', z.array(connectionViewSchema))
  @Roles('operator')
  @Get('connections')
  listConnections(@CurrentUser() user: SignedInUser): Promise<readonly ConnectionView[]> {
    return this.connections.list(user.shopIds);
  }

  @Described('Makes a connection', connectionViewSchema, 201)
  @Roles('operator')
  @EveryShop()
  @Post('connections')
  createConnection(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newConnectionSchema }) body: z.infer<typeof newConnectionSchema>,
  ): Promise<ConnectionView> {
    return named('settings', () => this.connections.create(body, user.login));
  }

  @Described('Tries settings at the gateway; nothing is saved', sideCheckSchema)
  @Roles('operator')
  @EveryShop()
  @Post('connections/check')
  checkConnection(
    @Body({ schema: checkConnectionSchema }) body: z.infer<typeof checkConnectionSchema>,
  ): Promise<SideCheck> {
    return named('settings', () => sideCheckOf(gatewayOf(body.gateway), () => this.connections.check(body)));
  }

  @Described('Changes a connection', connectionViewSchema)
  @Roles('operator')
  @EveryShop()
  @Patch('connections/:id')
  updateConnection(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: connectionChangeSchema }) body: z.infer<typeof connectionChangeSchema>,
  ): Promise<ConnectionView> {
    return named('settings', async () => {
      await this.connections.refuseOtherMerchant(id, body.settings ?? {});
      const { view, following } = await this.connections.update(id, body, user.login);
      await this.settingsChange.afterConnection(following);
      return view;
    });
  }
}
