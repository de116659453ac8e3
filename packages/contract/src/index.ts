export * from './adapter.js';
export * from './gateway.js';
