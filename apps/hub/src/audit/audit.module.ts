import { Global, Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { Audit } from './audit.js';

/** The audit trail, for every part that changes something for a person. Needs `DataSource`, `CLOCK` and `KEYRING`. */
@Global()
@Module({ controllers: [AuditController], providers: [Audit], exports: [Audit] })
export class AuditModule {}
