import { Refusal } from '@hub/shared/errors';
import { anonymous, hubIssuer, type SignedRequest } from '@hub/shared/identity';
import { createRefreshVerifier, dailyHeads } from '@hub/shared/records';
import { type createHttpServer } from '@hub/shared/server';
import { Counter, type Registry } from 'prom-client';
import { z } from 'zod';
import type { Capability, PluginRegistry, PluginWorker } from '../../hub-plugin.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { withoutFailing } from '../../registry/records/administration-log.js';
import { createHeadLedger, HeadError } from '../../registry/records/head-ledger.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import { createRecordWatch } from './record-watch.js';

/** Why a head is refused: a code, and words for the partner’s engineers. */
interface HeadRefusal {
  readonly code: string;
  readonly message: string;
}

/** The heads of all partners’ records, over HTTP. */
interface ServedHeads {
  /** Counts a request of an address. @throws HubError `RATE_LIMITED` */
  readonly count: (address: string) => void;
  /** Returns the code of the partner that signed the request. @throws HubError `UNAUTHENTICATED` */
  readonly verify: (request: SignedRequest) => Promise<string>;
  /** Publishes a head. Returns why not. @throws HubError `RATE_LIMITED` */
  readonly take: (
    partner: string,
    statement: string,
    opening?: dailyHeads.Opening,
  ) => Promise<HeadRefusal | undefined>;
  /** The published lines from this number on. */
  readonly read: (from: number) => string;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const mostBytes = 5_000;
const bodySchema = z.strictObject({
  head: z.string().min(1).max(4_000),
  opening: dailyHeads.openingSchema.optional(),
});
const fromSchema = z.coerce.number().int().min(1).max(1_000_000_000).default(1);

/** Takes signed heads from partners, and publishes all of them. */
function registerHeads(http: HttpServer, { count, verify, take, read }: ServedHeads): void {
  http.get(dailyHeads.headsPath, async ({ ip, query }, reply) => {
    count(ip);
    const from = fromSchema.safeParse((query as { readonly from?: unknown }).from);
    if (!from.success) throw new Refusal('BAD_REQUEST', 400);
    return reply.type('application/jsonl; charset=utf-8').send(read(from.data));
  });
  http.post(dailyHeads.handInPath, { bodyLimit: mostBytes }, async (request, reply) => {
    count(request.ip);
    const { method, headers } = request;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const partner = await verify({ method, path: dailyHeads.handInPath, body, headers });
    const { head, opening } = readBody(body);
    const refusal = await take(partner, head, opening);
    if (refusal) return reply.code(409).send({ refused: refusal });
    return reply.send({ partner });
  });
}

function readBody(body: Buffer): z.output<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(body.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}

/** All partners of one machine have the same address. Each needs three requests a day. */
const headsRate = { perSecond: 1, burst: 100 } as const;
/** Each head is a line that the hub reads again for the next one, and that all partners keep. */
const handInRate = { perSecond: 1 / 600, organisationPerSecond: 1 / 600, burst: 24 } as const;

/** How often it looks whether the head of the log of administration is published. It is, once a day. */
const ownHeadMs = 600_000;

type Process = Pick<PluginWorker, 'config' | 'logger'>;

/** Takes the heads of the partners’ records. */
export function takeHeads(
  network: Network,
  { config: { dataDir, privateKeys }, logger }: Process,
  onRefused: () => void = () => undefined,
): ServedHeads {
  const [addresses, partners] = [createRateLimit(headsRate), createRateLimit(handInRate)];
  const keys = createNetworkKeys(dataDir, network);
  const { headsFile, administration } = openRegistryFiles(dataDir);
  const seen = createDisclosureHeads(dataDir);
  const ledger = createHeadLedger({
    path: headsFile,
    keys,
    administration: withoutFailing(administration, logger),
    findSeen: async (partner) => (await seen.read())[partner],
    logger,
  });
  return {
    count: (address) => addresses.count(anonymous, address),
    verify: createRefreshVerifier({ ownKeys: createHubKeys(privateKeys), partnerKeys: keys }),
    async take(partner, statement, opening) {
      partners.count(anonymous, partner);
      try {
        await ledger.take(partner, statement, opening);
        return undefined;
      } catch (error) {
        if (!(error instanceof HeadError)) throw error;
        onRefused();
        return { code: error.code, message: error.message };
      }
    },
    read: ledger.read,
  };
}

/** Checks the partners’ records of disclosures. */
function watchRecords(
  { partners }: Network,
  { config: { dataDir, privateKeys }, tls: { connect }, logger }: PluginWorker,
) {
  const partnerKeys = createNetworkKeys(dataDir, { port: 0, partners });
  const sign = createRequestSigner({ ownKeys: createHubKeys(privateKeys), partnerKeys });
  const heads = createDisclosureHeads(dataDir);
  return createRecordWatch({ partners, heads, sign, connect, logger });
}

/** Counts heads that are refused. */
export const measureHeads = (registry: Registry) =>
  new Counter({
    name: 'hub_refused_heads_total',
    help: 'Signed ends of records that the hub refused to publish.',
    registers: [registry],
  });

export function openHeads(network: Network, worker: PluginWorker): Capability {
  const records = watchRecords(network, worker);
  const refused = measureHeads(worker.metrics);
  return {
    async serve({ http }) {
      // The registry’s process publishes the hub’s own.
      if (worker.config.registry)
        registerHeads(
          http,
          takeHeads(network, worker, () => refused.inc()),
        );
      return { join: async () => records.start() };
    },
    [Symbol.asyncDispose]: () => records[Symbol.asyncDispose](),
  };
}

/** Publishes the head of the hub’s own log of administration. */
export function publishOwnHead({
  ownKeys,
  partnerKeys: keys,
  files,
  administration,
  logger,
  started,
}: PluginRegistry): AsyncDisposable {
  const ledger = createHeadLedger({ path: files.headsFile, keys, administration, logger });
  const publish = async () => {
    await started;
    const [key] = await ownKeys.signingKeysOf(hubIssuer);
    if (key) await ledger.publishOwn(key);
  };
  // A hub without keys says so elsewhere.
  const look = () => void publish().catch(() => undefined);
  const looking = setInterval(look, ownHeadMs);
  look();
  return { [Symbol.asyncDispose]: async () => clearInterval(looking) };
}
