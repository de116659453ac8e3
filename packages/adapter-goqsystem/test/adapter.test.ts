import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { goqsystem } from '../src/index.js';

adapterContract({
  adapter: goqsystem,
  // A shop that lists its labels is asked about any other; the default is in reading.test.ts.
  settings: { openLabels: ['新規受付', '★発送済み', '発送待ち'] },
  folder: join(__dirname, '..'),
});
