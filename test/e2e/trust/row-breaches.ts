// cspell:ignore vjcm
import { mapObjects, type Breach, type Row } from '../network/broken-partner.js';
import { change, dataOf, type NamedBreach } from './breaches.js';

/** Changes the connection that a paged field returned. */
const changePage = (
  map: (page: Row & { nodes: Row[]; edges: Row[] }, asked: Row) => Row,
): Breach => ({
  answer: (answered, { variables }) => {
    const isPage = (object: Row): object is Row & { nodes: Row[]; edges: Row[] } =>
      Array.isArray(object['nodes']) && Array.isArray(object['edges']);
    answered.body = mapObjects(answered.body, (object) =>
      isPage(object) ? map(object, variables) : object,
    );
  },
});

/** Changes the list of entities that were resolved for the representations. */
const changeEntities = (map: (entities: Row[], representations: Row[]) => unknown): Breach => ({
  answer: (answered, { variables }) => {
    const { data } = answered.body as { data?: Row };
    if (!data || !Array.isArray(data['_entities'])) return;
    const { representations } = variables as { representations?: Row[] };
    data['_entities'] = map(data['_entities'] as Row[], representations ?? []);
  },
});

const replaceText =
  (from: RegExp, to: string): Breach['ask'] =>
  (asked) => {
    asked.query = asked.query.replace(from, to);
  };

const isUnknown = ({ id }: Row): boolean => String(id).endsWith(':nobody-has-this');
const isForeign = ({ id }: Row): boolean => String(id).startsWith('zz:');

