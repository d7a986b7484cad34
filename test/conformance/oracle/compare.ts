import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { openPolicies } from '@hub/shared/testing';
import fc from 'fast-check';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { expect } from 'vitest';
import { readContract } from '../../../gateway/registry/contracts.js';
import type { Answer, OpenHub } from '../../e2e/network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { createOneSchema, type OneSchema } from './one-schema.js';
import { drawOperation, type Operation } from './operations.js';
import { planSides, polices, readRows } from './rows.js';
import { createDrawValue } from './values.js';

/** The real network, and one schema over the same databases to compare it with. */
export interface Oracle extends AsyncDisposable {
  readonly network: OpenNetwork;
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
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
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

/** One schema over the databases of the network’s partners. */
async function openOneSchema(network: OpenNetwork): Promise<OneSchema> {
  const served = [
    { definition: nbnp, codes: ['nbnp'] },
    { definition: ncmOffices, codes: ['ncm'] },
    { definition: nationalPolice, codes: polices },
  ];
  const partners = await Promise.all(
    served.flatMap(({ definition: { subgraph, createSubgraph }, codes }) =>
      codes.map(async (code) => {
        const { schema } = await createSubgraph(openPolicies);
        return { code, subgraph, schema, source: network.serverOf(code).source };
      }),
    ),
  );
  const contracts = served.map(({ definition: { subgraph } }) => readContract(subgraph));
  return createOneSchema(network.hub.schema, contracts, partners);
}

export async function openOracle(): Promise<Oracle> {
  const network = await openNetwork('demonstration');
  await planSides(network);
  const { schema } = network.hub;
  const runOneSchema = await openOneSchema(network);
  const drawValue = createDrawValue(await readRows(network));

  const check: Oracle['check'] = async (hub, away, { query, variables }) => {
    const document = parse(query);
    const expected = await runOneSchema(document, variables, away);
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
