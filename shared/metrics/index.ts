export { Counter, Gauge, Registry } from 'prom-client';
export { addUp, keepTotals, type Counts } from './add-up.js';
export { measureCertificates, type MeasuredCertificates } from './certificate-metrics.js';
export { measureDisk, type MeasuredDisk } from './disk-metrics.js';
export { durationBuckets, measureOperations } from './operation-metrics.js';
export { createPartnerMetrics, type PartnerMetrics } from './partner-metrics.js';
export { measureProcess } from './process-metrics.js';
export { registerMetrics, type ServedMetrics } from './serve-metrics.js';
export { Timings } from './timings.js';
