import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock, RecoveryCodesView, TotpView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { ApiProblem, wrongField } from '../http/problem.js';
import { openBytes, sealBytes } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { base32, newTotpSecret, otpauthUri, stepOfCode } from './totp.js';

const recoveryCodes = 10;
/** 80 random bits: a fast hash is enough, nobody can try them all. */
const recoveryBytes = 10;

export const totpRecordId = (userId: string): string => `totp:${userId}`;

const hashRecovery = (code: string): Buffer =>
  createHash('sha256').update(code.toUpperCase().replace(/[\s-]/gu, '')).digest();

const newRecoveryCode = (): string => base32(randomBytes(recoveryBytes)).replace(/(.{4})(?=.)/gu, '$1-');

interface Person {
  readonly id: string;
  readonly login: string;
}

/** Codes from an authenticator app as the second proof of a person, and codes on paper for the day it is lost. */
@Injectable()
export class SecondFactor {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** A fresh secret, which counts once `confirm` has seen a code of it. Throws 409 `second-factor-on`. */
  async begin({ id, login }: Person): Promise<TotpView> {
    const secret = newTotpSecret();
    const [, begun] = await this.database.query<[unknown, number]>(
      'update users set sealed_totp = $2 where id = $1 and not totp_on',
      [id, sealBytes(this.keyring, totpRecordId(id), secret)],
    );
    if (begun === 0) throw new ApiProblem(409, 'second-factor-on', alreadyOn);
    return { secret: base32(secret), uri: otpauthUri(secret, login) };
  }

  /** From now on a code is asked for. The answer alone holds the recovery codes. Throws 400 for a wrong code. */
  async confirm({ id, login }: Person, code: string): Promise<RecoveryCodesView> {
    const step = await this.stepOf(id, code);
    if (step === null) throw wrongField('code', wrongCode);
    const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
    await this.database.transaction(async (manager) => {
      const [, confirmed] = await manager.query<[unknown, number]>(
        `update users set totp_on = true, totp_step = $2, recovery_hashes = $3 where id = $1 and not totp_on`,
        [id, step, codes.map(hashRecovery)],
      );
      if (confirmed === 0) throw new ApiProblem(409, 'second-factor-on', alreadyOn);
      await this.audit.record(manager, { by: login, action: 'second-factor-on', object: `user:${id}` });
    });
    return { codes };
  }

  async end({ id, login }: Person): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query(
        `update users set totp_on = false, sealed_totp = null, recovery_hashes = '{}' where id = $1`,
        [id],
      );
      await this.audit.record(manager, { by: login, action: 'second-factor-off', object: `user:${id}` });
    });
  }

  /** Takes a code of the app or of the paper, each once. Throws 401 `code-needed` or `wrong-code`. */
  async require(userId: string, code: string | undefined): Promise<void> {
    if (!code) throw new ApiProblem(401, 'code-needed', codeNeeded);
    if ((await this.takeAppCode(userId, code)) || (await this.takeRecoveryCode(userId, code))) return;
    throw new ApiProblem(401, 'wrong-code', wrongCode);
  }

  private async takeAppCode(userId: string, code: string): Promise<boolean> {
    const step = await this.stepOf(userId, code);
    if (step === null) return false;
    const [, taken] = await this.database.query<[unknown, number]>(
      'update users set totp_step = $2 where id = $1 and totp_step < $2',
      [userId, step],
    );
    return taken === 1;
  }

  private async takeRecoveryCode(userId: string, code: string): Promise<boolean> {
    const [, taken] = await this.database.query<[unknown, number]>(
      `update users set recovery_hashes = array_remove(recovery_hashes, $2::bytea)
       where id = $1 and $2::bytea = any(recovery_hashes)`,
      [userId, hashRecovery(code)],
    );
    return taken === 1;
  }

  private async stepOf(userId: string, code: string): Promise<number | null> {
    const [row] = await this.database.query<{ sealed: Buffer | null }[]>(
      'select sealed_totp as sealed from users where id = $1',
      [userId],
    );
    if (!row?.sealed) return null;
    const secret = openBytes(this.keyring, totpRecordId(userId), row.sealed);
    return stepOfCode(secret, code.normalize('NFKC').replace(/\s/gu, ''), this.clock.now());
  }
}

const alreadyOn = {
  ja: '二段階認証はすでに有効です。',
  en: 'The second factor is on already.',
};
const codeNeeded = {
  ja: '認証アプリの6桁のコードを入力してください。',
  en: 'Enter the six digits of your authenticator app.',
};
const wrongCode = {
  ja: '認証コードが違います。新しいコードが表示されてから、もう一度入力してください。',
  en: 'The code is wrong. Wait for a new one and enter it again.',
};
