import { mapObjects, type Breach, type Row } from '../network/broken-partner.js';
import type { NamedBreach } from './breaches.js';

const withoutCodes = (body: unknown): unknown =>
  mapObjects(body, (object) => {
    if (!('message' in object) || !('extensions' in object)) return object;
    const { extensions: _, ...error } = object;
    return error;
  });

/** Has no codes in the response to one kind of request. */
const hidesCode = (
  step: string,
  what: string,
  is: (asked: { text: string; query: string; variables: Row }) => boolean,
): NamedBreach => [
  `has no code for ${what}`,
  {
    answer: (answered, asked) => {
      if (answered.status !== 401 && is(asked)) answered.body = withoutCodes(answered.body);
    },
  },
  [step],
];

const begins = (query: string) => (asked: { query: string }) => asked.query.startsWith(query);
const clampsCursor =
  (form: RegExp): Breach['ask'] =>
  (asked) => {
    asked.query = asked.query.replace(form, '');
  };

/** Finds a record that nobody has, with this prefix. */
const invents = (step: string, what: string, prefix: string): NamedBreach => [
  `finds ${what}`,
  {
    answer: ({ body }, { variables }) => {
      const { data } = (body ?? {}) as { data?: Row };
      if (data && 'row' in data && String(variables['id']).startsWith(prefix))
        data['row'] = { __typename: 'Officer' };
    },
  },
  [step],
];

/** The page of the request before, if it was the same one. */
function turnsSecond(): Breach {
  let last = '';
  return {
    answer: (answered, { text }) => {
      const isSecond = text === last;
      last = text;
      const { data } = (answered.body ?? {}) as { data?: { page?: Row } };
      const page = data?.page;
      if (!isSecond || !page || !Array.isArray(page['nodes']) || !Array.isArray(page['edges']))
        return;
      const edges = (page['edges'] as Row[]).toReversed();
      const pageInfo = { hasNextPage: false, endCursor: edges.at(-1)?.['cursor'] ?? null };
      data.page = { ...page, edges, pageInfo, nodes: (page['nodes'] as Row[]).toReversed() };
    },
  };
}

/** The manifest at its nth request has another signature. */
function signsBadly(at: number): Breach {
  let count = 0;
  return {
    file: (file) => {
      count += 1;
      return count === at ? file.replace(/.{8}"\}\s*$/, 'AAAAAAAA"}') : file;
    },
  };
}

/** One for each step about errors and values that a coarser breach fails together with others. */
export const errorBreaches: readonly NamedBreach[] = [
  hidesCode('broken-json-has-a-code', 'broken JSON', ({ text }) => text === '{"query":'),
  hidesCode(
    'broken-document-has-a-code',
    'a broken document',
    ({ query }) => query === '{ __typename',
  ),
  hidesCode('unknown-field-has-a-code', 'an unknown field', begins('{ thereIsNoSuch')),
  hidesCode('missing-query-has-a-code', 'no query', ({ text }) => text === '{}'),
  hidesCode('deep-document-is-refused', 'a deep document', begins('{a{a{a')),
  hidesCode('circle-of-fragments-is-refused', 'a circle of fragments', begins('{ ...A }')),
  hidesCode('many-aliases-are-refused', 'many aliases', begins('{ a0: __typename a1:')),
  hidesCode('unknown-type-has-a-code', 'an unknown type', ({ variables }) =>
    JSON.stringify(variables).includes('ThereIsNoSuchType'),
  ),
  [
    'begins anew at what is no cursor',
    { ask: clampsCursor(/\(after: "!"\)/) },
    ['invalid-cursor-is-refused'],
  ],
  [
    'begins anew at a cursor of another list',
    { ask: clampsCursor(/\(after: "[\w-]+"\)/) },
    ['cursor-of-another-list-is-refused'],
  ],
  ['turns the order round at the second request', turnsSecond(), ['order-is-total']],
  invents('unknown-id-is-null', 'what it does not have', 'dk:'),
  invents('foreign-id-is-null', 'what others have', 'zz:'),
  ['signs badly now and then', signsBadly(2), ['manifest-is-signed']],
];
