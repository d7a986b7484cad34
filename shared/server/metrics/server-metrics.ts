import type { JWK } from 'jose';
import { createHash } from 'node:crypto';
import { Gauge, type Registry } from 'prom-client';
import { fingerprintsOf } from '../../identity/keys/fingerprint.js';
import type { OperationMeter } from '../http/operations/operation-meter.js';
import { measureCertificates, type MeasuredCertificates } from './certificate-metrics.js';
import { measureDisk, type MeasuredDisk } from './disk-metrics.js';
import { measureOperations } from './operation-metrics.js';
import { measureProcess } from './process-metrics.js';

/** The registered public keys of organisations, by their codes. */
type ReadKeys = () => Promise<Readonly<Record<string, readonly JWK[]>>>;

/** A number that only these keys have, exact as a number of Prometheus. */
async function digestKeys(keys: readonly JWK[]): Promise<number> {
  const prints = (await fingerprintsOf({ keys })).map(({ thumbprint }) => thumbprint);
  const hash = createHash('sha256').update(prints.toSorted().join());
  return Number.parseInt(hash.digest('hex').slice(0, 12), 16);
}

/** Shows when the keys of another organisation are replaced, whatever the date of their file says. */
function measureKeys(registry: Registry, prefix: 'hub' | 'partner', readKeys: ReadKeys): void {
  new Gauge({
    name: `${prefix}_registered_keys_digest`,
    help: 'A number made from the registered public keys. It changes when a key is added or removed.',
    labelNames: ['organisation'],
    aggregator: 'max',
    registers: [registry],
    async collect() {
      // Keys that cannot be read are not others.
      for (const [organisation, keys] of Object.entries(await readKeys()))
        if (keys.length > 0) this.set({ organisation }, await digestKeys(keys));
    },
  });
}

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
