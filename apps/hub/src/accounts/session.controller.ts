import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { SessionView } from '@np-hub/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Environment } from '../env.js';
import { ENVIRONMENT } from '../tokens.js';
import { cookiePlace, deviceOf, setSessionCookie } from './session-cookie.js';
import { CurrentUser, Public, sessionCookie } from './session-guard.js';
import { Sessions, type SignedInUser } from './sessions.js';

const signInSchema = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(1_000),
  /** Of the second factor, where one is on: from the app, or one of the recovery codes. */
  code: z.string().trim().max(40).optional(),
});

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Public()
  @Post()
  @HttpCode(200)
  async signIn(
    @Body({ schema: signInSchema }) given: z.infer<typeof signInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { token, user } = await this.sessions.signIn(given, deviceOf(request));
    // Whoever had left a session in this browser does not share the new one.
    const earlier = request.cookies[sessionCookie];
    if (earlier) await this.sessions.end(earlier);
    setSessionCookie(request, reply, { token, publicUrl: this.environment.publicUrl });
    return this.viewOf(user);
  }

  @Get()
  show(@CurrentUser() user: SignedInUser): SessionView {
    return this.viewOf(user);
  }

  /** Public, so that signing out twice is no error. */
  @Public()
  @Delete()
  @HttpCode(204)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = request.cookies[sessionCookie];
    if (token) await this.sessions.end(token);
    reply.clearCookie(sessionCookie, cookiePlace(request, this.environment.publicUrl));
  }

  private viewOf({ id, login, name, role }: SignedInUser): SessionView {
    return { user: { id, login, name, role }, demo: this.environment.demo };
  }
}
