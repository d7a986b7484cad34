import { getNullableType, isObjectType } from 'graphql';
import type { HubSettings } from './hub-options.js';
import { createAskOwner, type RecordOwner } from './notices/ask-owner.js';
import { createChangeNotices, type ChangeNotices } from './notices/change-notices.js';
import { defaultStreamLimits } from './notices/stream-limits.js';
import { createStreamPlaces } from './notices/stream-places.js';
import type { Network } from './registry/network.js';
import type { Routes } from './routes.js';
import type { SubgraphPartners } from './routing/fetch.js';
import { readKeys, type SubgraphModel } from './routing/rules/subgraph-model.js';

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

/** Notices of changes for the clients of a network’s hub; undefined if it has none. */
export function openNotices(
  { partners }: Network,
  { changes, others, logger, metrics }: HubSettings,
  { subgraphs, ports }: Pick<Routes, 'subgraphs' | 'ports'>,
): ChangeNotices | undefined {
  const { cursorKey, perReader, total, seconds } = { ...defaultStreamLimits, ...changes };
  if (total === 0) return undefined;
  const owners = listOwners(subgraphs);
  const stateOf = (code: string) =>
    partners.find((partner) => partner.code === code)?.membership?.state;
  const forPeople = Math.floor(total * partForPeople);
  return createChangeNotices({
    partners: partners.map(({ code }) => code).toSorted(),
    closedAs: stateOf,
    ask: createAskOwner({ find: (code) => (stateOf(code) ? undefined : owners.get(code)) }),
    others,
    logger,
    onChanged: (partner) => ports.get(partner)?.invalidate(),
    enter: createStreamPlaces({ perReader, total, forPeople }).enter,
    cursorKey,
    times: { lifeMs: seconds * 1_000, ...changes?.times },
    meter: metrics?.notices,
  });
}
