import { composeSupergraph } from '../../../gateway/registry/compose.js';

const entities = 10;
const subgraphCount = 100;

const nameOf = (subgraph: number, entity: number): string => `Thing${subgraph}x${entity}`;

/** The entity of another subgraph that one of this subgraph is related to. */
const relatedOf = (subgraph: number, entity: number): readonly [number, number] => [
  (subgraph + entity * 9 + 1) % subgraphCount,
  (entity + 3) % entities,
];

/** Whose entities a subgraph adds fields to: how far away, and which. */
const additions = [
  [1, 0],
  [7, 1],
  [31, 2],
  [50, 0],
] as const;

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

function writeEntity(subgraph: number, entity: number): string {
  const [other, related] = relatedOf(subgraph, entity);
  const code = entity % 3 === 0;
  return `
  type ${nameOf(subgraph, entity)} implements Named @key(fields: "id") ${code ? '@key(fields: "code")' : ''} {
    id: ID! name: String ${code ? 'code: String!' : ''} kind: Kind${subgraph}x${entity % 3} count: Int!
    place: Place${subgraph}x${entity % 5}
    next: ${nameOf(subgraph, (entity + 1) % entities)}
    related: ${nameOf(other, related)}
    many(first: Int = 5): [${nameOf(other, related)}!]
  }`;
}

/** What a subgraph says of the entities of others: their keys, and to some it adds fields. */
function writeReferences(subgraph: number): string {
  const added = new Map<string, string>();
  for (const entity of range(entities)) added.set(nameOf(...relatedOf(subgraph, entity)), '');
  for (const [distance, entity] of additions) {
    added.set(
      nameOf((subgraph + distance) % subgraphCount, entity),
      `note${subgraph}: String score${subgraph}: Int seen${subgraph}: [${nameOf(subgraph, entity)}!]`,
    );
  }
  return [...added]
    .map(([name, fields]) => {
      const key = fields ? '@key(fields: "id")' : '@key(fields: "id", resolvable: false)';
      return `type ${name} ${key} { id: ID! ${fields} }`;
    })
    .join('\n');
}

function writeSubgraph(subgraph: number): string {
  const roots = range(entities).map(
    (entity) => `
    thing${subgraph}x${entity}(id: ID!): ${nameOf(subgraph, entity)}
    things${subgraph}x${entity}(first: Int = 10): [${nameOf(subgraph, entity)}!]`,
  );
  const values = range(5).map(
    (index) => `
  type Place${subgraph}x${index} { street: String city: String x: Float detail: Detail${subgraph}x${index} }
  type Detail${subgraph}x${index} { a: String b: Int c: [String!] }`,
  );
  const inputs = range(3).map(
    (index) => `
  enum Kind${subgraph}x${index} { A B C D }
  input Change${subgraph}x${index} { id: ID! name: String kind: Kind${subgraph}x${index} }`,
  );
  const changes = range(3).map(
    (index) =>
      `change${subgraph}x${index}(input: Change${subgraph}x${index}!): ${nameOf(subgraph, index)}`,
  );
  const found = range(5).map((entity) => nameOf(subgraph, entity));
  return `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {${roots.join('')}
    search${subgraph}(text: String!): [Found${subgraph}!]
    marks${subgraph}: [Marked${subgraph}!]
  }
  type Mutation { ${changes.join(' ')} }
  interface Named { id: ID! name: String }
  ${range(entities)
    .map((entity) => writeEntity(subgraph, entity))
    .join('')}
  ${writeReferences(subgraph)}
  ${[...values, ...inputs].join('')}
  union Found${subgraph} = ${found.join(' | ')}
  interface Marked${subgraph} { mark: String }
  type Mark${subgraph} implements Marked${subgraph} { mark: String at: String }
  type Stamp${subgraph} implements Marked${subgraph} { mark: String by: ${nameOf(subgraph, 1)} }`;
}

/** A supergraph of a hundred subgraphs and some three thousand types, whose entities refer to each other all over it. */
export function composeLargeSupergraph(url: string): string {
  const { supergraphSdl, errors } = composeSupergraph(
    range(subgraphCount).map((subgraph) => ({
      name: `area-${subgraph}`,
      url,
      sdl: writeSubgraph(subgraph),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.[0]?.message);
  return supergraphSdl;
}

/** Operations as people write them, of one subgraph to eight; `name` makes each another. */
export const ordinaryOperations: Readonly<Record<string, (name: string) => string>> = {
  'one record': (name) => `query ${name} { thing3x1(id: "1") { id name place { city } } }`,
  'a list over three subgraphs': (name) =>
    `query ${name} { things3x0(first: 5) { id name note2 related { id name } } }`,
  'a page over six': (name) => `query ${name} {
    things20x0(first: 5) {
      id name code kind place { city detail { a c } } note19 score19 note70
      next { name many(first: 3) { id name related { id name place { city } } } }
      related { name next { name } }
    }
  }`,
  'a search over five types': (name) => `query ${name} {
    search5(text: "x") {
      ... on Named { id name } ... on Thing5x0 { note4 note55 } ... on Thing5x1 { note98 related { name } }
    }
  }`,
  'seven subgraphs in a row': (name) => `query ${name} {
    thing30x0(id: "1") { related { related { related { related { related { related { name } } } } } } }
  }`,
};

/** As much as no page shows: twenty lists, each over four subgraphs. */
export const wideOperation = (name: string): string =>
  `query ${name} { ${range(20)
    .map(
      (index) =>
        `a${index}: things${index * 4}x0(first: 3) { id name related { id name many { name } } next { related { name } } }`,
    )
    .join(' ')} }`;
