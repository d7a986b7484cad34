import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { parentPort, workerData } from 'node:worker_threads';
import { buildPlan, keepFetchesInOrder } from './build-plan.js';
import { readFieldRules } from './check-fetches.js';
import type { PlannerSource } from './engine-internals.js';
import type { FromThread, ToThread } from './start-planner-thread.js';

// The code of the planner’s thread: it builds the planner from the supergraph SDL as the engine
// does.

const { supergraphSdl, config, options } = workerData as PlannerSource;
keepFetchesInOrder();
// The engine has validated the supergraph.
const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
const planner = new QueryPlanner(supergraph, config);
const apiSchema = supergraph.apiSchema();
const rules = readFieldRules(supergraphSdl);

function plan({ id, text, operationName }: ToThread): FromThread {
  try {
    const document = parse(text, { noLocation: true });
    const operation = operationFromDocument(apiSchema, document, { operationName });
    // JSON text is parsed several times faster than a structured clone is received, and the main
    // thread serves other requests.
    const built = buildPlan(() => planner.buildQueryPlan(operation, options), rules);
    return { id, plan: JSON.stringify(built) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id, error: { message, stack } };
  }
}

parentPort?.on('message', (asked: ToThread) => parentPort?.postMessage(plan(asked)));
parentPort?.postMessage('ready' satisfies FromThread);
