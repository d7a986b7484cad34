import type { CodeMeter } from '../codegen/code-unit.js';
import { askEntities, type AskedEntities } from './ask-entities.js';
import { askRoots } from './ask-roots.js';
import type { FetchCall, Slice } from './fetch.js';
import { createSpreadPlan } from './plan/fan-out-plan.js';

export type Row = Record<string, unknown>;

/**
 * One fetch of the engine’s plans, prepared: one partner answers it, or many of one schema do.
 *
 * It gives data alone, checked and projected. Errors are located and kept in the operation’s record.
 */
export type SubgraphFetch =
  | { readonly kind: 'roots'; ask(call: FetchCall): Promise<Row> }
  | {
      readonly kind: 'entities';
      /** The response keys that an entity may have. */
      readonly keys: readonly string[];
      /** The entities, in the order of their representations. */
      ask(call: FetchCall, entities: AskedEntities): Promise<(Row | null)[]>;
    };

export interface FetchText {
  /** As it stands in the engine’s plan. */
  readonly text: string;
  /** The client’s own name for the operation. */
  readonly operationName: string | undefined;
}

/** Prepares a fetch for its subgraph: nothing of it is parsed or printed when it runs. */
export function prepareFetch(
  slice: Slice,
  { text, operationName }: FetchText,
  meter?: CodeMeter,
): SubgraphFetch {
  const plan = createSpreadPlan(slice.model, text, operationName, meter);
  if (plan.kind === 'roots') {
    return { kind: 'roots', ask: (call) => askRoots(plan, { ...call, slice }) };
  }
  return {
    kind: 'entities',
    keys: plan.keys,
    ask: (call, entities) => askEntities(plan, { ...call, slice }, entities),
  };
}
