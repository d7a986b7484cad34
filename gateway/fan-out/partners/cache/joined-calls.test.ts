import { ClientWatch } from '@hub/shared/graphql';
import fc from 'fast-check';
import { buildSchema, graphql, GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { tooLong, type PartnerCall, type PartnerResponse } from '../partner-port.js';
import { callOf } from '../test-call.js';
import { createDocumentJoiner } from './join-documents.js';
import { JoinedCalls } from './joined-calls.js';

const schema = buildSchema(`
  scalar _Any
  union _Entity = Book | Shelf
  type Book { isbn: ID!, title: String, loans(first: Int = 2): [Loan!], mayFail: String! }
  type Loan { day: Int!, mayFail: String }
  type Shelf { id: ID!, books: [Book!]! }
  type Query {
    _entities(representations: [_Any!]!): [_Entity]!
    shelf(id: ID!): Shelf
    books(first: Int, title: String): [Book!]!
    never: Int!
  }
`);

const failWith = (code: string) => {
  throw new GraphQLError('refused', { extensions: { code } });
};
const bookOf = (isbn: string) => ({
  __typename: 'Book',
  isbn,
  title: `Book ${isbn}`,
  loans: ({ first }: { first: number }) =>
    [1, 2, 3].slice(0, first).map((day) => ({
      day,
      mayFail: () => (day === 2 ? failWith('NOT_FOUND') : `day ${day}`),
    })),
  mayFail: () => (isbn === '3' ? failWith('FORBIDDEN') : isbn),
});
const shelfOf = (id: string) => ({ __typename: 'Shelf', id, books: [bookOf('1'), bookOf(id)] });

/** A partner that executes what it gets. */
const rootValue = {
  _entities: ({ representations }: { representations: Record<string, string>[] }) =>
    representations.map(({ __typename, isbn = '', id = '' }) => {
      if (isbn === '4') return new GraphQLError('refused', { extensions: { code: 'FORBIDDEN' } });
      if (isbn === '5') return null;
      return __typename === 'Book' ? bookOf(isbn) : shelfOf(id);
    }),
  shelf: ({ id }: { id: string }) => (id === '9' ? null : shelfOf(id)),
  books: ({ first = 2, title }: { first?: number; title?: string }) =>
    ['1', '2', '3'].slice(0, first).map((isbn) => ({ ...bookOf(isbn), title })),
  never: () => failWith('NOT_FOUND'),
};

async function execute({ query, variables }: PartnerCall): Promise<PartnerResponse> {
  const result = await graphql({ schema, source: query, rootValue, variableValues: variables });
  return { json: JSON.parse(JSON.stringify(result)) as unknown, httpStatus: 200 };
}

const operation = {};
const callFor = (query: string, variables: Record<string, unknown> = {}) =>
  callOf({ query, variables, combinedIn: operation });

function open(answer: (call: PartnerCall) => PartnerResponse | Promise<PartnerResponse> = execute) {
  const asked: PartnerCall[] = [];
  const calls = new JoinedCalls(async (call) => {
    asked.push(call);
    return answer(call);
  }, createDocumentJoiner());
  return { asked, ask: (call: PartnerCall) => calls.ask(call) };
}

const selection = '__typename ... on Book { isbn loans(first: $first) { day mayFail } }';
const books = `query ($representations: [_Any!]!, $first: Int) {
  _entities(representations: $representations) { ${selection} }
}`;
const bookRows = (...isbns: string[]) =>
  isbns.map((isbn) => ({ __typename: 'Book', isbn }) as const);
const dataOf = (response: PartnerResponse) =>
  'json' in response ? (response.json as { data: unknown }).data : response;

/** Errors of one response have no order. */
function inOrder(response: PartnerResponse): unknown {
  if ('failure' in response) return response;
  const { data, errors = [] } = response.json as { data: unknown; errors?: { path: unknown }[] };
  const told = errors.map(({ path, ...error }) => {
    const { message, extensions } = error as { message?: string; extensions?: unknown };
    return JSON.stringify([path, message, extensions]);
  });
  return { data, errors: told.toSorted(), status: response.httpStatus };
}

const isbn = fc.constantFrom('1', '2', '3', '4', '5');
const representation = fc.oneof(
  isbn.map((value) => ({ __typename: 'Book', isbn: value })),
  isbn.map((value) => ({ __typename: 'Shelf', id: value })),
);
const entityFields = fc.constantFrom(
  '__typename ... on Book { isbn title }',
  '... on Book { loans { day mayFail } } ... on Shelf { id books { isbn } }',
  '... on Book { mayFail } ... on Shelf { books { mayFail } }',
  '... on Book { again: loans(first: $first) { day } }',
);
const calls = fc.array(
  fc.oneof(
    fc
      .record({ fields: entityFields, rows: fc.array(representation, { minLength: 1 }) })
      .map(({ fields, rows }) =>
        callFor(
          `query Named($representations: [_Any!]!${fields.includes('$first') ? ', $first: Int' : ''}) {
            _entities(representations: $representations) { ${fields} }
          }`,
          { representations: rows, ...(fields.includes('$first') && { first: rows.length }) },
        ),
      ),
    fc.record({ first: fc.constantFrom(1, 2, 3), is: fc.boolean() }).map(({ first, is }) =>
      callFor(
        `query ($first: Int, $is: Boolean!) {
          books(first: $first) { isbn } ... @include(if: $is) { other: books(title: "x") { title mayFail } }
        }`,
        { first, is },
      ),
    ),
    fc.constantFrom('1', '3', '9').map((id) =>
      callFor('query ($id: ID!) { as__f0: shelf(id: $id) { id books { isbn mayFail } } }', {
        id,
      }),
    ),
    fc.constant(callFor('{ never }')),
  ),
  { minLength: 2, maxLength: 8 },
);

describe('JoinedCalls', () => {
  it('gives each call what it would get by itself', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (all) => {
        const { ask } = open();
        const joined = await Promise.all(all.map((call) => ask(call)));
        const alone = await Promise.all(all.map(execute));
        expect(joined.map(inOrder)).toEqual(alone.map(inOrder));
      }),
      { numRuns: 100 },
    );
  });

  it('sends what one operation asks at one moment as one request, equal entities once', async () => {
    const { asked, ask } = open();
    const titles = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Book { title } }
    }`;
    await Promise.all([
      ask(callFor(books, { representations: bookRows('1', '2'), first: 1 })),
      ask(callFor(books, { representations: bookRows('2', '3'), first: 1 })),
      ask(callFor(titles, { representations: bookRows('1') })),
      ask(callOf({ query: '{ books { isbn } }', combinedIn: {} })),
    ]);
    expect(asked.map(({ variables }) => Object.values(variables))).toEqual([
      // In the order of the documents, whichever came first.
      [bookRows('1'), 1, bookRows('1', '2', '3')],
      [],
    ]);
  });

  it('sends at most 1,000 representations a request', async () => {
    const { asked, ask } = open();
    const rowsFrom = (start: number) =>
      bookRows(...Array.from({ length: 600 }, (_, index) => `${start + index}`));
    const found = await Promise.all(
      [1_000, 2_000, 3_000].map((start) =>
        ask(callFor(books, { representations: rowsFrom(start) })),
      ),
    );
    expect(asked).toHaveLength(3);
    expect(found.map((one) => (dataOf(one) as { _entities: unknown[] })._entities.length)).toEqual([
      600, 600, 600,
    ]);
  });

  const first = callFor(books, { representations: bookRows('1') });
  const second = callFor('{ books { isbn } }');
  const entity = { __typename: 'Book', isbn: '1', loans: [] };

  it('lets a list of the wrong length cost its own calls alone', async () => {
    const { ask } = open(() => ({
      json: { data: { q0__entities: [entity, entity], q1_books: [{ isbn: '1' }] } },
      httpStatus: 200,
    }));
    const [broken, sound] = await Promise.all([ask(first), ask(second)]);
    expect([broken, sound].map((one) => one && dataOf(one))).toEqual([
      { _entities: null },
      { books: [{ isbn: '1' }] },
    ]);
  });

  it('takes an error at an entity that nobody asked for as one of all', async () => {
    const beyond = { message: 'x', path: ['q1__entities', 1] };
    const { ask } = open(() => ({
      json: { data: { q0_books: [], q1__entities: [entity] }, errors: [beyond] },
      httpStatus: 200,
    }));
    const all = await Promise.all([ask(first), ask(second)]);
    expect(all.map((one) => 'json' in one && (one.json as { errors: unknown }).errors)).toEqual([
      [beyond],
      [beyond],
    ]);
  });

  it('shows an error outside the selection to each call, so that none takes the response', async () => {
    const stray = { message: 'x', path: ['q7_books'] };
    const { ask } = open(() => ({
      json: { data: { q0__entities: [entity], q1_books: [] }, errors: [stray] },
      httpStatus: 200,
    }));
    const all = await Promise.all([ask(first), ask(second)]);
    expect(all.map((one) => 'json' in one && (one.json as { errors: unknown }).errors)).toEqual([
      [stray],
      [stray],
    ]);
  });

  it.each<[string, PartnerResponse]>([
    [
      'a refusal',
      { json: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }, httpStatus: 400 },
    ],
    ['no data', { json: { data: null, errors: [{ path: ['q0__entities'] }] }, httpStatus: 200 }],
    ['too long a response', { failure: 'RESPONSE_TOO_LARGE', reason: 'long' }],
    ['what is not JSON', { failure: 'INVALID_RESPONSE', reason: 'no JSON' }],
    ['a failed record', { json: { errors: [{ extensions: { code: 'X' } }] }, httpStatus: 500 }],
  ])('asks for each part by itself after %s of all', async (_what, response) => {
    const { asked, ask } = open((call) => (call.query.includes('q1_') ? response : execute(call)));
    const all = await Promise.all([ask(first), ask(second)]);
    expect(asked.map(({ query }) => query)).toEqual([asked[0]?.query, first.query, second.query]);
    expect(all.map(inOrder)).toEqual(
      (await Promise.all([first, second].map(execute))).map(inOrder),
    );
  });

  it('sends by itself for a minute what was refused together', async () => {
    const { asked, ask } = open((call) =>
      call.query.includes('q1_') ? { json: { errors: [] }, httpStatus: 400 } : execute(call),
    );
    for (const requests of [3, 5]) {
      await Promise.all([ask(first), ask(second)]);
      expect(asked).toHaveLength(requests);
    }
  });

  it.each<[string, PartnerResponse]>([
    ['a failure', { failure: 'TIMED_OUT', reason: 'late' }],
    ['a spent budget', tooLong],
    [
      'more errors than the hub reads',
      { json: { data: {}, errors: Array.from({ length: 10_001 }, () => 0) }, httpStatus: 200 },
    ],
    [
      'an overload',
      { json: { errors: [{ extensions: { code: 'OVERLOADED' } }] }, httpStatus: 503 },
    ],
    ['a broken server', { json: 'sorry', httpStatus: 500 }],
    ['what is not GraphQL', { json: { data: 5 }, httpStatus: 200 }],
  ])('does not ask again after %s', async (_what, response) => {
    const { asked, ask } = open(() => response);
    const all = await Promise.all([ask(first), ask(second)]);
    // It says once how the partner is.
    expect(all).toContainEqual(response);
    expect(all).toContainEqual({ ...response, isSecondHand: true });
    expect(asked).toHaveLength(1);
  });

  it('goes on while somebody waits, and ends with the last one', async () => {
    const watches = [new ClientWatch(), new ClientWatch()];
    const { asked, ask } = open(() => new Promise(() => {}));
    watches.forEach((signal, index) => void ask({ ...(index ? second : first), signal }));
    await new Promise(setImmediate);
    watches[0]?.abort();
    expect(asked[0]?.signal.aborted).toBe(false);
    watches[1]?.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('gives a fault of the port to every call', async () => {
    const { ask } = open(() => Promise.reject(new Error('the port')));
    const all = await Promise.allSettled([ask(first), ask(second)]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
