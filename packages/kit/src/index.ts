export * from './adapter.js';
export * from './errors.js';
export * from './gateway.js';
export * from './http-message.js';
export * from './http.js';
export * from './http-status.js';
export * from './vocabulary.js';
