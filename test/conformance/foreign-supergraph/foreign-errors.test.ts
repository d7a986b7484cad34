import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHub } from '@hub/gateway';
import { createDisposableStack } from '@hub/shared/testing';
import { graphql, GraphQLError, parse } from 'graphql';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHubServer } from '../../../gateway/server/server.js';
import { federation } from './suite.js';

/** Errors of a whole request, by the field that it selects. */
const wholeErrors = [
  ['unpaid', { message: 'Pay first.', extensions: { code: 'PAY_FIRST' } }],
  ['unknown', { message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } }],
  ['sleeping', { message: 'The shelf sleeps.' }],
] as const;

/** A subgraph of elsewhere: nothing of ours masks its errors. */
async function createServerOf(source: Parameters<typeof buildSubgraphSchema>[0]) {
  const schema = buildSubgraphSchema(source);
  const server = createServer((request, response) => {
    const answer = async () => {
      const { query, variables } = (await json(request)) as { query: string; variables?: object };
      const whole = wholeErrors.find(([field]) => query.includes(field));
      const result = whole
        ? { errors: [whole[1]] }
        : await graphql({ schema, source: query, variableValues: { ...variables } });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    };
    void answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: close };
}

interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

const fail = (message: string, code?: string) => () => {
  throw new GraphQLError(message, { extensions: code === undefined ? {} : { code } });
};

const shelf = {
  typeDefs: `${federation('2.3', '@key')}
    type Query { unpaid: Int unknown: Int sleeping: Int lent: Int closed: Int broken: Int hidden: Int book(id: ID!): Book books: [Book!] }
    type Subscription { lending: Int }
    type Book @key(fields: "id") { id: ID! title: String owner: String }`,
  resolvers: {
    Query: {
      lent: fail('Book 7 of Ada is lent.', 'BOOK_LENT'),
      closed: fail('Who are you?', 'UNAUTHENTICATED'),
      broken: fail('The shelf broke.'),
      hidden: fail('Not a code.', 'not a code'),
      book: (_: unknown, { id }: { id: string }) => ({ id, title: 'Edda' }),
      books: () => ['1', '2'].map((id) => ({ id, title: 'Edda' })),
    },
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Edda' }),
      owner: fail('Ada owns it.', 'OWNER_SECRET'),
    },
  },
};
/** It knows one book alone. */
const prices = {
  typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
    type Book @key(fields: "id") { id: ID! title: String @external price: Int! tag: Tag! rebate: Int label: String! @requires(fields: "title") }
    type Tag { colour: String }`,
  resolvers: {
    Book: {
      __resolveReference: (book: { id: string }) => (book.id === '1' ? book : null),
      price: () => 7,
      tag: () => ({ colour: 'red' }),
      label: ({ title }: { title: string }) => title.toUpperCase(),
    },
  },
};

describe('a foreign supergraph over HTTP', () => {
  const stack = createDisposableStack();
  const lines: string[] = [];
  let url: string;
  beforeAll(async () => {
    const services = [];
    for (const [name, { typeDefs, resolvers }] of Object.entries({ shelf, prices })) {
      const document = parse(typeDefs);
      const server = stack.use(await createServerOf({ typeDefs: document, resolvers }));
      services.push({ name, url: server.url, typeDefs: document });
    }
    const { supergraphSdl = '' } = composeServices(services);
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const hub = stack.use(await createHub({ supergraphSdl }, { logger }));
    const server = stack.use(await createHubServer({ hub, logger }));
    url = await server.listen(0);
  });
  afterAll(() => stack[Symbol.asyncDispose]());

  async function ask(query: string): Promise<Answer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }
  const errorsOf = ({ errors = [] }: Answer) =>
    errors.map(({ path = [], extensions: { code } }) => `${path.join('.')} ${String(code)}`).sort();

  it('keeps the codes of its errors, on root fields and below', async () => {
    const answer = await ask('{ lent closed c: closed broken hidden book(id: 1) { owner title } }');
    expect(errorsOf(answer)).toEqual([
      'book.owner OWNER_SECRET',
      'broken INTERNAL_SERVER_ERROR',
      'c UNAUTHENTICATED',
      'closed UNAUTHENTICATED',
      'hidden INTERNAL_SERVER_ERROR',
      'lent BOOK_LENT',
    ]);
    expect(answer.data).toMatchObject({ lent: null, book: { title: 'Edda' } });
  });

  it('tells the log what its errors say, and the client not', async () => {
    lines.length = 0;
    const answer = await ask('query Lent { lent broken }');
    expect(JSON.stringify(answer)).not.toMatch(/Ada|shelf broke/);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          partner: 'shelf',
          code: 'BOOK_LENT',
          path: '["lent"]',
          wording: 'Book 7 of Ada is lent.',
        }),
        expect.objectContaining({ wording: 'The shelf broke.' }),
      ]),
    );
  });

  it.each([
    ['unpaid', 'PAY_FIRST', 'Pay first.'],
    ['unknown', 'UNAUTHENTICATED', 'Say who you are.'],
    ['sleeping', 'PARTNER_UNAVAILABLE', 'The shelf sleeps.'],
  ])('passes what a subgraph says of a whole request: %s', async (field, code, message) => {
    const { data, errors } = await ask(`{ a: ${field} lent }`);
    expect(data).toEqual({ a: null, lent: null });
    expect(errors?.map(({ path }) => path)).toEqual([['a'], ['lent']]);
    for (const error of errors ?? [])
      expect(error).toMatchObject({ message, extensions: { code, partner: 'shelf' } });
  });

  it('refuses a subscription with a code', async () => {
    expect(await ask('subscription { lending }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  it.each([
    ['{ books { id price } }', { books: null }, ['books.1.price INTERNAL_SERVER_ERROR']],
    ['{ books { id p: price } }', { books: null }, ['books.1.p INTERNAL_SERVER_ERROR']],
    [
      '{ book(id: 2) { title tag { colour } } }',
      { book: null },
      ['book.tag INTERNAL_SERVER_ERROR'],
    ],
    ['{ b: book(id: 2) { title label } }', { b: null }, ['b.label INTERNAL_SERVER_ERROR']],
    [
      '{ books { id rebate } }',
      {
        books: [
          { id: '1', rebate: null },
          { id: '2', rebate: null },
        ],
      },
      [],
    ],
  ])('says what is missing below a non-null field of %s', async (query, data, errors) => {
    const answer = await ask(query);
    expect(answer.data).toEqual(data);
    expect(errorsOf(answer)).toEqual(errors);
  });
});
