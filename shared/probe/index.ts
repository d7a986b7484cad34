export { probeHealth } from './probe-health.js';
