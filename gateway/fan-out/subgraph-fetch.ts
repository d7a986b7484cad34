import type { CodeMeter } from '../engine/codegen/code-unit.js';
import { askEntities, type RequestedEntities } from './ask-entities.js';
import { askRoots } from './ask-roots.js';
import type { FetchCall, SubgraphPartners } from './fetch.js';
import { createFanOutPlan } from './plan/fan-out-plan.js';

export type Row = Record<string, unknown>;

/**
 * A prepared fetch of the engine’s plan. One partner or many partners serve it.
 *
 * It returns data only, checked and projected. Errors go into the operation’s record.
 */
export type SubgraphFetch =
  | { readonly kind: 'roots'; ask(call: FetchCall): Promise<Row> }
  | {
      readonly kind: 'entities';
      /** The response keys that an entity may have. */
      readonly keys: readonly string[];
      /** The entities, in the order of their representations. */
      ask(call: FetchCall, entities: RequestedEntities): Promise<(Row | null)[]>;
    };

export interface FetchText {
  /** The text of the fetch in the engine’s plan. */
  readonly text: string;
  /** The client’s name of the operation. */
  readonly operationName: string | undefined;
}

/** Prepares a fetch for its subgraph, so that nothing is parsed or printed when it runs. */
export function prepareFetch(
  subgraph: SubgraphPartners,
  { text, operationName }: FetchText,
  meter?: CodeMeter,
): SubgraphFetch {
  const plan = createFanOutPlan(subgraph.model, text, operationName, meter);
  if (plan.kind === 'roots') {
    return { kind: 'roots', ask: (call) => askRoots(plan, { ...call, subgraph, text }) };
  }
  return {
    kind: 'entities',
    keys: plan.keys,
    ask: (call, entities) => askEntities(plan, { ...call, subgraph, text }, entities),
  };
}
