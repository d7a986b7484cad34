import { startWork, WrittenData, type Charge } from '@hub/shared/graphql';
import { getOperationAST, Kind, type DocumentNode, type FragmentDefinitionNode } from 'graphql';
import type { DanglingReference } from '../../fan-out/dangling-references.js';
import type { Variables } from '../../fan-out/fetch.js';
import type { OperationRecord } from '../../fan-out/operation-record.js';
import type { CodeMeter } from '../codegen/code-unit.js';
import { readDefaults } from '../documents/read-defaults.js';
import { createValueNamer } from '../documents/reserved-variables.js';
import type { ResponsePath } from '../documents/response-path.js';
import { createUnslice } from '../documents/slices.js';
import type { EngineVersion } from '../planning/engine-internals.js';
import type { PlanNode, QueryPlan } from '../planning/query-plan.js';
import { compileCompletion, type Complete, type ErrorHandling } from './compile-completion.js';
import { compileFetch, type FetchCompiler, type PrepareFetch } from './compile-fetch.js';
import { findLosses } from './find-losses.js';
import { createIntrospection } from './introspection.js';
import { planSlices } from './plan-slices.js';
import type { Run, Step } from './run.js';
import type { Row } from './tree.js';

/** Compiles the steps of a plan. */
function compilePlan(compiler: FetchCompiler, { node }: QueryPlan): Step {
  return node ? compileNode(compiler, node, []) : () => Promise.resolve();
}

