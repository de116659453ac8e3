import { CartStep } from './cart-step.js';
import { FindingList } from './finding-list.js';
import { Nightly } from './nightly.js';
import { NpStep } from './np-step.js';
import { Reconciler } from './reconciler.js';
import { ReconciliationLife } from './reconciliation-life.js';
import { Repairs } from './repairs.js';
import { Runs } from './runs.js';
import { WordDrift } from './word-drift.js';

/** Everything about reconciliations, for the composition root. */
export const reconciliationProviders = [
  WordDrift,
  Runs,
  Nightly,
  NpStep,
  CartStep,
  Reconciler,
  FindingList,
  Repairs,
  ReconciliationLife,
];
