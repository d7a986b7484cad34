import { Gauge, type Registry } from '@hub/shared/server';
import type { OpenPort } from '../../fan-out/partners/cache/open-port.js';
import type { Hub } from '../../hub-plugin.js';

interface WatchedHub extends Pick<Hub, 'readOperations' | 'statusOf'> {
  readonly ports: ReadonlyMap<string, Pick<OpenPort, 'readLoad'>>;
}

const statuses = ['ANSWERING', 'DEGRADED', 'UNAVAILABLE', 'MAINTENANCE', 'QUARANTINED'] as const;

/** Reads queues and statuses of the hub, whenever somebody reads the metrics. */
export function watchQueues(registry: Registry, hub: WatchedHub): void {
  const registers = [registry];
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    set: (gauge: Gauge<Label>) => void,
  ) =>
    new Gauge<Label>({
      name,
      help,
      labelNames,
      registers,
      collect() {
        set(this);
      },
    });
  const operations = (part: 'active' | 'waiting') => (queue: Gauge<'of'>) => {
    for (const [of, counts] of Object.entries(hub.readOperations()))
      queue.set({ of }, counts[part]);
  };
  const ofClients = 'of people and of partners’ own servers.';
  gauge(
    'hub_operations_active',
    `Operations in progress, ${ofClients}`,
    ['of'],
    operations('active'),
  );
  gauge(
    'hub_operations_waiting',
    `Operations that wait, ${ofClients}`,
    ['of'],
    operations('waiting'),
  );
  const calls = (part: 'active' | 'waiting') => (queue: Gauge<'partner'>) => {
    for (const [partner, port] of hub.ports) queue.set({ partner }, port.readLoad()[part]);
  };
  gauge('hub_partner_calls_active', 'Calls in progress.', ['partner'], calls('active'));
  gauge('hub_partner_calls_waiting', 'Calls that wait.', ['partner'], calls('waiting'));
  gauge(
    'hub_partner_status',
    'Number of workers that see the partner in this status.',
    ['partner', 'status'],
    (seen) => {
      for (const partner of hub.ports.keys()) {
        const present = hub.statusOf?.(partner);
        if (present === undefined) continue;
        for (const status of statuses) seen.set({ partner, status }, present === status ? 1 : 0);
      }
    },
  );
}
