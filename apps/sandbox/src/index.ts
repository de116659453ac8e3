export type { Merchant, SandboxConfigInput, Settings, Shop } from './config.js';
export type { LifeOptions } from './life/life.js';
export { type Sandbox, type SandboxOptions, startSandbox } from './server.js';
export type { NpView, OrderView } from './views.js';
