import fc from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  parse,
  validate,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { expect } from 'vitest';
import type { Answer, OpenHub } from '../../e2e/network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { createMonolith } from './monolith.js';
import { drawOperation, type Operation } from './operations.js';
import { readRows, type Row, type Rows } from './rows.js';
import { createDrawValue } from './values.js';

/** The real network, and one schema over the same rows to compare it with. */
export interface Oracle extends AsyncDisposable {
  readonly network: OpenNetwork;
  readonly rows: Rows;
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  /** Compares what is drawn; the seed is in the message of a failure. */
  compare(
    hub: OpenHub,
    away: readonly string[],
    runs: { seed: number; numRuns: number },
  ): Promise<void>;
  /** Compares one operation. */
  check(
    hub: OpenHub,
    away: readonly string[],
    operation: Operation,
  ): Promise<'compared' | 'refused'>;
}

const errorsOf = ({ errors = [] }: Answer): string[] =>
  errors
    .map(({ path = [], extensions: { code, partner } }) =>
      [path.join('.'), code, ...(partner ? [partner] : [])].join(' '),
    )
    .sort();

/** Where two answers first differ, and how; empty where they do not. */
function findDifference(actual: unknown, expected: unknown, path = ''): string {
  const isTree = (value: unknown): value is Row => typeof value === 'object' && value !== null;
  if (!isTree(actual) || !isTree(expected))
    return actual === expected
      ? ''
      : `${path}: is ${JSON.stringify(actual)}, should be ${JSON.stringify(expected)}`;
  const keys = [actual, expected].map((value) => Object.keys(value).sort().join(' '));
  if (keys[0] !== keys[1]) return `${path}: has ${keys[0]}, should have ${keys[1]}`;
  return Object.keys(expected)
    .map((key) => findDifference(actual[key], expected[key], `${path}.${key}`))
    .filter(Boolean)
    .slice(0, 5)
    .join('\n');
}

export async function openOracle(): Promise<Oracle> {
  const network = await openNetwork('demonstration');
  const rows = await readRows(network);
  const { data } = await network.ask(getIntrospectionQuery({ descriptions: false }));
  const introspection = data as IntrospectionQuery;
  const schema = buildClientSchema(introspection);
  const runMonolith = createMonolith(introspection, rows);
  const drawValue = createDrawValue(rows);

  const check: Oracle['check'] = async (hub, away, { query, variables }) => {
    const document = parse(query);
    const expected = runMonolith(document, variables, away);
    const answer = await hub.ask(query, variables);
    // What the hub would rather not answer, for its size, has no data at all.
    if (answer.errors?.[0]?.extensions.code === 'QUERY_TOO_COMPLEX') return 'refused';
    if (answer.data === undefined) throw new Error(JSON.stringify(answer.errors));
    const difference = findDifference(answer.data, expected.data);
    if (difference) throw new Error(`${difference}\n${JSON.stringify(answer.errors)}`);
    expect(errorsOf(answer), JSON.stringify(answer.errors)).toEqual(expected.errors);
    const named = new Set(
      expected.errors.flatMap((error) => /PARTNER_UNAVAILABLE (\w+)$/.exec(error)?.[1] ?? []),
    );
    const { complete, partners } = answer.extensions.completeness ?? {
      complete: true,
      partners: {},
    };
    const missing = Object.keys(partners).filter((code) => partners[code]?.status !== 'ANSWERED');
    expect({ complete, missing }).toEqual({
      complete: named.size === 0,
      missing: [...named].sort(),
    });
    return 'compared';
  };
  return {
    network,
    rows,
    schema,
    check,
    compare: (hub, away, runs) =>
      fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const operation = drawOperation(draw, schema, drawValue);
          // Now and then what is drawn has fields that do not merge: it is no operation then.
          fc.pre(validate(schema, parse(operation.query)).length === 0);
          try {
            fc.pre((await check(hub, away, operation)) === 'compared');
          } catch (error) {
            if (error instanceof fc.PreconditionFailure) throw error;
            const { query, variables } = operation;
            const message = error instanceof Error ? error.message : String(error);
            throw new Error(
              `without [${away.join(' ')}]\n${query}\n${JSON.stringify(variables)}\n${message}`,
              { cause: error },
            );
          }
        }),
        { ...runs, maxSkipsPerRun: 20, unbiased: true, endOnFailure: true },
      ),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}
