import { describe, expect, it, vi } from 'vitest';
import { OperationRecord } from './operation-record.js';
import type { PartnerCall } from './partners/partner-port.js';
import { createTestModel } from './rules/test-model.js';
import { prepareFetch, type SubgraphFetch } from './subgraph-fetch.js';
import { createTestSubgraph } from './test-subgraph.js';

const model = createTestModel(`
  type Query { copy(id: ID!): Copy @route(by: "id") loans(of: ID): Int @gather(narrowBy: "of") both(first: Int = 3): Int @gather
    people(filter: Filter): Int @gather(narrowBy: ["filter.of", "filter.unit"], ownerOnly: ["filter.name"]) }
  input Filter { of: Of unit: ID name: String age: Int } enum Of { NORTH SOUTH }
  type Copy @key(fields: "id") @route(by: "id") { id: ID! name: String }
  scalar _Any union _Entity = Copy
`);

function prepare(
  text: string,
  answers: (call: PartnerCall, code: string) => unknown,
  operationName?: string,
) {
  const calls: { code: string; call: PartnerCall }[] = [];
  const subgraph = createTestSubgraph(model, (code) => ({
    ask(call) {
      calls.push({ code, call });
      return Promise.resolve({ json: { data: answers(call, code) }, httpStatus: 200 });
    },
  }));
  const fetch: SubgraphFetch = prepareFetch(subgraph, { text, operationName });
  const operation = new OperationRecord('r', new AbortController().signal, Infinity);
  const call = (variables: Record<string, unknown> = {}) => ({ operation, variables, path: [] });
  return { fetch, calls, call, operation };
}

describe('prepareFetch', () => {
  it('sends a partner only the variables that it uses, and each field to its partners', async () => {
    const text =
      'query Op__branches__0($id: ID!, $first: Int, $unused: Int) { copy(id: $id) { id } both(first: $first) }';
    const { fetch, calls, call } = prepare(
      text,
      ({ query }) => ({
        ...(query.includes('copy') && { copy: { id: 'north:1', hub__owner: 'north:1' } }),
        both: 2,
      }),
      'Op',
    );
    if (fetch.kind !== 'roots') throw new Error('No root fields.');
    const data = await fetch.ask(call({ id: 'north:1', first: 5, unused: 1 }));
    expect(data).toEqual({ copy: { __typename: 'Copy', id: 'north:1' }, both: 4 });
    expect(
      calls.map(({ code, call: { variables, operationName } }) => [code, variables, operationName]),
    ).toEqual([
      ['north', { id: 'north:1', first: 5 }, 'Op'],
      ['south', { first: 5 }, 'Op'],
    ]);
    expect(calls[1]?.call.query).not.toContain('copy');
    expect(calls[1]?.call.query).toMatch(/^query Op\(\$first: Int\)/);
  });

  it('writes a document once, however often it is sent', async () => {
    const { fetch, calls, call } = prepare('query Op__branches__0 { loans }', () => ({ loans: 1 }));
    if (fetch.kind !== 'roots') throw new Error('No root fields.');
    for (const _ of [1, 2]) expect(await fetch.ask(call())).toEqual({ loans: 2 });
    // The engine’s name for the fetch does not reach a partner.
    expect(calls.map(({ call: { query } }) => query)).toEqual(Array(4).fill('{\n  loans\n}'));
  });

  it('returns entities in the order of their representations, each from its owner', async () => {
    const text =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Copy { name } } }';
    const { fetch, calls, call } = prepare(text, ({ variables }, code) => ({
      _entities: (variables.representations as { id: string }[]).map(({ id }) => ({
        hub__type: 'Copy',
        hub__owner: id,
        hub__key_id: id,
        name: `${code} ${id}`,
        forged: true,
      })),
    }));
    if (fetch.kind !== 'entities') throw new Error('No entities.');
    const representations = ['south:1', 'north:1', 'south:2', 'east:1'].map((id) => ({
      __typename: 'Copy',
      id,
    }));
    const entities = await fetch.ask(call(), { representations, placesOf: () => [] });
    expect(entities.map((entity) => entity?.name)).toEqual([
      'south south:1',
      'north north:1',
      'south south:2',
      null,
    ]);
    expect(JSON.stringify(entities)).not.toMatch(/forged|hub__/);
    expect(calls).toHaveLength(2);
  });

  const name = 'Kai Berg';
  const byVariable = 'query ($filter: Filter) { both people(filter: $filter) }';

  it.each<[what: string, text: string, variables: Record<string, unknown>]>([
    ['a variable', byVariable, { filter: { name } }],
    ['a variable with no owner', byVariable, { filter: { name, of: null, unit: null, age: 30 } }],
    [
      'a variable in a filter',
      'query ($name: String) { both people(filter: { name: $name }) }',
      { name },
    ],
    ['a text', `{ both people(filter: { name: "${name}" }) }`, {}],
  ])('sends no partner what is for the owner alone where %s names none', async (_, text, given) => {
    const { fetch, calls, call, operation } = prepare(text, () => ({ both: 1, people: 1 }));
    if (fetch.kind !== 'roots') throw new Error('No root fields.');
    const record = vi.spyOn(operation, 'recordError');
    expect(await fetch.ask(call(given))).toEqual({ both: 2, people: null });
    expect(calls).toHaveLength(2);
    expect(JSON.stringify(calls)).not.toContain(name);
    const message = '`filter.name` needs `filter.of`.';
    const extensions = { argument: 'filter.of' };
    expect(record.mock.calls).toEqual([
      [{ path: ['people'], code: 'BAD_USER_INPUT', message, extensions }],
    ]);
  });

  it.each([
    [{ name, of: 'SOUTH' }, ['south']],
    [{ name, unit: 'north:1' }, ['north']],
    [{ name, of: 'SOUTH', unit: 'north:1' }, []],
    [{ name, unit: 'east:1' }, []],
    [{ name: null }, ['north', 'south']],
    [{ age: 30 }, ['north', 'south']],
  ])('sends %j to its owner alone', async (filter, partners) => {
    const { fetch, calls, call } = prepare(byVariable.replace('both', ''), () => ({ people: 1 }));
    if (fetch.kind !== 'roots') throw new Error('No root fields.');
    await fetch.ask(call({ filter }));
    expect(calls.map(({ code }) => code)).toEqual(partners);
  });
});
