import { setFlagsFromString } from 'node:v8';

/**
 * Loaded first. On a machine with much memory V8 lets its heap grow far beyond what is in use before it collects; the
 * hub's batches leave much behind at once.
 */
setFlagsFromString('--max-semi-space-size=8');
