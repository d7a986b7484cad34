import { isObjectType, type GraphQLSchema } from 'graphql';
import type { FetchText, SubgraphFetch } from '../../fan-out/subgraph-fetch.js';
import { CodeUnit, readAt, type CodeMeter } from '../codegen/code-unit.js';
import type { ResponsePath } from '../documents/response-path.js';
import type { FetchNode, RequiredSelection } from '../planning/query-plan.js';
import { compileRepresentation } from './compile-representation.js';
import { compileRewrites } from './compile-rewrites.js';
import type { SlicePlan } from './plan-slices.js';
import type { Step } from './run.js';
import { collectRows, copyValue, locateRows, mergeRows, mergeValues, type Row } from './tree.js';

/** Merges an entity into an object. If several objects get the same entity, each gets a copy. */
type MergeEntity = (target: Row, entity: Row, isCopied: boolean) => void;

/** Makes a function that merges entities with these response keys only. */
export function compileMerge(keys: readonly string[], meter: CodeMeter): MergeEntity {
  const unit = new CodeUnit(meter);
  const [copy, merge] = [unit.addConstant(copyValue), unit.addConstant(mergeValues)];
  const lines = keys.map((key) => {
    const [there, from] = [readAt('t', key), readAt('e', key)];
    const target = `t[${JSON.stringify(key)}]`;
    return (
      `x=${from};if(typeof x==="object"&&x!==null)${target}=${merge}(${there},c?${copy}(x):x);` +
      `else if(x!==undefined)${target}=x;`
    );
  });
  return unit.build<MergeEntity>(unit.addFunction(['t', 'e', 'c'], `let x;${lines.join('')}`));
}

/** Prepares a fetch for the partners of its subgraph. */
export type PrepareFetch = (subgraph: string, fetch: FetchText, meter: CodeMeter) => SubgraphFetch;

/** What a fetch is compiled with. */
export interface FetchCompiler {
  readonly supergraphSchema: GraphQLSchema;
  readonly prepareFetch: PrepareFetch;
  readonly operationName: string | undefined;
  readonly slices: SlicePlan;
  readonly meter: CodeMeter;
}

/**
 * Makes the step of a fetch: it represents the objects at its path, fetches their entities, and
 * merges the result into them.
 */
export function compileFetch(compiler: FetchCompiler, node: FetchNode, path: ResponsePath): Step {
  const { supergraphSchema, prepareFetch, operationName, slices, meter } = compiler;
  const offered = slices.offer(node, path);
  const text = { text: node.operation, operationName, slices: offered };
  const fetch = prepareFetch(node.serviceName, text, meter);
  if (fetch.slices) slices.take(path, fetch.slices);
  const rewrite = compileRewrites(supergraphSchema, node.outputRewrites);
  if (fetch.kind === 'roots') return compileRoots(fetch, path, rewrite);
  return compileEntities(compiler, node, fetch, path, rewrite);
}

type RewriteRow = ((row: Row) => void) | undefined;

function compileRoots(
  fetch: Extract<SubgraphFetch, { kind: 'roots' }>,
  path: ResponsePath,
  rewrite: RewriteRow,
): Step {
  return async ({ operation, variables, tree }) => {
    const rows = collectRows(tree, path);
    if (rows.length === 0) return;
    const came = await fetch.ask({ operation, variables, path });
    rewrite?.(came);
    rows.forEach((row, index) => mergeRows(row, index === 0 ? came : (copyValue(came) as Row)));
  };
}

/** The objects of an entity fetch, and their representations without duplicates. */
interface Represented {
  readonly representations: Row[];
  /** The objects, in their order. */
  readonly rows: Row[];
  /**
   * For each object, the index of its representation. A new representation comes after all earlier
   * ones.
   */
  readonly indices: number[];
}

interface Representing {
  readonly represent: ReturnType<typeof compileRepresentation>;
  readonly rewrite: RewriteRow;
  /** The type and the key by whose value alone objects are compared. */
  readonly sole: ReturnType<typeof findSoleKey>;
}

