import { parse, print, visit } from 'graphql';
import { steps } from '../../../gateway/cli/partner-check/run-check.js';
import { mapObjects, type Answered, type Breach, type Row } from '../network/broken-partner.js';

/** A breach, and the steps that must notice it. No other step may. */
export type NamedBreach = readonly [name: string, breach: Breach, broken: readonly string[]];

const named = (form: RegExp): string[] =>
  steps.map(({ name }) => name).filter((name) => form.test(name));

export const change =
  (map: (object: Row) => unknown): Breach['answer'] =>
  (answered) => {
    answered.body = mapObjects(answered.body, map);
  };

export const dataOf = ({ body }: Answered): Row | undefined =>
  (body as { data?: Row } | undefined)?.data;

const withoutField = (sdl: string, name: string): string =>
  print(
    visit(parse(sdl), { FieldDefinition: (node) => (node.name.value === name ? null : undefined) }),
  );

const codeless = (object: Row): unknown => {
  if (!('message' in object) || !('extensions' in object)) return object;
  const { extensions: _, ...error } = object;
  return error;
};

const manifestReaders = named(/^manifest-(is-signed|names|has|is-what)/).filter(
  (name) => name !== 'manifest-is-signed-once',
);

/** For a police force: manifest, signatures and protocol. */
export const breaches: readonly NamedBreach[] = [
  [
    'verifies nothing',
    { trust: 'everybody' },
    [
      ...named(
        /^(direct|missing-(sig|dig|ass|par)|changed|other-p|foreign-(key|ass)|wrong|old|future|replayed|unsigned|symmetric|assertion|expired|unknown-role).*refused$/,
      ),
    ],
  ],
  [
    'signs its responses with something else',
    {
      answer: ({ headers }) => {
        headers['signature-input'] = 'hub=("@status");created=1;keyid="x";alg="ed25519"';
        headers['signature'] = `hub=:${'A'.repeat(86)}==:`;
      },
    },
    ['response-is-signed-on-request'],
  ],
  ['has no manifest', { fileStatus: 404 }, named(/^manifest/)],
  ['does not sign its manifest', { file: () => '{"manifest":"e30.e30.e30"}' }, manifestReaders],
  [
    'signs with another’s name',
    { manifest: (manifest) => ({ ...manifest, issuer: 'no' }) },
    manifestReaders,
  ],
  [
    'serves its manifest as a page',
    { fileHeaders: { 'content-type': 'text/html' } },
    ['manifest-is-published'],
  ],
  [
    'signs its manifest for each request',
    { file: (text) => `${text}${' '.repeat(Math.ceil(Math.random() * 1e5))}` },
    ['manifest-is-signed-once'],
  ],
  [
    'publishes another contract',
    { manifest: (manifest) => ({ ...manifest, subgraph: 'nbnp' }) },
    ['manifest-names-the-contract'],
  ],
  [
    'names another endpoint',
    { manifest: (manifest) => ({ ...manifest, endpoint: 'https://elsewhere.example.org/' }) },
    ['manifest-names-the-endpoint'],
  ],
  [
    'lacks a field of the contract',
    {
      manifest: (manifest) => ({
        ...manifest,
        schema: withoutField(manifest.schema, 'rank'),
      }),
    },
    ['manifest-has-the-contract'],
  ],
  [
    'publishes what it does not serve',
    {
      manifest: (manifest) => ({ ...manifest, schema: `${manifest.schema}\ntype More { id: ID }` }),
    },
    ['manifest-is-what-is-served'],
  ],
  [
    'responds with a page',
    { answer: (answered) => void (answered.headers['content-type'] = 'text/html') },
    ['response-is-json'],
  ],
  [
    'has another root type',
    {
      answer: change(({ __typename, ...rest }) => ({
        ...(__typename !== undefined && {
          __typename: __typename === 'Query' ? 'Root' : __typename,
        }),
        ...rest,
      })),
    },
    ['root-type-is-query'],
  ],
  [
    'ignores variables',
    { ask: (asked) => void ('is' in asked.variables && (asked.variables['is'] = true)) },
    ['variables-are-used'],
  ],
  [
    'drops aliases of the hub',
    { answer: (answered) => void delete dataOf(answered)?.['hub__0'] },
    ['aliases-of-the-hub-are-accepted'],
  ],
  [
    'has errors without codes',
    {
      answer: (answered) =>
        void (answered.status !== 401 && (answered.body = mapObjects(answered.body, codeless))),
    },
    [
      ...named(/-has-a-code$|^(deep|circle|many)/),
      ...named(
        /^(first-of-zero|negative|first-over|invalid-cursor|cursor-of|more-rep|pages-in|last-of|search-is)/,
      ),
    ],
  ],
  [
    'shows where its errors are',
    {
      answer: change((object) =>
        'message' in object ? { ...object, stack: 'at run (/srv/x.js)' } : object,
      ),
    },
    ['errors-say-nothing-of-the-server'],
  ],
];

/** Steps that a partner fails which refuses all requests. It fails others, too. */
export const refusedSteps = [
  'signed-request-is-accepted',
  'signed-time-and-name-are-accepted',
  'three-seconds-ahead-are-accepted',
  'anonymous-is-accepted',
  'response-is-in-time',
];
