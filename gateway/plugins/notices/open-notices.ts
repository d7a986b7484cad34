import { anonymous } from '@hub/shared/identity';
import { createRefreshVerifier } from '@hub/shared/records';
import { getNullableType, isObjectType } from 'graphql';
import type { SubgraphPartners } from '../../fan-out/fetch.js';
import { readKeys, type SubgraphModel } from '../../fan-out/rules/subgraph-model.js';
import type { Capability, Hub, PluginWorker, Served } from '../../hub-plugin.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { readCursorKey } from '../../server/security/derived-keys.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { createAskOwner, type RecordOwner } from './ask-owner.js';
import { createChangeNotices, type ChangeNotices } from './change-notices.js';
import { createNoticeMeter } from './notice-metrics.js';
import { registerChanges } from './register-changes.js';
import { createStreamPlaces, type StreamLimits } from './stream-places.js';

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
    selections.set(type.name, isNumber ? 'id version' : 'id');
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
      check: () => check(headers.authorization),
    });
  };
