import type { GraphQLSchema } from 'graphql';
import type { CodeMeter } from '../code-unit.js';
import type { ResponsePath } from '../routing/operation-record.js';
import type { FetchText, SubgraphFetch } from '../routing/subgraph-fetch.js';
import { compileMerge, type MergeEntity } from './compile-merge.js';
import { compileRepresentation } from './compile-representation.js';
import type { FetchNode } from './engine-internals.js';
import { compileRewrites } from './rewrites.js';
import type { Step } from './run.js';
import { collectRows, copyValue, locateRows, mergeRows, type Row } from './tree.js';

/** Prepares the fetches of a subgraph for those who answer for it. */
export type PrepareFetch = (subgraph: string, fetch: FetchText, meter: CodeMeter) => SubgraphFetch;

/** What a fetch is compiled with. */
export interface FetchCompiler {
  readonly supergraphSchema: GraphQLSchema;
  readonly prepareFetch: PrepareFetch;
  readonly operationName: string | undefined;
  readonly meter: CodeMeter;
}

/** Makes the step of a fetch: what is at its path is represented, asked about, and what comes is merged into it. */
export function compileFetch(compiler: FetchCompiler, node: FetchNode, path: ResponsePath): Step {
  const { supergraphSchema, prepareFetch, operationName, meter } = compiler;
  const fetch = prepareFetch(node.serviceName, { text: node.operation, operationName }, meter);
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

/** The objects that a fetch asks about, each entity once. */
interface Represented {
  readonly representations: Row[];
  /** The objects of each entity. */
  readonly rows: Row[][];
}

function compileEntities(
  { supergraphSchema, meter }: FetchCompiler,
  { requires = [], inputRewrites, outputRewrites }: FetchNode,
  fetch: Extract<SubgraphFetch, { kind: 'entities' }>,
  path: ResponsePath,
  rewrite: RewriteRow,
): Step {
  const represent = compileRepresentation(supergraphSchema, requires, meter);
  const rewriteInput = compileRewrites(supergraphSchema, inputRewrites);
  const merge = outputRewrites ? mergeAny : compileMerge(fetch.keys, meter);
  const representAll = (rows: readonly Row[]): Represented => {
    const represented: Represented = { representations: [], rows: [] };
    const indices = new Map<string, number>();
    for (const row of rows) {
      const representation = represent(row);
      if (!representation) continue;
      const text = textOf(representation);
      const index = indices.get(text);
      if (index !== undefined) {
        represented.rows[index]?.push(row);
        continue;
      }
      indices.set(text, represented.representations.length);
      rewriteInput?.(representation);
      represented.representations.push(representation);
      represented.rows.push([row]);
    }
    return represented;
  };
  return async (run) => {
    const { operation, variables, tree } = run;
    const { representations, rows } = representAll(collectRows(tree, path));
    if (representations.length === 0) return;
    const placesOf = (index: number) => locateRows(tree, path, new Set(rows[index]));
    const call = { operation, variables, path };
    const entities = await fetch.ask(call, { representations, placesOf });
    entities.forEach((entity, index) => {
      const targets = rows[index];
      if (entity === null || !targets) return;
      if (rewrite) {
        // A type that did not come is the one that is known: what is renamed may depend on it.
        entity.__typename ??= targets[0]?.__typename;
        rewrite(entity);
      }
      for (let place = 0; place < targets.length; place += 1) {
        merge(targets[place] as Row, entity, place > 0);
      }
    });
  };
}

const mergeAny: MergeEntity = (target, entity, isCopied) =>
  mergeRows(target, isCopied ? (copyValue(entity) as Row) : entity);

/** The same text for the same representation, and another for every other. */
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
