import type { Logger } from '@hub/shared/system';
import { setTimeout as wait } from 'node:timers/promises';
import type { KnownOperation } from '../../hub-plugin.js';
import type { OtherWorkers } from '../../process/workers/other-workers.js';
import { firstDay } from '../../registry/usage/usage-store.js';
import type { Application } from '../../server/applications.js';
import type { SentOperation, UsageCounter } from './count-usage.js';

/**
 * How many operations are planned before a worker serves, how long that may take, and how much a
 * worker tells the others.
 */
const most = { operations: 200, ms: 3_000, bytes: 250_000 } as const;

/** What workers tell each other. */
const topics = { ask: 'most sent?', tell: 'most sent' } as const;

/** What clients send to the workers that serve now. Their texts are never stored. */
async function askOthers(others: OtherWorkers): Promise<readonly SentOperation[]> {
  const found: SentOperation[] = [];
  let isOpen = true;
  others.listen(topics.tell, (body) => {
    if (isOpen) found.push(...(body as readonly SentOperation[]));
  });
  await others.notify(topics.ask, null);
  isOpen = false;
  return found.toSorted((a, b) => b.count - a.count);
}

/** Those that fit into one message, the first first. */
function chooseFitting(operations: readonly SentOperation[]): readonly SentOperation[] {
  let left: number = most.bytes;
  return operations.filter((operation) => {
    const bytes = Buffer.byteLength(JSON.stringify(operation));
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}

/** The trusted documents that were sent most often, by the counts of all workers. */
async function findTrusted({
  usage: { store },
  trusted,
}: WarmPlansOptions): Promise<readonly KnownOperation[]> {
  const texts = new Map(trusted.flatMap(({ documents }) => [...documents]));
  const used = await store.readMostUsed(firstDay(Date.now()), most.operations);
  return used.flatMap((id) => {
    const [hash = '', operationName] = id.split('#');
    const query = texts.get(hash);
    return query === undefined ? [] : { query, operationName };
  });
}

/** Each once, where it stands first. */
function chooseFirst(operations: readonly KnownOperation[]): readonly KnownOperation[] {
  const chosen = new Map<string, KnownOperation>();
  for (const operation of operations) {
    const key = `${operation.operationName ?? ''} ${operation.query}`;
    if (!chosen.has(key)) chosen.set(key, operation);
  }
  return [...chosen.values()].slice(0, most.operations);
}

interface WarmPlansOptions {
  readonly usage: Pick<UsageCounter, 'store' | 'listMostSent'>;
  /** The applications whose operations are written down. */
  readonly trusted: readonly Application[];
  readonly others: OtherWorkers;
  readonly logger: Logger;
  /** How long a worker may wait. @default 3000 */
  readonly ms?: number;
}

/**
 * Plans what clients send most, before a worker serves: as the workers that serve now know it, and the
 * trusted documents by their counts. An operation that cannot be planned is left out. Workers that
 * start later ask this one.
 */
export async function warmPlans(
  hub: { prepare(operation: KnownOperation): Promise<void> },
  options: WarmPlansOptions,
): Promise<void> {
  const { usage, others, logger, ms = most.ms } = options;
  const startedAt = performance.now();
  const soFar = () => performance.now() - startedAt;
  let operations = 0;
  const warm = async () => {
    const known = others.exist() ? await askOthers(others) : [];
    const trusted = await findTrusted(options);
    for (const operation of chooseFirst([...known, ...trusted])) {
      if (soFar() > ms) return;
      // The graph may lack what it asks for by now. Its client is told.
      const isPlanned = await hub.prepare(operation).then(
        () => true,
        () => false,
      );
      if (isPlanned) operations += 1;
    }
  };
  const late = new AbortController();
  const over = wait(ms, undefined, { signal: late.signal }).catch(() => undefined);
  await Promise.race([warm(), over]).catch((error: unknown) =>
    logger.warn({ err: error }, 'what clients send most could not be found'),
  );
  late.abort();
  others.listen(topics.ask, () =>
    others.notify(topics.tell, chooseFitting(usage.listMostSent(most.operations))),
  );
  if (operations > 0)
    logger.info({ operations, ms: Math.round(soFar()) }, 'what clients send most is planned');
}
