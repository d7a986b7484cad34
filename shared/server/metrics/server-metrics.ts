import type { Registry } from 'prom-client';
import type { OperationMeter } from '../http/operations/operation-meter.js';
import { measureCertificates, type MeasuredCertificates } from './certificate-metrics.js';
import { measureDisk, type MeasuredDisk } from './disk-metrics.js';
import { measureKeys, type ReadKeys } from './key-metrics.js';
import { measureOperations } from './operation-metrics.js';
import { measureProcess } from './process-metrics.js';

/** What every server has that is measured. What is left out is not. */
export interface MeasuredServer {
  readonly certificates?: MeasuredCertificates | undefined;
  /** Where it stores what it has. */
  readonly disk?: MeasuredDisk | undefined;
  /** The registered keys of others. */
  readonly readKeys?: ReadKeys | undefined;
}

/** Measures a server: its process, and what it has. @returns the meter of its operations */
export function measureServer(
  registry: Registry,
  prefix: 'hub' | 'partner',
  { certificates = {}, disk, readKeys }: MeasuredServer,
): OperationMeter {
  measureProcess(registry);
  measureCertificates(registry, prefix, certificates);
  if (disk) measureDisk(registry, prefix, disk);
  if (readKeys) measureKeys(registry, prefix, readKeys);
  return measureOperations(registry, prefix);
}
