import { createHub, type Hub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../../gateway/registry/compose.js';
import { createHubServer } from '../../../gateway/server/server.js';
import { federation, find } from '../foreign-supergraph/suite.js';
import { createSubgraphServer } from '../subgraph-server.js';

const users = [
  { id: 'u1', name: 'Anna' },
  { id: 'u2', name: 'Berit' },
];
const reviews = [
  { id: 'r1', text: 'Good.', by: 'u1' },
  { id: 'r2', text: 'Better.', by: 'u1' },
  { id: 'r3', text: 'Best.', by: 'u2' },
];
const stars = reviews.map(({ id }, index) => ({ id, stars: index, badge: { label: `B${index}` } }));

const link = federation('2.9', '@key');
const ofUser = (user: string) =>
  reviews.filter(({ by }) => by === user).map((one) => ({ ...one, author: { id: one.by } }));
const withAuthor = (one: (typeof reviews)[number] | null) =>
  one && { ...one, author: { id: one.by } };

const subgraphs = {
  accounts: {
    typeDefs: `${link}
      type Query { me: User, users: [User!]! }
      type User @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: { me: () => users[0], users: () => users },
      User: { __resolveReference: find(users, 'id') },
    },
  },
  reviews: {
    typeDefs: `${link}
      type Query { topReviews: [Review!]!, lastReview: Review }
      type User @key(fields: "id") { id: ID! reviews: [Review!]! first: Review }
      type Review @key(fields: "id") { id: ID! text: String! author: User! }`,
    resolvers: {
      Query: {
        topReviews: () => reviews.map(withAuthor),
        lastReview: () => withAuthor(reviews[2] ?? null),
      },
      User: {
        __resolveReference: find(users, 'id'),
        reviews: ({ id }: { id: string }) => ofUser(id),
        first: ({ id }: { id: string }) => ofUser(id)[0],
      },
      Review: {
        __resolveReference: ({ id }: { id: string }) =>
          withAuthor(reviews.find((one) => one.id === id) ?? null),
      },
    },
  },
  stars: {
    typeDefs: `${link}
      type Review @key(fields: "id") { id: ID! stars: Int! badge: Badge! }
      type Badge { label: String! }`,
    resolvers: { Review: { __resolveReference: find(stars, 'id') } },
  },
};

type Name = keyof typeof subgraphs;

/** The same graph on one server. */
const sdl = `
  type Query { me: User, users: [User!]!, topReviews: [Review!]!, lastReview: Review }
  type User { id: ID! name: String! reviews: [Review!]! first: Review }
  type Review { id: ID! text: String! author: User! stars: Int! badge: Badge! }
  type Badge { label: String! }`;

/** Who answers a field. The others come with their object. */
const owners: Readonly<Record<string, Name>> = {
  'Query.me': 'accounts',
  'Query.users': 'accounts',
  'User.name': 'accounts',
  'Query.topReviews': 'reviews',
  'Query.lastReview': 'reviews',
  'User.reviews': 'reviews',
  'User.first': 'reviews',
  'Review.stars': 'stars',
  'Review.badge': 'stars',
};

const propagating = buildSchema(sdl);
/** What `NULL` means: no output field promises a value. */
const nullable = buildSchema(sdl.replaceAll('!', ''));

function resolve(away: readonly Name[], coordinate: string, source: Record<string, unknown>) {
  const owner = owners[coordinate];
  if (owner && away.includes(owner)) throw new Error('away');
  const name = coordinate.split('.')[1] ?? '';
  const review = stars.find(({ id }) => id === source['id']);
  switch (coordinate) {
    case 'Query.me':
      return users[0];
    case 'Query.users':
      return users;
    case 'Query.topReviews':
      return reviews.map(withAuthor);
    case 'Query.lastReview':
      return withAuthor(reviews[2] ?? null);
    case 'User.name':
      return users.find(({ id }) => id === source['id'])?.name;
    case 'User.reviews':
      return ofUser(String(source['id']));
    case 'User.first':
      return ofUser(String(source['id']))[0];
    case 'Review.stars':
      return review?.stars;
    case 'Review.badge':
      return review?.badge;
    default:
      return source[name];
  }
}

async function answerAlone(schema: GraphQLSchema, away: readonly Name[], query: string) {
  const { data } = await execute({
    schema,
    document: parse(query),
    rootValue: {},
    fieldResolver: (source: Record<string, unknown>, _args, _context, { parentType, fieldName }) =>
      resolve(away, `${parentType.name}.${fieldName}`, source),
  });
  return JSON.parse(JSON.stringify(data)) as unknown;
}

const stack = createDisposableStack();
afterAll(() => stack[Symbol.asyncDispose]());

async function openHub(away: readonly Name[]): Promise<Hub> {
  const sources = [];
  for (const [name, { typeDefs, resolvers }] of Object.entries(subgraphs)) {
    const server = await createSubgraphServer(typeDefs, resolvers);
    if (away.includes(name as Name)) await server[Symbol.asyncDispose]();
    else stack.use(server);
    sources.push({ name, url: server.url, sdl: typeDefs });
  }
  const { supergraphSdl = '' } = composeSupergraph(sources);
  return stack.use(await createHub({ supergraphSdl }, { logger: silentLogger }));
}

async function ask(hub: Hub, query: string, onError?: 'NULL' | 'PROPAGATE' | 'HALT') {
  const { signal } = new AbortController();
  const context = await hub.createContext({ requestId: 'test', signal });
  const { body } = await hub.pipeline.run({ query, onError }, context);
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  return JSON.parse(JSON.stringify(body.singleResult)) as {
    readonly data: unknown;
    readonly errors?: readonly { readonly path?: readonly unknown[] }[];
  };
}

const queries = [
  '{ me { id name reviews { id text stars badge { label } } } }',
  '{ users { id name first { id stars } } }',
  '{ users { id reviews { author { name } } } }',
  '{ topReviews { id text author { id name } badge { label } } lastReview { stars } }',
  '{ lastReview { id badge { label } author { name reviews { stars } } } me { name } }',
  '{ a: me { id } b: topReviews { s: stars } ... on Query { c: users { first { text badge { label } } } } }',
];

const all: readonly Name[] = ['accounts', 'reviews', 'stars'];
/** Every set of subgraphs that are away. */
const sets = Array.from({ length: 8 }, (_, bits) => all.filter((_, index) => (bits >> index) & 1));

describe.each(sets.map((away) => [away.join(' and ') || 'nobody', away] as const))(
  'onError while %s is away',
  (_, away) => {
    let hub: Promise<Hub> | undefined;
    const opened = () => (hub ??= openHub(away));

    it.each(queries)('answers %s as one server does', async (query) => {
      const [plain, named, kept, halted] = [
        await ask(await opened(), query),
        await ask(await opened(), query, 'PROPAGATE'),
        await ask(await opened(), query, 'NULL'),
        await ask(await opened(), query, 'HALT'),
      ];
      const propagated = await answerAlone(propagating, away, query);
      expect(plain.data).toEqual(propagated);
      expect(named).toEqual(plain);
      expect(kept.data).toEqual(await answerAlone(nullable, away, query));
      const isWhole = plain.errors === undefined;
      expect(kept.errors === undefined).toBe(isWhole);
      expect(halted.errors === undefined).toBe(isWhole);
      expect(halted.data).toEqual(isWhole ? propagated : null);
      // Each null has its error, at the null or above it.
      for (const path of listNulls(kept.data))
        expect(
          kept.errors?.some(({ path: at = [] }) => at.every((part, index) => part === path[index])),
          path.join('.'),
        ).toBe(true);
    });
  },
);

it('reads onError from a request, by GET and POST', async () => {
  const hub = await openHub(['stars']);
  await using server = await createHubServer({ hub, logger: silentLogger });
  const url = await server.listen(0);
  const query = '{ lastReview { id stars } }';
  const read = async (response: Response) =>
    ((await response.json()) as { readonly data?: unknown }).data;
  const post = (onError: unknown) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, onError }),
    });
  const kept = { lastReview: { id: 'r3', stars: null } };
  expect(await read(await post('NULL'))).toEqual(kept);
  expect(
    await read(await fetch(`${url}?${new URLSearchParams({ query, onError: 'NULL' })}`)),
  ).toEqual(kept);
  expect(await read(await post(null))).toEqual({ lastReview: null });
  expect(await read(await post('HALT'))).toBeNull();
  expect((await post('ABORT')).status).toBe(400);
  expect((await post(1)).status).toBe(400);
});

/** The paths of all nulls. No value of these rows is null by itself. */
function listNulls(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (value === null) return [[...path]];
  if (Array.isArray(value))
    return value.flatMap((item, index) => listNulls(item, [...path, index]));
  if (typeof value !== 'object' || value === undefined) return [];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => listNulls(inner, [...path, key]));
}
