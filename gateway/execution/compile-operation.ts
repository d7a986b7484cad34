import type { Charge } from '@hub/shared/graphql';
import { getOperationAST, Kind, type DocumentNode, type FragmentDefinitionNode } from 'graphql';
import type { CodeMeter } from '../codegen/code-unit.js';
import { readDefaults } from '../documents/read-defaults.js';
import { createValueNamer } from '../documents/reserved-variables.js';
import type { EngineVersion } from '../planning/engine-internals.js';
import type { QueryPlan } from '../planning/query-plan.js';
import type { Variables } from '../routing/fetch.js';
import type { OperationRecord } from '../routing/operation-record.js';
import { compileCompletion, type ErrorHandling } from './compile-completion.js';
import type { PrepareFetch } from './compile-fetch.js';
import { compilePlan } from './compile-plan.js';
import { findLosses } from './find-losses.js';
import { createIntrospection } from './introspection.js';
import type { Run } from './run.js';

/**
 * The result of an operation. `errors` has unexpected errors only. All others are in the
 * operation’s record.
 */
interface ExecutedOperation {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly unknown[];
}

/** A compiled operation, which can run any number of times. */
export interface CompiledOperation {
  /** The estimated memory. It grows when the operation meets types for the first time. */
  readonly bytes: number;
  /** @param charge called with the work of introspection, which no partner does */
  execute(
    operation: OperationRecord,
    variables: Variables,
    charge?: Charge,
  ): Promise<ExecutedOperation>;
}

/** What is compiled: one operation of a valid document. All its conditions are decided. */
export interface OperationSource {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** What the client wants at a null that is not allowed. */
  readonly handling: ErrorHandling;
}

/**
 * Estimated memory for each character of code, once it is compiled and optimised, with the values
 * that it uses.
 */
const bytesOfCode = 12;

/** Estimated memory for each character of the plan, whose documents are also stored parsed. */
const bytesOfPlan = 40;

/** Compiles an operation from the engine’s plan of it. */
export function compileOperation(
  { schema, supergraphSchema }: EngineVersion,
  { document, operationName, handling }: OperationSource,
  plan: QueryPlan,
  prepareFetch: PrepareFetch,
): CompiledOperation {
  const meter: CodeMeter = { characters: 0 };
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('The document does not have this operation.');
  const ownName = operation.name?.value;
  const run = compilePlan({ supergraphSchema, prepareFetch, operationName: ownName, meter }, plan);
  const fragments = readFragments(document);
  const complete = compileCompletion(schema, operation, fragments, meter, handling);
  const introspect = createIntrospection(schema, operation, fragments);
  const defaults = readDefaults(operation);
  const nameValues = createValueNamer(operation);
  const planBytes = bytesOfPlan * JSON.stringify(plan).length;
  return {
    get bytes() {
      return planBytes + bytesOfCode * meter.characters;
    },
    async execute(record, values, charge) {
      const given = nameValues ? nameValues(values) : values;
      const variables = defaults ? { ...defaults, ...given } : given;
      const state: Run = { operation: record, variables, tree: {}, errors: [] };
      await run(state);
      const startedAt = performance.now();
      const completion = { introspection: introspect?.(given) ?? {}, isLost: false };
      if (introspect) charge?.({ ms: performance.now() - startedAt });
      const data = complete(state.tree, completion);
      if (completion.isLost)
        record.recordLosses(findLosses(schema, operation, fragments, state.tree, handling));
      return { data, errors: state.errors };
    },
  };
}

function readFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}
