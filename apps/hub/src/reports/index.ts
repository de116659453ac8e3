import { HealthBoard } from '../health/health-board.js';
import { HealthBoardController } from '../health/health-board.controller.js';
import { ReportKeeper } from './report-keeper.js';
import { ReportTick } from './report-tick.js';
import { Reports } from './reports.js';
import { ReportsController } from './reports.controller.js';

/** Health and reports, for the composition root. */
export const reportControllers = [HealthBoardController, ReportsController];
export const reportProviders = [HealthBoard, Reports, ReportKeeper, ReportTick];
