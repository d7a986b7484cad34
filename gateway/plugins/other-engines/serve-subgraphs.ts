import { Refusal } from '@hub/shared/errors';
import type { OperationPipeline } from '@hub/shared/graphql';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Capability, Hub, HubContext } from '../../hub-plugin.js';
import { readSubgraphTexts, subgraphsPath } from '../../registry/supergraph-for-others.js';
import { createSubgraphEngine } from './subgraph-engine.js';

const keyHeader = 'hub-engine-key';

/** A pipeline for each subgraph, by its path. */
export async function openSubgraphs(
  {
    subgraphs,
    supergraphSdl,
    openPipeline,
  }: Pick<Hub, 'subgraphs' | 'supergraphSdl' | 'openPipeline'>,
  introspection: boolean,
): Promise<ReadonlyMap<string, OperationPipeline<HubContext>>> {
  const texts = readSubgraphTexts(supergraphSdl);
  const opened = subgraphs.map(async (subgraph) => {
    const { name } = subgraph.model;
    const text = introspection ? texts.get(name) : undefined;
    const pipeline = await openPipeline(createSubgraphEngine(subgraph, text));
    return [`${subgraphsPath}/${name}`, pipeline] as const;
  });
  return new Map(await Promise.all(opened));
}

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a function that recognises the key of the operator’s own engines. A caller of a subgraph can
 * claim in a representation what another partner returned, and the owner decides by it. So only an
 * engine that the operator trusts may call one.
 */
function createEngineCheck(key: string): (given: unknown) => boolean {
  const expected = hash(key);
  return (given) => typeof given === 'string' && timingSafeEqual(hash(given), expected);
}

/** Serves each subgraph to engines that send the key. */
export function serveSubgraphs(key: string, introspection: boolean): Capability {
  const isKey = createEngineCheck(key);
  return {
    async serve({ serveGraph }, hub) {
      for (const [path, pipeline] of await openSubgraphs(hub, introspection))
        serveGraph(path, pipeline, ({ headers }) => {
          if (isKey(headers[keyHeader])) return;
          const message = `Subgraphs are for engines that send the hub’s key in ${keyHeader}.`;
          throw new Refusal('FORBIDDEN', 403, { message });
        });
    },
  };
}
