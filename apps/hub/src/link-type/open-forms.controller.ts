import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { openFormViewSchema, type OpenFormView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { EveryShop, Roles } from '../accounts/session-guard.js';
import { Described } from '../http/described.js';

const mostShown = 100;

interface Row extends Omit<OpenFormView, 'madeAt' | 'endsAt'> {
  readonly made_at: Date;
  readonly ends_at: Date;
}

/** Forms of the link type that were given out and have no result yet. */
@ApiTags('shops')
@Roles('operator')
@EveryShop()
@Controller('connections')
export class OpenFormsController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Described(
    'Forms of the link type without a result, the one that ends next first',
    z.array(openFormViewSchema),
  )
  @Get(':id/payment-forms')
  async list(@Param('id', { schema: z.uuid() }) id: string): Promise<readonly OpenFormView[]> {
    const rows = await this.database.query<Row[]>(
      `select f.shop_id as "shopId", s.name as "shopName", f.transaction_id as "transactionId", t.order_number as "orderNumber",
         f.shop_transaction_id as "shopTransactionId", f.billed_yen::int as "billedYen", f.made_at, f.ends_at
       from payment_forms f join transactions t on t.shop_id = f.shop_id and t.id = f.transaction_id
       join shops s on s.id = f.shop_id
       where f.connection_id = $1 and f.outcome is null order by f.ends_at limit ${mostShown}`,
      [id],
    );
    return rows.map(({ made_at, ends_at, ...form }) => ({
      ...form,
      madeAt: made_at.toISOString(),
      endsAt: ends_at.toISOString(),
    }));
  }
}
