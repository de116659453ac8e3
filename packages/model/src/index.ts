export * from './carriers.js';
export * from './clock.js';
export * from './mapped.js';
export * from './order.js';
export * from './reasons.js';
export * from './states.js';
