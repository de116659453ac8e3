import { Controller, Get, Inject, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { writeTable } from '@np-hub/kit';
import { reportSchema, type Report, type ReportFigures } from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described, DescribedFile } from '../http/described.js';
import { Reports } from './reports.js';

const mostDays = 400;
const dayMs = 86_400_000;
const rangeSchema = z.object({ from: z.iso.date(), to: z.iso.date(), shopId: z.uuid().optional() }).refine(
  ({ from, to }) => {
    const days = (Date.parse(to) - Date.parse(from)) / dayMs;
    return days >= 0 && days <= mostDays;
  },
  {
    path: ['to'],
    message: `開始日以降、${mostDays}日以内で指定してください。 / Give a day from the first one on, within ${mostDays} days.`,
  },
);

/** Figures by day, shop and cart. */
@ApiTags('reports')
@Roles('support')
@Controller('reports')
export class ReportsController {
  constructor(@Inject(Reports) private readonly reports: Reports) {}

  @Described('Volume, shares, codes, times and expected fees of a range of days', reportSchema)
  @Get()
  report(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: rangeSchema }) { shopId, ...range }: z.infer<typeof rangeSchema>,
  ): Promise<Report> {
    return this.reports.report(range, visibleShops(user, shopId));
  }

  @DescribedFile('The report for a spreadsheet')
  @Get('export.csv')
  async file(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: rangeSchema }) { shopId, ...range }: z.infer<typeof rangeSchema>,
  ): Promise<StreamableFile> {
    const { days, shops, carts } = await this.reports.report(range, visibleShops(user, shopId));
    const rows = [
      ...days.map(({ day, figures }) => rowOf('日', day, figures)),
      ...shops.map(({ name, figures }) => rowOf('店舗', name, figures)),
      ...carts.map(({ label, figures }) => rowOf('カート', label.ja, figures)),
    ];
    // Excel takes a file without this mark for cp932.
    const bytes = Buffer.concat([Buffer.from('\ufeff'), writeTable('utf8', header, rows).bytes]);
    return new StreamableFile(bytes, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="report-${range.from}-${range.to}.csv"`,
    });
  }
}

const header = [
  '区分',
  '名前',
  '注文数',
  '請求金額',
  '審査OK',
  '審査保留',
  '審査NG',
  '登録不可',
  '出荷報告済み',
  'キャンセル',
  '審査OKまでの平均秒',
  '保留・登録不可から審査OKまでの平均秒',
];

const rowOf = (kind: string, name: string, figures: ReportFigures): string[] => [
  kind,
  name,
  ...[
    figures.orders,
    figures.billedYen,
    figures.approved,
    figures.held,
    figures.rejected,
    figures.blocked,
    figures.reported,
    figures.cancelled,
    figures.approvalSeconds ?? '',
    figures.fixSeconds ?? '',
  ].map(String),
];
