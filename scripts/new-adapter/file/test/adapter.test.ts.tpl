import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { __CAMEL__Adapter } from '../src/index.js';

// Settings as a person would fill in the form; a secret one needs a value of at least eight letters.
adapterContract({ adapter: __CAMEL__Adapter, settings: {}, folder: join(__dirname, '..') });
