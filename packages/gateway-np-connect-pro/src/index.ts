export { npConnectPro } from './gateway.js';
