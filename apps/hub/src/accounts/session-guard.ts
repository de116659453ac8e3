import {
  type CanActivate,
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isAtLeast, type Role } from '@np-hub/model';
import type { FastifyRequest } from 'fastify';
import { ApiKeys } from '../api-keys/api-keys.js';
import type { Environment } from '../env.js';
import { noteAsker } from '../http/logging.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { ENVIRONMENT } from '../tokens.js';
import { sessionTokenOf } from './session-cookie.js';
import { Sessions, type SignedInUser } from './sessions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    signedInUser?: SignedInUser;
  }
}

const publicKey = 'np-hub:public';
const roleKey = 'np-hub:role';
const peopleKey = 'np-hub:people';
const everyShopKey = 'np-hub:every-shop';
const beforeFactorKey = 'np-hub:before-second-factor';

/** The route needs no session. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/** The least role for a route or a controller: an owner may do what operators may, those what support may, and support what a viewer may. */
export const Roles = (least: Role): CustomDecorator => SetMetadata(roleKey, least);

/** What somebody may do of whom a second factor is demanded and who has none yet: see who they are, and turn it on. */
export const BeforeSecondFactor = (): CustomDecorator => SetMetadata(beforeFactorKey, true);

/** No API key opens the route: what outlives a revoked key is for people to grant. */
export const PeopleOnly = (): CustomDecorator => SetMetadata(peopleKey, true);

/** Only for whoever may see every shop: credentials and shops themselves belong to the merchant, and to no branch. */
export const EveryShop = (): CustomDecorator => SetMetadata(everyShopKey, true);

/** Who is asking, as a parameter of a controller's method. Throws 401 on a public route without a session. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedInUser => {
  const user = context.switchToHttp().getRequest<FastifyRequest>().signedInUser;
  if (!user) throw problemOf(401);
  return user;
});

/** Every route asks for a session or an API key, unless it is public, and for a role where one is named. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, places)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = await this.userOf(request);
    if (!user) throw problemOf(401);
    noteAsker(request.raw, user.isKey ? `key:${user.id}` : user.id);
    const beforeFactor = this.reflector.getAllAndOverride<boolean | undefined>(beforeFactorKey, places);
    if (user.lacksFactor && !beforeFactor) throw new ApiProblem(403, 'second-factor-needed', factorNeeded);
    const isForPeople = this.reflector.getAllAndOverride<boolean | undefined>(peopleKey, places);
    if (isForPeople && user.isKey) throw problemOf(403);
    const least = this.reflector.getAllAndOverride<Role | undefined>(roleKey, places);
    if (least && !isAtLeast(user.role, least)) throw problemOf(403);
    const isForEveryShop = this.reflector.getAllAndOverride<boolean | undefined>(everyShopKey, places);
    if (isForEveryShop && user.shopIds) throw problemOf(403);
    request.signedInUser = user;
    return true;
  }

  /** A request that shows a key is the key's alone: a cookie beside it counts for nothing. */
  private async userOf(request: FastifyRequest): Promise<SignedInUser | undefined> {
    const shown = /^Bearer(?:\s+(.*))?$/iu.exec(request.headers.authorization ?? '');
    if (!shown) {
      const token = sessionTokenOf(request, this.environment.publicUrl);
      return token ? this.sessions.find(token) : undefined;
    }
    const user = await this.keys.find(shown[1] ?? '', request.ip);
    if (!user) throw new ApiProblem(401, 'unknown-key', unknownKey);
    return user;
  }
}

const unknownKey = {
  ja: 'APIキーが正しくないか、期限切れ、または失効しています。',
  en: 'This API key is wrong, has expired, or was revoked.',
};
const factorNeeded = {
  ja: 'このハブでは二段階認証が必須です。アカウントの画面で有効にしてください。',
  en: 'A second factor is required here. Please turn it on for your account.',
};
