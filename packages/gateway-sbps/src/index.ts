export { sbps } from './gateway.js';
