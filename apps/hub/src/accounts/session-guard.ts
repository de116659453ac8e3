import type {} from '@fastify/cookie';
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
import type { Role } from '@np-hub/model';
import type { FastifyRequest } from 'fastify';
import { problemOf } from '../http/problem.js';
import { Sessions, type SignedInUser } from './sessions.js';

export const sessionCookie = 'np_hub_session';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    signedInUser?: SignedInUser;
  }
}

const publicKey = 'np-hub:public';
const roleKey = 'np-hub:role';
const rank: Readonly<Record<Role, number>> = { viewer: 0, support: 1, operator: 2 };

/** The route needs no session. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/** The least role for a route or a controller: an operator may do what support may, and support what a viewer may. */
export const Roles = (least: Role): CustomDecorator => SetMetadata(roleKey, least);

/** True where a role is at least the one named. */
export const isAtLeast = (role: Role, least: Role): boolean => rank[role] >= rank[least];

/** Who is asking, as a parameter of a controller's method. Throws 401 on a public route without a session. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedInUser => {
  const user = context.switchToHttp().getRequest<FastifyRequest>().signedInUser;
  if (!user) throw problemOf(401);
  return user;
});

/** Every route asks for a session, unless it is public, and for a role where one is named. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, places)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = request.cookies[sessionCookie];
    const user = token ? await this.sessions.find(token) : undefined;
    if (!user) throw problemOf(401);
    const least = this.reflector.getAllAndOverride<Role | undefined>(roleKey, places);
    if (least && !isAtLeast(user.role, least)) throw problemOf(403);
    request.signedInUser = user;
    return true;
  }
}
