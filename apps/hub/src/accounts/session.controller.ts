import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type SessionView, sessionViewSchema } from '@np-hub/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Environment } from '../env.js';
import { Described } from '../http/described.js';
import { ENVIRONMENT } from '../tokens.js';
import { loginSchema } from './login-name.js';
import { clearSessionCookie, deviceOf, sessionTokenOf, setSessionCookie } from './session-cookie.js';
import { BeforeSecondFactor, CurrentUser, Public } from './session-guard.js';
import { Sessions, type SignedInUser } from './sessions.js';

const signInSchema = z.object({
  login: loginSchema,
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

  @Described('Signs in; the session is a cookie', sessionViewSchema)
  @Public()
  @Post()
  async signIn(
    @Body({ schema: signInSchema }) given: z.infer<typeof signInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { token, user } = await this.sessions.signIn(given, deviceOf(request));
    // Whoever had left a session in this browser does not share the new one.
    const earlier = sessionTokenOf(request, this.environment.publicUrl);
    if (earlier) await this.sessions.end(earlier);
    setSessionCookie(request, reply, { token, publicUrl: this.environment.publicUrl });
    return this.viewOf(user);
  }

  @Described('Who is signed in', sessionViewSchema)
  @BeforeSecondFactor()
  @Get()
  show(@CurrentUser() user: SignedInUser): SessionView {
    return this.viewOf(user);
  }

  /** Public, so that signing out twice is no error. */
  @Described('Signs out; no error where nobody is signed in', null, 204)
  @Public()
  @Delete()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = sessionTokenOf(request, this.environment.publicUrl);
    if (token) await this.sessions.end(token);
    clearSessionCookie(request, reply, this.environment.publicUrl);
  }

  private viewOf({ id, login, name, role, lacksFactor }: SignedInUser): SessionView {
    return {
      user: { id, login, name, role },
      demo: this.environment.demo,
      secondFactorNeeded: lacksFactor !== undefined,
    };
  }
}