function compileNode(compiler: FetchCompiler, node: PlanNode, path: ResponsePath): Step {
  switch (node.kind) {
    case 'Fetch':
      return withoutThrowing(compileFetch(compiler, node, path));
    case 'Flatten':
      return compileNode(compiler, node.node, [...path, ...node.path]);
    case 'Sequence': {
      const steps = node.nodes.map((inner) => compileNode(compiler, inner, path));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((inner) => compileNode(compiler, inner, path));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    default:
      throw new Error(`Plan nodes of the kind ${node.kind} are not supported.`);
  }
}

const withoutThrowing =
  (step: Step): Step =>
  async (run: Run) => {
    try {
      await step(run);
    } catch (error) {
      run.errors.push(error);
    }
  };

/**
 * The result of an operation. `errors` has unexpected errors only. All others are in the
 * operation’s record.
 */
interface ExecutedOperation {
  readonly data: Record<string, unknown> | WrittenData | null;
  readonly errors: readonly unknown[];
}

interface ExecutionOptions {
  /** Called with the work of introspection, which no partner does. @default it is not counted */
  readonly charge?: Charge | undefined;
  /** Whether the data may be {@link WrittenData}. @default false */
  readonly takesText?: boolean | undefined;
}

/** A compiled operation, which can run any number of times. */
export interface CompiledOperation {
  /** The estimated memory. It grows when the operation meets types for the first time. */
  readonly bytes: number;
  execute(
    operation: OperationRecord,
    variables: Variables,
    options?: ExecutionOptions,
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

/**
 * What introspection of the whole graph takes once it has run a few times. The first one of a
 * process takes several times as long, and must not use up the rate of its caller.
 */
const mostIntrospectionMs = 40;

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
  const fragments = readFragments(document);
  const slices = planSlices({ schema, supergraphSchema }, operation, fragments, plan);
  const operationOfFetches = {
    operationName: ownName,
    supergraphSchema,
    prepareFetch,
    slices,
    meter,
  };
  const run = compilePlan(operationOfFetches, plan);
  const slicing = { slices: slices.taken, unslice: createUnslice(slices.taken) };
  const { complete, write } = compileCompletion(
    schema,
    operation,
    fragments,
    meter,
    handling,
    slicing,
  );
  const introspect = createIntrospection(schema, operation, fragments);
  const defaults = readDefaults(operation);
  const nameValues = createValueNamer(operation);
  const losses = (tree: Row, cut?: readonly ResponsePath[]) =>
    findLosses(schema, operation, fragments, tree, handling, cut);
  const finish = createFinish(complete, losses, handling);
  const planBytes = bytesOfPlan * JSON.stringify(plan).length;
  return {
    get bytes() {
      return planBytes + bytesOfCode * meter.characters;
    },
    async execute(record, values, { charge, takesText = false } = {}) {
      const given = nameValues ? nameValues(values) : values;
      const variables = defaults ? { ...defaults, ...given } : given;
      const state: Run = { operation: record, variables, tree: {}, errors: [] };
      await run(state);
      const isPlain = !record.hasErrors && state.errors.length === 0;
      if (takesText && write && isPlain && !introspect && record.dangling.rows.size === 0) {
        const completion = { introspection: {}, isLost: false };
        const text = write(state.tree, completion);
        if (!completion.isLost) return { data: new WrittenData(text), errors: [] };
      }
      slicing.unslice(state.tree, '');
      const stop = introspect && startWork();
      const introspection = introspect?.(given) ?? {};
      if (stop) charge?.({ ms: Math.min(stop(), mostIntrospectionMs) });
      const data = finish(state, introspection);
      if (record.hasErrors) record.tree = state.tree;
      return { data, errors: state.errors };
    },
  };
}

type FindLosses = (tree: Row, cut?: readonly ResponsePath[]) => ReturnType<typeof findLosses>;

/**
 * Completes the tree of a run. A reference to a record that does not exist is null, and costs at
 * most the row of a list that holds it.
 */
function createFinish(complete: Complete, losses: FindLosses, { propagates }: ErrorHandling) {
  return ({ tree, operation: record }: Run, introspection: Row): Row | null => {
    const completion = { introspection, isLost: false };
    const cut =
      record.dangling.rows.size > 0
        ? cutDangling(tree, record, ({ owner }) => owner !== undefined)
        : [];
    const data = complete(tree, completion);
    if (!completion.isLost) return data;
    let found = losses(tree, cut);
    if (record.dangling.rows.size > 0) {
      // An id that names no partner has nulls for the rest, which are not allowed everywhere. A
      // record further below is another’s.
      const isLost = (path: ResponsePath) =>
        found.losses.some(
          (loss) =>
            loss.path.length === path.length + 1 &&
            path.every((step, depth) => loss.path[depth] === step),
        );
      const more = cutDangling(
        tree,
        record,
        ({ owner }, path) => owner === undefined && isLost(path),
      );
      if (more.length > 0) found = losses(tree, [...cut, ...more]);
    }
    if (!propagates || found.leftOut.length === 0) {
      record.recordLosses(found.losses);
      return complete(tree, completion);
    }
    for (const { list, path, rows } of found.leftOut) {
      list.splice(0, list.length, ...list.filter((_, index) => !rows.has(index)));
      record.leaveOut(path, rows);
    }
    record.recordLosses(losses(tree, cut).losses);
    return complete(tree, completion);
  };
}

/**
 * Replaces references to records that do not exist by null, and records an error at each. Returns
 * their paths.
 * @param isCut which ones
 */
function cutDangling(
  tree: Row,
  record: OperationRecord,
  isCut: (reference: DanglingReference, path: ResponsePath) => boolean,
): ResponsePath[] {
  const { dangling } = record;
  const givers = dangling.findGivers();
  const cut: ResponsePath[] = [];
  const walk = (parent: Row, here: ResponsePath): void => {
    const isList = Array.isArray(parent);
    for (const [key, value] of Object.entries(parent)) {
      if (typeof value !== 'object' || value === null) continue;
      const row = value as Row;
      const path = [...here, isList ? Number(key) : key];
      const reference = dangling.rows.get(row);
      if (!reference || !isCut(reference, path)) {
        walk(row, path);
        continue;
      }
      parent[key] = null;
      cut.push(path);
      record.recordDangling(path, reference, givers.get(row));
    }
  };
  walk(tree, []);
  return cut;
}

function readFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}