/** For a police force: entities, pages and values. */
export const rowBreaches: readonly NamedBreach[] = [
  [
    'turns entities round',
    changeEntities((entities) => entities.toReversed()),
    ['entities-keep-their-order'],
  ],
  [
    'gives entities another type',
    changeEntities((entities) => entities.map((row) => row && { ...row, __typename: 'Thing' })),
    ['entities-name-their-type'],
  ],
  [
    'leaves out entities of a large request',
    changeEntities((entities) => entities.slice(0, 500)),
    ['thousand-representations-are-accepted'],
  ],
  [
    'truncates what is too large',
    {
      ask: ({ variables }) => {
        const { representations } = variables as { representations?: Row[] };
        if (representations && representations.length > 1_000) representations.length = 1_000;
      },
    },
    ['more-representations-are-refused'],
  ],
  [
    'always has an entity',
    changeEntities((entities) => (entities.length === 0 ? [null] : entities)),
    ['no-representations-are-no-entities'],
  ],
  [
    'invents entities of its own',
    changeEntities((entities, asked) =>
      entities.map((row, at) => (asked[at] && isUnknown(asked[at]) ? { ...asked[at] } : row)),
    ),
    ['unknown-own-entity-is-null'],
  ],
  [
    'denies entities of others',
    changeEntities((entities, asked) =>
      entities.map((row, at) => (asked[at] && isForeign(asked[at]) ? null : row)),
    ),
    ['unknown-foreign-entity-is-its-key'],
  ],
  [
    'has null in a list that it promises of entities of others',
    changeEntities((entities, asked) =>
      entities.map((row, at) =>
        row && asked[at] && isForeign(asked[at])
          ? Object.fromEntries(
              Object.entries(row).map(([name, value]) => [
                name,
                Array.isArray(value) ? [null] : value,
              ]),
            )
          : row,
      ),
    ),
    ['unknown-foreign-entity-is-its-key'],
  ],
  [
    'clamps a first of zero',
    { ask: replaceText(/first: 0/, 'first: 1') },
    ['first-of-zero-is-refused'],
  ],
  [
    'clamps a negative first',
    { ask: replaceText(/first: -1/, 'first: 1') },
    ['negative-first-is-refused'],
  ],
  [
    'clamps a large first',
    { ask: replaceText(/first: 1001/, 'first: 1000') },
    ['first-over-a-thousand-is-refused'],
  ],
  [
    'begins anew at a wrong cursor',
    { ask: replaceText(/\(after: "[^"]*"\)/, '') },
    ['invalid-cursor-is-refused', 'cursor-of-another-list-is-refused'],
  ],
  [
    'has small pages by default',
    { ask: ({ variables }) => void (variables['first'] === null && (variables['first'] = 1)) },
    ['first-of-null-is-fifty'],
  ],
  [
    'loses a row at the end of a page',
    changePage((page, { after }) =>
      after ? { ...page, nodes: page.nodes.slice(1), edges: page.edges.slice(1) } : page,
    ),
    ['pages-join-into-the-whole'],
  ],
  [
    'loses a row at the start of a page that it reads from the end',
    changePage((page, { before }) =>
      before ? { ...page, nodes: page.nodes.slice(1), edges: page.edges.slice(1) } : page,
    ),
    ['pages-from-the-end-join-into-the-whole'],
  ],
  [
    'does not see that a page goes both ways',
    { ask: replaceText(/first: 1, last: 1/, 'first: 1') },
    ['pages-in-both-directions-are-refused'],
  ],
  [
    'clamps a last of zero',
    { ask: replaceText(/last: 0/, 'last: 1') },
    ['last-of-zero-is-refused'],
  ],
  [
    'begins anew at a wrong cursor from the end',
    { ask: replaceText(/last: 1, before: "[^"]*"/, 'last: 1') },
    ['invalid-cursor-from-the-end-is-refused'],
  ],
  [
    'turns the order round',
    changePage((page, { first }) =>
      first === 1_000
        ? {
            ...page,
            nodes: page.nodes.toReversed(),
            edges: page.edges.toReversed(),
            pageInfo: {
              hasNextPage: false,
              hasPreviousPage: false,
              startCursor: page.edges.at(-1)?.['cursor'] ?? null,
              endCursor: page.edges[0]?.['cursor'] ?? null,
            },
          }
        : page,
    ),
    ['pages-join-into-the-whole', 'pages-from-the-end-join-into-the-whole', 'order-is-total'],
  ],
  [
    'has other edges than nodes',
    changePage((page) => ({ ...page, edges: page.edges.toReversed() })),
    ['edges-and-nodes-agree'],
  ],
  [
    'has secret cursors',
    changePage((page, { first }) =>
      first === 1_000
        ? {
            ...page,
            edges: page.edges.map((edge) => ({ ...edge, cursor: 'c2VjcmV0' })),
            pageInfo: {
              hasNextPage: false,
              hasPreviousPage: false,
              startCursor: 'c2VjcmV0',
              endCursor: 'c2VjcmV0',
            },
          }
        : page,
    ),
    ['cursors-are-sort-keys'],
  ],
  [
    'counts wrongly',
    changePage((page) => ({ ...page, totalCount: 1 + Number(page['totalCount']) })),
    ['total-count-is-the-number-of-rows'],
  ],
  [
    'has countries in words',
    {
      answer: change((object) =>
        'country' in object ? { ...object, country: 'Denmark' } : object,
      ),
    },
    ['values-keep-the-contract'],
  ],
  [
    'has ids of another',
    {
      answer: (answered, { query }) => {
        if (!/first: 100\b/.test(query)) return;
        answered.body = mapObjects(answered.body, (object) =>
          'id' in object ? { ...object, id: 'no:1' } : object,
        );
      },
    },
    ['ids-begin-with-the-code'],
  ],
  [
    'finds what nobody has',
    {
      answer: (answered, { variables }) => {
        const data = dataOf(answered);
        if (data && 'row' in data && isUnknown(variables)) data['row'] = { __typename: 'Officer' };
      },
    },
    ['unknown-id-is-null', 'foreign-id-is-null'],
  ],
];

/** For partners whose lists are searched, with pages or without. */
export const searchBreach: NamedBreach = [
  'searches with wildcards',
  {
    ask: ({ variables }) =>
      void (/^[%_]$/.test(String(variables['search'])) && (variables['search'] = null)),
  },
  ['search-is-literal'],
];
