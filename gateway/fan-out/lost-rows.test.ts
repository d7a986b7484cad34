import { describe, expect, it } from 'vitest';
import { OperationRecord } from './operation-record.js';
import { type CallStatus } from './partners/call-status.js';
import type { PartnerResponse } from './partners/partner-port.js';
import { createTestModel } from './rules/test-model.js';
import { prepareFetch } from './subgraph-fetch.js';
import { createTestSubgraph } from './test-subgraph.js';

const model = createTestModel(`
  type Query {
    rows: [Row!] @gather(orderBy: "id")
    loans: Int @gather
    sites: [Site!] @gather(orderBy: ["country", "id"])
    grades: [Grade!] @gather(orderBy: ["mark", "id"])
    pages(first: Int, after: String): RowConnection @gather(orderBy: "id")
  }
  scalar CountryCode scalar Mark
  type Row { id: ID! }
  type Site { id: ID! country: CountryCode }
  type Grade { id: ID! mark: Mark }
  type RowEdge { cursor: String! node: Row! }
  type PageInfo { hasNextPage: Boolean! }
  type RowConnection { edges: [RowEdge!]! pageInfo: PageInfo! totalCount: Int countAtLeast: Int! }
  type Group @key(fields: "id") { id: ID! rows: [Row!] @gather(orderBy: "id") }
  scalar _Any union _Entity = Group
`);

/** The result of a fetch if `north` responds as the test says, and `south` has one row. */
async function ask(text: string, key: string, north: PartnerResponse, south: unknown) {
  const said: Record<string, CallStatus> = {};
  const forgotten: string[] = [];
  const subgraph = {
    ...createTestSubgraph(model, (code) => ({
      ask: () =>
        Promise.resolve(code === 'north' ? north : { json: { data: south }, httpStatus: 200 }),
      invalidate: () => void forgotten.push(code),
    })),
    recordCall: (code: string, status: CallStatus) => void (said[code] = status),
  };
  const fetch = prepareFetch(subgraph, { text, operationName: undefined });
  const operation = new OperationRecord('r', new AbortController().signal, Infinity);
  const call = { operation, variables: {}, path: [] };
  const data =
    fetch.kind === 'roots'
      ? await fetch.ask(call)
      : await fetch.ask(call, {
          representations: [{ __typename: 'Group', id: 'g' }],
          placesOf: () => [['group']],
        });
  return {
    value: (Array.isArray(data) ? data[0] : data)?.[key] as unknown,
    errors: operation.errors.map(({ path, extensions: { code, partner } }) => [
      path?.join('.'),
      code,
      partner,
    ]),
    completeness: operation.completeness,
    said,
    forgotten,
  };
}

const page = { edges: [], hub__edges: [], pageInfo: {}, hub__page: { hub__next: false } };
const response = (data: unknown, errors?: unknown): PartnerResponse => ({
  json: { data, ...(errors !== undefined && { errors }) },
  httpStatus: 200,
});
const row = { id: 's', hub__0: 's' };
const group = { __typename: 'Group', id: 'g' };
const ofGroup =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Group { __typename id rows { id } } } }';
const entity = (rows: unknown) => ({
  _entities: [{ ...group, hub__key_id: 'g', hub__type: 'Group', hub__typename: 'Group', rows }],
});

