import { describe, expect, it } from 'vitest';
import type { ResponsePath } from '../engine/documents/response-path.js';
import type { LocatedError } from './error-list.js';
import { OperationRecord } from './operation-record.js';
import { createTestModel } from './rules/test-model.js';
import { prepareFetch } from './subgraph-fetch.js';
import { createTestSubgraph } from './test-subgraph.js';

const model = createTestModel(`
  type Query { x: Int @gather }
  type Row { id: ID! name: String }
  type Group @key(fields: "id") { id: ID! rows: [Row!] @gather(orderBy: "id") }
  scalar _Any union _Entity = Group
`);
const text =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Group { __typename id rows { id name } } } }';

/** Counts the errors that it is given. */
class CountingRecord extends OperationRecord {
  given = 0;
  override recordError(error: LocatedError): void {
    this.given += 1;
    super.recordError(error);
  }
}

const placesOfGroup = Array.from({ length: 1_000 }, (_, index) => ['visits', index, 'group']);

/** What a client with a thousand visits of one group gets if `north` sends these errors. */
async function ask(errors: readonly object[]) {
  const row = (id: string) => ({ id, name: null, hub__0: id });
  const groupOf = (code: string) => ({
    __typename: 'Group',
    id: 'g',
    hub__type: 'Group',
    hub__key_id: 'g',
    rows: [row(code)],
  });
  const subgraph = createTestSubgraph(model, (code) => {
    const data = { _entities: [groupOf(code)] };
    const json = code === 'north' ? { data, errors } : { data };
    return { ask: () => Promise.resolve({ json, httpStatus: 200 }) };
  });
  const fetch = prepareFetch(subgraph, { text, operationName: undefined });
  if (fetch.kind !== 'entities') throw new Error('No entities.');
  const operation = new CountingRecord('r', new AbortController().signal, Infinity);
  await fetch.ask(
    { operation, variables: {}, path: [] },
    { representations: [{ __typename: 'Group', id: 'g' }], placesOf: () => placesOfGroup },
  );
  return operation;
}

const forbidden = (...path: ResponsePath) => ({
  message: 'no',
  path: ['_entities', 0, ...path],
  extensions: { code: 'FORBIDDEN' },
});

describe('errors at an entity that the client has at a thousand places', () => {
  it('are recorded once for each place, however often the partner sends them', async () => {
    const { given, errors } = await ask(
      Array.from({ length: 10_000 }, () => forbidden('rows', 0, 'name')),
    );
    expect(given).toBe(1_000);
    expect(errors.map(({ path }) => path)).toEqual(
      placesOfGroup.map((place) => [...place, 'rows', 0, 'name']),
    );
  });

  it('are recorded nowhere if their rows are not in the merged list', async () => {
    const { given } = await ask(
      Array.from({ length: 10_000 }, (_, index) => forbidden('rows', 1 + index, 'name')),
    );
    expect(given).toBe(0);
  });
});
