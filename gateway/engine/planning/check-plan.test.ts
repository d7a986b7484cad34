import { composeServices } from '@apollo/composition';
import { HubError } from '@hub/shared/errors';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { narrowFragments } from '../documents/narrow-fragments.js';
import { reserveNames } from '../documents/response-names.js';
import { checkPlan } from './check-plan.js';
import { readEngineVersion } from './engine-internals.js';
import { ApolloGateway } from './engine.js';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@requires", "@external", "@interfaceObject"])`;

/** The code and message of the error. Undefined for a complete plan. */
async function check(subgraphs: Record<string, string>, query: string) {
  const { supergraphSdl = '', errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: 'http://127.0.0.1:9/',
      typeDefs: parse(federation + sdl),
    })),
  );
  if (errors) throw new AggregateError(errors, errors.join('\n'));
  const gateway = new ApolloGateway({ supergraphSdl });
  await gateway.load();
  const engine = readEngineVersion(gateway);
  await gateway.stop();
  const document = narrowFragments(engine.schema, reserveNames(parse(query)));
  const plan = await engine.plan({ document, operationName: undefined, storeKey: query });
  try {
    const { schema, keys } = engine;
    checkPlan(plan, { schema, document, operationName: undefined, keys });
  } catch (error) {
    if (error instanceof HubError) return `${error.code} ${error.message}`;
    throw error;
  }
  return undefined;
}

describe('OPERATION_UNPLANNABLE', () => {
  // In the subgraph `ports` no type implements the interface, so no path leads on from it.
  const ships = {
    fleet: `type Query { flagship: Ship } type Ship @key(fields: "id") @interfaceObject { id: ID! crew: Int }`,
    ports: `type Query { docked: Ship port: Port } type Port { id: ID berth: Ship }
      interface Ship @key(fields: "id") { id: ID! }`,
  };

  it.each([
    ['{ docked { crew } }', 'Query.docked'],
    ['{ docked { crew } flagship { id } }', 'Query.docked'],
    ['{ port { id at: berth { crew } } }', 'Port.berth'],
    ['{ port { ...P } } fragment P on Port { id berth { ... on Ship { c: crew } } }', 'Port.berth'],
  ])('rejects %s, which the planner plans incompletely', async (query, field) => {
    expect(await check(ships, query)).toBe(
      `OPERATION_UNPLANNABLE No subgraph resolves \`${field}\` here.`,
    );
  });

  it.each([
    '{ flagship { id crew } }',
    '{ docked { id } }',
    '{ a: port { b: berth { c: id __typename } } __typename __schema { queryType { name } } }',
  ])('takes %s', async (query) => {
    expect(await check(ships, query)).toBeUndefined();
  });

  it('rejects a plan that uses a key which the subgraph does not resolve', async () => {
    const beds = {
      wards: `type Query { bed: Bed } type Bed @key(fields: "code", resolvable: false) {
        code: ID! label: String @external shown: String @requires(fields: "label") }`,
      labels: `type Bed @key(fields: "code") { code: ID! label: String }`,
    };
    expect(await check(beds, '{ bed { shown } }')).toBe(
      'OPERATION_UNPLANNABLE No subgraph resolves `Bed` here.',
    );
    expect(await check(beds, '{ bed { code label } }')).toBeUndefined();
  });
});