describe('a gathered list that is null', () => {
  const invalid = {
    completeness: {
      complete: false,
      partners: { north: { status: 'INVALID_RESPONSE' }, south: { status: 'ANSWERED' } },
    },
  };

  it('without an error is an invalid response, of a list and of a connection', async () => {
    const list = await ask('{ rows { id } }', 'rows', response({ rows: null }), { rows: [row] });
    expect(list).toMatchObject({
      value: [{ id: 's' }],
      errors: [['rows', 'PARTNER_INVALID_RESPONSE', 'north']],
      ...invalid,
    });
    const pages = await ask('{ pages { countAtLeast } }', 'pages', response({ pages: null }), {
      pages: { ...page, countAtLeast: 0 },
    });
    expect(pages).toMatchObject({
      errors: [['pages', 'PARTNER_INVALID_RESPONSE', 'north']],
      ...invalid,
    });
  });

  it('without an error is an invalid response on an entity too', async () => {
    const found = await ask(ofGroup, 'rows', response(entity(null)), entity([row]));
    expect(found).toMatchObject({
      value: [{ id: 's' }],
      errors: [['group', 'PARTNER_INVALID_RESPONSE', 'north']],
      ...invalid,
    });
  });

  it('with an error at its place is withheld', async () => {
    const forbidden = (...path: unknown[]) => [
      { message: 'no', path, extensions: { code: 'FORBIDDEN' } },
    ];
    const north = response({ rows: null }, forbidden('rows'));
    const list = await ask('{ rows { id } }', 'rows', north, { rows: [row] });
    expect(list).toMatchObject({
      errors: [['rows', 'FORBIDDEN', 'north']],
      completeness: { complete: true },
    });
    const found = await ask(
      ofGroup,
      'rows',
      response(entity(null), forbidden('_entities', 0, 'rows')),
      entity([row]),
    );
    expect(found).toMatchObject({
      errors: [['group.rows', 'FORBIDDEN', 'north']],
      completeness: { complete: true },
    });
  });

  it('is not explained by an error at another place', async () => {
    const errors = [{ message: 'no', path: ['loans'], extensions: { code: 'FORBIDDEN' } }];
    const north = response({ rows: null, loans: null }, errors);
    const south = { rows: [row], loans: 1 };
    expect(await ask('{ rows { id } loans }', 'rows', north, south)).toMatchObject(invalid);
  });
});

describe('a row whose sort key is an object', () => {
  /** An object without a text: JavaScript cannot compare it. */
  const bare = { toString: 1, valueOf: null };

  // Sites are sorted by a text of the contract, grades by a scalar that may have any form.
  it.each([
    ['sites', 'country', 'SE'],
    ['grades', 'mark', 1],
  ])('costs its own partner’s rows: %s', async (list, field, good) => {
    const rowOf = (id: string, key: unknown) => ({ id, [field]: key, hub__0: key, hub__1: id });
    for (const bad of [bare, {}, [good]]) {
      const north = response({ [list]: [rowOf('n', bad)] });
      const south = { [list]: [rowOf('s', good), rowOf('t', good)] };
      expect(await ask(`{ ${list} { id ${field} } }`, list, north, south)).toMatchObject({
        value: [{ id: 's' }, { id: 't' }],
        errors: [[list, 'PARTNER_INVALID_RESPONSE', 'north']],
        completeness: { complete: false, partners: { south: { status: 'ANSWERED' } } },
      });
    }
  });
});

describe('a partner that limits the hub', () => {
  it.each<[string | undefined, number]>([
    [undefined, 429],
    [undefined, 413],
    [undefined, 431],
    ['BAD_USER_INPUT', 400],
    ['FORBIDDEN', 403],
    ['QUERY_TOO_COMPLEX', 400],
    ['REQUEST_TOO_LARGE', 413],
    ['RATE_LIMITED', 200],
  ])('is missing, and keeps its status and its cache: %s, status %i', async (code, httpStatus) => {
    const json = code ? { errors: [{ message: 'no', extensions: { code } }] } : {};
    const north = { json, httpStatus };
    expect(await ask('{ rows { id } }', 'rows', north, { rows: [row] })).toMatchObject({
      value: [{ id: 's' }],
      errors: [['rows', 'PARTNER_UNAVAILABLE', 'north']],
      completeness: {
        complete: false,
        partners: { north: { status: 'UNAVAILABLE' }, south: { status: 'ANSWERED' } },
      },
      said: { north: 'ANSWERED', south: 'ANSWERED' },
      forgotten: [],
    });
  });

  it('loses no rows that it sent beside an error without a path', async () => {
    const error = { message: 'no', extensions: { code: 'RATE_LIMITED' } };
    const north = response({ rows: [{ id: 'n', hub__0: 'n' }] }, [error]);
    expect(await ask('{ rows { id } }', 'rows', north, { rows: [row] })).toMatchObject({
      value: [{ id: 'n' }, { id: 's' }],
      errors: [['rows', 'PARTNER_UNAVAILABLE', 'north']],
      completeness: { complete: false, partners: { north: { status: 'UNAVAILABLE' } } },
    });
  });
});
