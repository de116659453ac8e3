import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { cagolab } from '../src/index.js';

adapterContract({ adapter: cagolab, settings: {}, folder: join(__dirname, '..') });
