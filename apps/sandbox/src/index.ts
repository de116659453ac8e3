export type { SandboxConfigInput } from './config.js';
export { type Sandbox, startSandbox } from './server.js';
