import { anonymous, type SignedRequest } from '@hub/shared/identity';
import { changeNotices } from '@hub/shared/partner';
import { createRefreshVerifier } from '@hub/shared/records';
import { type createHttpServer } from '@hub/shared/server';
import { getNullableType, isObjectType } from 'graphql';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { SubgraphPartners } from '../../fan-out/fetch.js';
import { readKeys, type SubgraphModel } from '../../fan-out/rules/subgraph-model.js';
import type { Capability, Hub, PluginWorker, Served } from '../../hub-plugin.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { readCursorKey } from '../../server/security/derived-keys.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { createAskOwner, versionAlias, type RecordOwner } from './ask-owner.js';
import { createChangeNotices, type ChangeNotices, type NoticeMeter } from './change-notices.js';
import { createStreamPlaces, type StreamLimits } from './stream-places.js';

/** Counts notices of changes: what partners send, and what clients are told. */
export function createNoticeMeter(
  registry: Registry,
  /** Each partner, and whether it sends its changes. */
  listFeeds: () => readonly (readonly [string, boolean])[],
): NoticeMeter {
  const registers = [registry];
  const streams = new Gauge({
    name: 'hub_change_streams',
    help: 'Open streams of notices of changes.',
    registers,
  });
  const received = new Counter({
    name: 'hub_changes_received_total',
    help: 'Changes that partners have told this hub.',
    labelNames: ['partner'],
    registers,
  });
  const sent = new Counter({
    name: 'hub_change_notices_total',
    help: 'Messages to clients about changes: a change, or that the client missed some.',
    labelNames: ['what'],
    registers,
  });
  new Gauge({
    name: 'hub_partner_feeds_changes',
    help: 'Number of workers that get the changes of the partner.',
    labelNames: ['partner'],
    registers,
    collect() {
      for (const [partner, isFed] of listFeeds()) this.set({ partner }, isFed ? 1 : 0);
    },
  });
  return {
    received(partner, count) {
      if (count > 0) received.inc({ partner }, count);
    },
    sent: (what) => sent.inc({ what }),
    streams: (change) => streams.inc(change),
  };
}

/** The notices that partners may send to the hub. */
interface ServedChanges {
  /** Counts a request of an address. @throws HubError `RATE_LIMITED` */
  readonly count: (address: string) => void;
  /** Returns the code of the partner that signed the request. @throws HubError `UNAUTHENTICATED` */
  readonly verify: (request: SignedRequest) => Promise<string>;
  /** Takes a partner’s changes. @throws HubError */
  readonly receive: (partner: string, body: unknown) => Promise<changeNotices.NoticeReply>;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** Lets a partner say what has changed: `POST /registry/changes`, signed over its body. */
function registerChanges(http: HttpServer, { count, verify, receive }: ServedChanges): void {
  const options = { logLevel: 'silent', bodyLimit: changeNotices.mostNoticeBytes } as const;
  http.post(
    changeNotices.noticesPath,
    options,
    async ({ method, headers, ip, body: sent }, reply) => {
      count(ip);
      const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
      const partner = await verify({ method, path: changeNotices.noticesPath, body, headers });
      return reply.send(await receive(partner, parse(body)));
    },
  );
}

/** Streams that callers without a token cannot take. */
const partForPeople = 0.5;

/** What is selected of each type with an id as its key. */
function readSelections({ schema }: SubgraphModel): ReadonlyMap<string, string> {
  const selections = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || readKeys(type).length === 0) continue;
    const { id, version } = type.getFields();
    if (!id) continue;
    const isNumber = version && String(getNullableType(version.type)) === 'Int';
    selections.set(type.name, isNumber ? `id ${versionAlias(type.name)}: version` : 'id');
  }
  return selections;
}

/** The partners of a network, as owners of records. */
function listOwners(subgraphs: readonly SubgraphPartners[]): ReadonlyMap<string, RecordOwner> {
  return new Map(
    subgraphs
      .filter(({ areNamed }) => areNamed)
      .flatMap(({ model, ports }) => {
        const selections = readSelections(model);
        return [...ports].map(([code, port]) => [code, { port, selections }] as const);
      }),
  );
}

/** How often one address may tell of changes: a partner does so once for each change at most. */
const changesRate = { perSecond: 50, burst: 500 } as const;

/** Takes the changes that partners send, and tells clients of them. */
export function openNotices(
  network: Network,
  { config: { dataDir, privateKeys }, others, logger, metrics }: PluginWorker,
  { perReader, total, seconds }: StreamLimits,
): Capability {
  const { partners } = network;
  const stateOf = (code: string) =>
    partners.find((partner) => partner.code === code)?.membership?.state;
  const forPeople = Math.floor(total * partForPeople);
  const ownKeys = createHubKeys(privateKeys);
  const addresses = createRateLimit(changesRate);
  const partnerKeys = createNetworkKeys(dataDir, network);
  return {
    async serve({ http }, { subgraphs, ports, check }) {
      const owners = listOwners(subgraphs);
      const notices = createChangeNotices({
        partners: partners.map(({ code }) => code).toSorted(),
        closedAs: stateOf,
        ask: createAskOwner({ find: (code) => (stateOf(code) ? undefined : owners.get(code)) }),
        others,
        logger,
        onChanged: (partner) => ports.get(partner)?.invalidate(),
        enter: createStreamPlaces({ perReader, total, forPeople }).enter,
        cursorKey: await readCursorKey(ownKeys),
        times: { lifeMs: seconds * 1_000 },
        meter: createNoticeMeter(metrics, () =>
          [...ports.keys()].map((code) => [code, notices.isFedBy(code)]),
        ),
      });
      // Clients then connect to another worker.
      http.addHook('preClose', async () => notices.close());
      registerChanges(http, {
        count: (address) => addresses.count(anonymous, address),
        verify: createRefreshVerifier({ ownKeys, partnerKeys }),
        receive: notices.receive,
      });
      return { subscribe: subscribeTo(notices, check), join: notices.join };
    },
  };
}

/** Opens streams of notices for the caller of an operation. */
const subscribeTo =
  (notices: ChangeNotices, check: Hub['check']): NonNullable<Served['subscribe']> =>
  (operation, { reader }, { id: requestId, ip: address, headers }, signal) => {
    const lastEventId = headers['last-event-id'];
    return notices.open(operation, {
      reader,
      address,
      requestId,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
      signal,
      check: () => check(headers),
    });
  };
