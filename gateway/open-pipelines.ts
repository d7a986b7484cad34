import { OperationPipeline, type OperationHooks } from '@hub/shared/graphql';
import { createFirstContext, type HubContext } from './admission.js';
import type { HubSettings } from './hub-options.js';
import { createSubgraphEngine } from './other-engines/subgraph-engine.js';
import { readSubgraphTexts, subgraphsPath } from './other-engines/supergraph-for-others.js';
import type { Engine } from './own-engine.js';
import type { Routes } from './routes.js';

/** Resolves when the first client need not wait for anything. */
export async function startPipeline(
  { logger, introspection, checksPartners }: HubSettings,
  engine: Engine,
  { healthCheck }: Routes,
  hooks: OperationHooks<HubContext>[],
): Promise<OperationPipeline<HubContext>> {
  const source = { gateway: engine.gateway };
  const pipeline = new OperationPipeline<HubContext>({ source, logger, introspection, hooks });
  await pipeline.start();
  await engine.ready?.();
  if (checksPartners) await healthCheck?.start();
  await pipeline.run({ query: '{ __typename }' }, createFirstContext());
  return pipeline;
}

/** A pipeline for each subgraph. */
export function openSubgraphs(
  { logger, introspection = true }: HubSettings,
  { supergraphSdl, subgraphs }: Routes,
  hooks: readonly OperationHooks<HubContext>[],
): Promise<(readonly [string, OperationPipeline<HubContext>])[]> {
  const texts = readSubgraphTexts(supergraphSdl);
  return Promise.all(
    subgraphs.map(async (subgraph) => {
      const { name } = subgraph.model;
      const text = introspection ? texts.get(name) : undefined;
      const source = { gateway: createSubgraphEngine(subgraph, text) };
      const pipeline = new OperationPipeline({ source, logger, introspection, hooks });
      await pipeline.start();
      return [`${subgraphsPath}/${name}`, pipeline] as const;
    }),
  );
}