/** Represents objects, equal ones once. */
function createRepresentAll({ represent, rewrite, sole }: Representing) {
  return (objects: readonly Row[]): Represented => {
    const represented: Represented = { representations: [], rows: [], indices: [] };
    const { representations, rows, indices } = represented;
    const known = new Map<unknown, number>();
    const texts = new Map<string, number>();
    for (const row of objects) {
      const name = sole && row.__typename === sole.type ? row[sole.key] : undefined;
      const isName = typeof name === 'string' || typeof name === 'number';
      let index = isName ? known.get(name) : undefined;
      if (index === undefined) {
        const representation = represent(row);
        if (!representation) continue;
        const text = isName ? undefined : textOf(representation);
        index = (text === undefined ? undefined : texts.get(text)) ?? representations.length;
        if (index === representations.length) {
          if (text === undefined) known.set(name, index);
          else texts.set(text, index);
          rewrite?.(representation);
          representations.push(representation);
        }
      }
      rows.push(row);
      indices.push(index);
    }
    return represented;
  };
}

function compileEntities(
  { supergraphSchema, meter }: FetchCompiler,
  { requires = [], inputRewrites, outputRewrites }: FetchNode,
  fetch: Extract<SubgraphFetch, { kind: 'entities' }>,
  path: ResponsePath,
  rewrite: RewriteRow,
): Step {
  const merge = outputRewrites ? mergeAny : compileMerge(fetch.keys, meter);
  const representAll = createRepresentAll({
    represent: compileRepresentation(supergraphSchema, requires, meter),
    rewrite: compileRewrites(supergraphSchema, inputRewrites),
    sole: findSoleKey(supergraphSchema, requires),
  });
  return async ({ operation, variables, tree }) => {
    const { representations, rows, indices } = representAll(collectRows(tree, path));
    if (representations.length === 0) return;
    let places: readonly ResponsePath[][] | undefined;
    // All paths are found in one walk. If a partner is unavailable, thousands may be needed.
    const placesOf = (wanted: number) =>
      (places ??= locateAll(tree, path, rows, indices))[wanted] ?? [];
    const call = { operation, variables, path };
    const entities = await fetch.ask(call, {
      representations,
      placesOf,
      recordDangling(wanted, owner) {
        const reference = { representation: representations[wanted] ?? {}, owner };
        for (const [place, row] of rows.entries())
          if (indices[place] === wanted) operation.dangling.rows.set(row, reference);
      },
    });
    let next = 0;
    for (let place = 0; place < rows.length; place += 1) {
      const index = indices[place] as number;
      const entity = entities[index];
      const isFirst = index === next;
      if (isFirst) next += 1;
      if (!entity) continue;
      const row = rows[place] as Row;
      if (rewrite && isFirst) {
        // If no type arrived, the known type is used, because a rewrite may depend on it.
        entity.__typename ??= row.__typename;
        rewrite(entity);
      }
      merge(row, entity, !isFirst);
    }
  };
}

/** The client’s paths to each representation. */
function locateAll(
  tree: Row,
  path: ResponsePath,
  rows: readonly Row[],
  indices: readonly number[],
): ResponsePath[][] {
  const indexOf = new Map(rows.map((row, place) => [row, indices[place]]));
  const places: ResponsePath[][] = [];
  locateRows(tree, path, (row, place) => {
    const index = indexOf.get(row);
    if (index !== undefined) (places[index] ??= []).push(place);
  });
  return places;
}

/**
 * The single field that a representation needs besides its type. Such an entity is identified by
 * one value.
 */
function findSoleKey(
  schema: GraphQLSchema,
  requires: readonly RequiredSelection[],
): { readonly type: string; readonly key: string } | undefined {
  const [only, ...others] = requires;
  if (others.length > 0 || only?.kind !== 'InlineFragment') return undefined;
  const { typeCondition: type = '', selections } = only;
  if (!isObjectType(schema.getType(type))) return undefined;
  const [key, ...more] = selections.flatMap((selection) =>
    selection.kind === 'Field' && selection.name === '__typename' ? [] : [selection],
  );
  if (more.length > 0 || key?.kind !== 'Field' || key.selections) return undefined;
  return { type, key: key.alias ?? key.name };
}

const mergeAny: MergeEntity = (target, entity, isCopied) =>
  mergeRows(target, isCopied ? (copyValue(entity) as Row) : entity);

/** Equal representations have equal texts, and different ones have different texts. */
function textOf(representation: Row): string {
  let text = '';
  for (const name in representation) {
    const value = representation[name];
    text +=
      typeof value === 'string'
        ? `${name} ${value.length} ${value}`
        : `${name} ${JSON.stringify(value)}`;
  }
  return text;
}
