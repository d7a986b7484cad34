import { Gauge, type Registry } from '@hub/shared/metrics';

/** A queue: how many are served, and how many wait. */
interface Queue {
  readonly active: number;
  readonly waiting: number;
}

/** One partner, as this worker sees it. */
interface WatchedPartner {
  readonly code: string;
  readonly calls: Queue;
  /** Undefined for a foreign supergraph. */
  readonly status: string | undefined;
  /** Whether it sends its changes. Undefined for a foreign supergraph. */
  readonly feedsChanges?: boolean | undefined;
}

/** What is read only when somebody reads the metrics. */
export interface WatchedHub {
  /** Operations of people, and of partners’ own servers. */
  readOperations(): Readonly<Record<string, Queue>>;
  readPartners(): readonly WatchedPartner[];
}

const statuses = ['ANSWERING', 'DEGRADED', 'UNAVAILABLE', 'MAINTENANCE', 'QUARANTINED'] as const;

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
  const operations = (part: keyof Queue) => (queue: Gauge<'of'>) => {
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
  const calls = (part: keyof Queue) => (queue: Gauge<'partner'>) => {
    for (const { code, calls: counts } of hub.readPartners())
      queue.set({ partner: code }, counts[part]);
  };
  gauge('hub_partner_calls_active', 'Calls in progress.', ['partner'], calls('active'));
  gauge('hub_partner_calls_waiting', 'Calls that wait.', ['partner'], calls('waiting'));
  gauge(
    'hub_partner_feeds_changes',
    'Number of workers that get the changes of the partner.',
    ['partner'],
    (feeding) => {
      for (const { code: partner, feedsChanges } of hub.readPartners())
        if (feedsChanges !== undefined) feeding.set({ partner }, feedsChanges ? 1 : 0);
    },
  );
  gauge(
    'hub_partner_status',
    'Number of workers that see the partner in this status.',
    ['partner', 'status'],
    (seen) => {
      for (const { code: partner, status: present } of hub.readPartners()) {
        if (present === undefined) continue;
        for (const status of statuses) seen.set({ partner, status }, present === status ? 1 : 0);
      }
    },
  );
}
