import { composeServices } from '@apollo/composition';
import { silentLogger } from '@hub/shared/system';
import { getOperationAST, parse, print, validate, type DocumentNode } from 'graphql';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decideConditions,
  readDecidingVariables,
  readDecision,
} from '../../../gateway/engine/documents/decide-conditions.js';
import { narrowFragments } from '../../../gateway/engine/documents/narrow-fragments.js';
import { reserveNames } from '../../../gateway/engine/documents/response-names.js';
import {
  createGateway,
  readEngineVersion,
  type EngineVersion,
} from '../../../gateway/engine/planning/engine-internals.js';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  plannerConfigOf,
  type PlanningLimits,
} from '../../../gateway/engine/planning/planning-limits.js';
import { startPlannerThread } from '../../../gateway/engine/planning/start-planner-thread.js';
import { composeContracts } from '../../../gateway/registry/compose-contracts.js';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { examples } from '../../e2e/network/examples.js';
import { cloneFolder } from '../../e2e/network/running-command.js';
import { sampleOf } from '../../sample.js';
import { suites } from './suites.js';

const threadFile = join(cloneFolder, 'gateway', 'dist', 'engine', 'planning', 'planner-thread.js');
const url = 'http://127.0.0.1:9/';

interface Subgraph {
  readonly name: string;
  readonly typeDefs: string;
}

/** The text of the plan, or of the reason why the planner makes none. */
async function readPlan(plan: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await plan());
  } catch (error) {
    return (error as Error).message;
  }
}

/** As the hub has it planned, where no condition is met. */
function prepare({ schema }: EngineVersion, query: string): DocumentNode {
  const document = parse(query);
  const operation = getOperationAST(document);
  const deciding = operation ? readDecidingVariables(document, operation) : [];
  const decision = readDecision(deciding, {});
  return narrowFragments(schema, reserveNames(decideConditions(document, deciding, decision)));
}

/** Holds the plans of the thread to the engine’s own, to the last character. */
async function comparePlans(
  supergraphSdl: string,
  limits: PlanningLimits,
  queries: readonly string[],
): Promise<void> {
  const gateway = createGateway(supergraphSdl, {
    logger: silentLogger,
    queryPlannerConfig: plannerConfigOf(limits),
  });
  await gateway.load();
  const version = readEngineVersion(gateway);
  const thread = startPlannerThread(threadFile, version.plannerSource);
  try {
    for (const query of queries) {
      // What is not valid is not planned.
      if (validate(version.schema, parse(query)).length > 0) continue;
      const document = prepare(version, query);
      const own = await readPlan(() => version.planHere({ document, operationName: undefined }));
      expect(await readPlan(() => thread.plan(print(document), undefined)), query).toBe(own);
    }
  } finally {
    thread.end();
    await thread.ended;
    await gateway.stop();
  }
}

function compose(subgraphs: readonly Subgraph[]): string {
  const { supergraphSdl } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, url, typeDefs: parse(typeDefs) })),
  );
  if (!supergraphSdl) throw new Error('The subgraphs do not compose.');
  return supergraphSdl;
}

describe('the planner’s thread plans like the engine', () => {
  it('the examples of all contracts', async () => {
    const network = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
    const supergraphSdl = composeContracts(readContracts(network), network.partners);
    const queries = examples.map(({ query }) => query);
    expect(queries.length).toBeGreaterThan(30);
    await comparePlans(supergraphSdl, defaultPlanningLimits, sampleOf(2, queries));
  });

  it.each(sampleOf(4, suites))('what is asked over $name', async ({ subgraphs, operations }) => {
    const described = Object.entries(subgraphs).map(([name, { typeDefs }]) => ({ name, typeDefs }));
    const queries = operations.map((operation) =>
      typeof operation === 'string' ? operation : operation.query,
    );
    await comparePlans(compose(described), foreignPlanningLimits, queries);
  });
});
