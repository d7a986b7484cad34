import type { JWK } from 'jose';
import { createHash } from 'node:crypto';
import { Gauge, type Registry } from 'prom-client';
import { fingerprintsOf } from '../../identity/keys/fingerprint.js';

/** The registered public keys of organisations, by their codes. */
export type ReadKeys = () => Promise<Readonly<Record<string, readonly JWK[]>>>;

/** A number that only these keys have, exact as a number of Prometheus. */
async function digestKeys(keys: readonly JWK[]): Promise<number> {
  const prints = (await fingerprintsOf({ keys })).map(({ thumbprint }) => thumbprint);
  const hash = createHash('sha256').update(prints.toSorted().join());
  return Number.parseInt(hash.digest('hex').slice(0, 12), 16);
}

/** Shows when the keys of another organisation are replaced, whatever the date of their file says. */
export function measureKeys(
  registry: Registry,
  prefix: 'hub' | 'partner',
  readKeys: ReadKeys,
): void {
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
