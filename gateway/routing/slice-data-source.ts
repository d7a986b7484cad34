import { LRUCache } from 'lru-cache';
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '../engine.js';
import { askEntities } from './ask-entities.js';
import { askRoots } from './ask-roots.js';
import type { Fetch, Slice } from './fetch.js';
import type { OperationRecord } from './operation-record.js';
import { unnameOperation } from './partner-document.js';
import { createSpreadPlan, type SpreadPlan } from './spread-plan.js';

/** What routing needs of the context of an operation. */
export interface RoutingContext {
  readonly operation: OperationRecord;
}

const planCacheSize = 1_000;

/**
 * What the engine asks for one subgraph: one partner answers, or many of one schema do.
 *
 * The engine gets data only. Errors are located and kept in the operation’s record, since the engine puts those of
 * entity fetches at wrong places where a field is abstract.
 */
export class SliceDataSource implements GraphQLDataSource<RoutingContext> {
  readonly #plans = new LRUCache<string, SpreadPlan>({ max: planCacheSize });

  constructor(readonly slice: Slice) {}

  async process(
    options: GraphQLDataSourceProcessOptions<RoutingContext>,
  ): Promise<{ data: Record<string, unknown> }> {
    if (!('incomingRequestContext' in options)) throw new Error('Only operations are asked here.');
    const { request, context, pathInIncomingRequest = [] } = options;
    const plan = this.#planFor(request.query ?? '');
    const fetch: Fetch = {
      slice: this.slice,
      operation: context.operation,
      variables: { ...plan.defaults, ...request.variables },
      name: request.operationName?.replace(/__\w+?__\d+$/, ''),
      path: pathInIncomingRequest,
    };
    const data =
      plan.kind === 'roots' ? await askRoots(plan, fetch) : await askEntities(plan, fetch);
    if (plan.kind === 'roots' && fetch.path.length === 0) keepInTree(fetch.operation.tree, data);
    return { data };
  }

  #planFor(fetchText: string): SpreadPlan {
    const text = unnameOperation(fetchText);
    let plan = this.#plans.get(text);
    if (!plan) {
      plan = createSpreadPlan(this.slice.model, text);
      this.#plans.set(text, plan);
    }
    return plan;
  }
}

/** As the engine does: what came first stands, and what comes later is merged into it. */
function keepInTree(tree: Record<string, unknown>, data: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(data)) tree[key] ??= value;
}
