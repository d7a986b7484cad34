import { type MeasuredServer } from '@hub/shared/server';
import { Gauge, type Registry } from 'prom-client';

/** What the hub knows of the partners’ keys and records. */
export interface WatchedTrust {
  /** The registered keys of the partners. */
  readonly readKeys: NonNullable<MeasuredServer['readKeys']>;
  /** Whether each partner’s record was noticed to be cut off or changed. */
  readRecords(): Promise<Readonly<Record<string, boolean>>>;
}

export function watchTrust(registry: Registry, { readRecords }: WatchedTrust): void {
  new Gauge({
    name: 'hub_record_rewritten',
    help: '1 if the record of the partner no longer continues from where the hub has seen it.',
    labelNames: ['partner'],
    aggregator: 'max',
    registers: [registry],
    async collect() {
      for (const [partner, isRewritten] of Object.entries(await readRecords()))
        this.set({ partner }, Number(isRewritten));
    },
  });
}
