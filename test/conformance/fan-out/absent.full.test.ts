import { describe, expect, it, onTestFinished } from 'vitest';
import {
  compareKeys,
  keysOf,
  openLibrary,
  type Answer,
  type Library,
  type Tree,
} from './library.js';

/** A library some of whose partners are away for as long as a test runs. */
async function openWithout(...away: readonly string[]): Promise<Library> {
  const library = await openLibrary();
  onTestFinished(() => library[Symbol.asyncDispose]());
  for (const code of away) await library.proxies[code]?.set({ fault: 'refuse' });
  return library;
}

const branches = ['north', 'south', 'east'];

const errorsOf = ({ errors = [] }: Answer) =>
  errors
    .map(({ path = [], extensions: { code, partner } }) => `${path.join('.')} ${code} ${partner}`)
    .toSorted();

const missing = (path: string, ...partners: readonly string[]) =>
  partners.map((partner) => `${path} PARTNER_UNAVAILABLE ${partner}`);

describe('one partner that is away', () => {
  it('costs its own rows of an entity’s gathered fields, and the sum', async () => {
    const library = await openWithout('north');
    const answer = await library.ask('{ books { isbn copyCount isRare copies { id } } }');
    const copies = [...library.branches.south!, ...library.branches.east!];
    expect(answer.data.books).toEqual(
      ['1', '2', '3'].map((isbn) => ({
        isbn,
        copyCount: null,
        // The step that needs the count ran all the same, and said that it does not know.
        isRare: null,
        copies: copies
          .filter((copy) => copy.isbn === isbn)
          .map(({ id }) => ({ id }))
          .toSorted((a, b) => compareKeys([a.id], [b.id])),
      })),
    );
    expect(library.proxies.catalogue!.requests.some(({ kind }) => kind === 'entities')).toBe(true);
    // The sum and the list are the entity’s own. What needs the sum is null for want of it.
    const places = [0, 1, 2].flatMap((index) => [`books.${index}`, `books.${index}.isRare`]);
    expect(errorsOf(answer)).toEqual(places.flatMap((path) => missing(path, 'north')));
  });

  it('is named once for each place, however many fields and aliases ask there', async () => {
    const library = await openWithout('north');
    const answer = await library.ask(
      '{ book(isbn: "1") { a: copyCount b: copyCount copies { id } more: copies { isbn } } loans l: loans }',
    );
    expect(errorsOf(answer)).toEqual([
      ...missing('book', 'north'),
      ...missing('l', 'north'),
      ...missing('loans', 'north'),
    ]);
    expect(answer.data).toMatchObject({ book: { a: null, b: null }, loans: null, l: null });
  });

  it('leaves the key, and nulls for the rest, of an entity that is its own', async () => {
    const library = await openWithout('south');
    const answer = await library.ask(
      '{ shown { id ... on Copy { i: id shelf book { title } } ... on Shelf { rank } } }',
    );
    expect(answer.data.shown).toEqual([
      { id: 'north:shelf-1', rank: 1 },
      { id: 'south:2', i: 'south:2', shelf: null, book: null },
      null,
      {
        id: 'east:1',
        i: 'east:1',
        shelf: expect.anything() as unknown,
        book: { title: 'Kalevipoeg' },
      },
      { id: 'south:3', i: 'south:3', shelf: null, book: null },
    ]);
    expect(errorsOf(answer)).toEqual([
      ...missing('shown.1', 'south'),
      ...missing('shown.1.book', 'south'),
      ...missing('shown.4', 'south'),
      ...missing('shown.4.book', 'south'),
    ]);
  });

  it('is named at the right items of a list of several types', async () => {
    const library = await openWithout('catalogue', 'east');
    await library.proxies.catalogue!.set({ fault: 'status500', on: 'entities' });
    const answer = await library.ask('{ shown { ... on Copy { book { title } shelf } id } }');
    expect(answer.data.shown.map((item: Tree) => item?.id)).toEqual([
      'north:shelf-1',
      'south:2',
      undefined,
      'east:1',
      'south:3',
    ]);
    // East’s own part is lost, and the catalogue’s of the others.
    expect(errorsOf(answer).filter((error) => error.endsWith('east'))).toEqual([
      ...missing('shown.3', 'east'),
      ...missing('shown.3.book', 'east'),
    ]);
    expect(errorsOf(answer).filter((error) => error.endsWith('catalogue'))).toEqual([
      ...missing('shown.1', 'catalogue'),
      ...missing('shown.3', 'catalogue'),
      ...missing('shown.4', 'catalogue'),
    ]);
  });

  it('is named at the items of nested lists', async () => {
    const library = await openWithout();
    await library.proxies.catalogue!.set({ fault: 'status500', on: 'entities' });
    const answer = await library.ask(
      '{ shelves(branch: NORTH) { id copies { id book { title } } } }',
    );
    expect(answer.data.shelves).toEqual([
      {
        id: 'north:shelf-1',
        copies: [
          { id: 'north:1', book: null },
          { id: 'north:2', book: null },
        ],
      },
      { id: 'north:shelf-2', copies: [] },
    ]);
    expect(errorsOf(answer)).toEqual([
      ...missing('shelves.0.copies.0', 'catalogue'),
      ...missing('shelves.0.copies.1', 'catalogue'),
    ]);
  });

  it('is named at the client’s own aliases, at every depth', async () => {
    const library = await openWithout();
    await library.proxies.catalogue!.set({ fault: 'status500', on: 'entities' });
    const answer = await library.ask(
      '{ b: books { c: copies { i: id b: book { t: title } } } two: copies(first: 2) { n: nodes { b: book { title } } e: edges { node { of: book { title } } } } }',
    );
    const places = answer.data.b.flatMap(({ c }: Tree, index: number) =>
      c.map((_: unknown, inner: number) => `b.${index}.c.${inner}`),
    );
    expect(errorsOf(answer)).toEqual(
      [...places, 'two.n.0', 'two.n.1', 'two.e.0.node', 'two.e.1.node']
        .flatMap((path) => missing(path, 'catalogue'))
        .toSorted(),
    );
    expect(answer.data.b[0].c[0]).toEqual({ i: 'east:1', b: null });
  });

  it('loses no row of the others over pages of any size', async () => {
    const library = await openWithout('south');
    const others = [...library.branches.north!, ...library.branches.east!].toSorted((a, b) =>
      compareKeys(keysOf(a), keysOf(b)),
    );
    for (const first of [1, 4, 100]) {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const { data }: Answer = await library.ask(
          'query ($first: Int, $after: String) { copies(first: $first, after: $after) { nodes { id } totalCount countAtLeast pageInfo { hasNextPage endCursor } } }',
          { first, after },
        );
        const { nodes, totalCount, countAtLeast, pageInfo } = data.copies;
        expect({ totalCount, countAtLeast }).toEqual({ totalCount: null, countAtLeast: 18 });
        ids.push(...nodes.map(({ id }: Tree) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(ids).toEqual(others.map(({ id }) => id));
      const back: string[] = [];
      let before: string | null = null;
      do {
        const { data }: Answer = await library.ask(
          'query ($last: Int, $before: String) { copies(last: $last, before: $before) { nodes { id } totalCount countAtLeast pageInfo { hasPreviousPage startCursor } } }',
          { last: first, before },
        );
        const { nodes, totalCount, countAtLeast, pageInfo } = data.copies;
        expect({ totalCount, countAtLeast }).toEqual({ totalCount: null, countAtLeast: 18 });
        back.unshift(...nodes.map(({ id }: Tree) => id));
        before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
      } while (before !== null);
      expect(back).toEqual(ids);
    }
  });
});

describe('all partners of a schema that are away', () => {
  it('leave empty lists, no sum, and one error each', async () => {
    const library = await openWithout(...branches);
    const answer = await library.ask(`{
      shelves { id } loans copy(id: "north:1") { id }
      copies { __typename nodes { id } edges { cursor } totalCount countAtLeast pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
      book(isbn: "1") { title copyCount isRare copies { id } }
    }`);
    expect(answer.data).toEqual({
      shelves: [],
      loans: null,
      copy: null,
      copies: {
        __typename: 'CopyConnection',
        nodes: [],
        edges: [],
        totalCount: null,
        countAtLeast: 0,
        pageInfo: {
          hasNextPage: false,
          hasPreviousPage: false,
          startCursor: null,
          endCursor: null,
        },
      },
      book: { title: 'Kalevipoeg', copyCount: null, isRare: null, copies: [] },
    });
    expect(errorsOf(answer)).toEqual(
      [
        ...missing('shelves', ...branches),
        ...missing('loans', ...branches),
        ...missing('copies', ...branches),
        ...missing('book', ...branches),
        ...missing('book.isRare', ...branches),
        ...missing('copy', 'north'),
      ].toSorted(),
    );
    expect(answer.extensions.completeness.complete).toBe(false);
  });
});

describe('a partner that answers with null', () => {
  it('has said nothing of its rows, so that there is no total', async () => {
    const library = await openWithout();
    const nullsAt =
      (key: string) =>
      ({ query }: { query: string }) =>
        query.includes(key);
    await library.proxies.north!.set({ fault: 'errorForbiddenLeak', on: nullsAt('copies') });
    const answer = await library.ask(
      '{ copies(first: 30) { nodes { id } totalCount countAtLeast } }',
    );
    expect(answer.data.copies).toMatchObject({ totalCount: null, countAtLeast: 11 });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['copies'], 'FORBIDDEN'],
    ]);
  });
});

describe('what nobody owns', () => {
  it('is filled on an entity like an absent partner’s, without an error', async () => {
    const library = await openLibrary({
      shown: [
        { __typename: 'Copy', id: 'west:1' },
        { __typename: 'Copy', id: 'no owner' },
        { __typename: 'Copy', id: 'east:1' },
      ],
    });
    await using _ = library;
    const answer = await library.ask('{ shown { id ... on Copy { shelf book { title } } } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data.shown).toEqual([
      { id: 'west:1', shelf: null, book: null },
      { id: 'no owner', shelf: null, book: null },
      { id: 'east:1', shelf: expect.anything() as unknown, book: { title: 'Kalevipoeg' } },
    ]);
    expect(answer.extensions.completeness.complete).toBe(true);
  });
});

describe('representations', () => {
  it('are sent once each, at most a thousand a request, and come back to their places', async () => {
    const ids = Array.from({ length: 1_101 }, (_, index) => `north:${index}`);
    const shown = [...ids, ...ids.slice(0, 50)].map((id) => ({ __typename: 'Copy', id }));
    const library = await openLibrary({ shown, deadlineMs: 5_000 });
    await using _ = library;
    const answer = await library.ask('{ shown { id ... on Copy { shelf } } }');
    const copies = new Map(library.branches.north!.map(({ id, shelf }) => [id, { id, shelf }]));
    expect(answer.data.shown).toEqual(shown.map(({ id }) => copies.get(id) ?? null));
    expect(errorsOf(answer)).toEqual(
      shown
        .flatMap(({ id }, index) =>
          copies.has(id) ? [] : `shown.${index} DANGLING_REFERENCE catalogue`,
        )
        .toSorted(),
    );
    const sent = library.proxies.north!.requests.filter(({ kind }) => kind === 'entities');
    expect(sent.map(({ representations }) => representations.length).toSorted()).toEqual([
      1_000, 101,
    ]);
  });
});

describe('@skip and @include', () => {
  const query = `query ($yes: Boolean!, $no: Boolean! = false) {
    copies(first: 2) @include(if: $yes) {
      nodes @skip(if: $no) { id book @include(if: $yes) { title @skip(if: $yes) copyCount @include(if: $no) ... @include(if: $yes) { isbn } } }
      edges @include(if: $no) { cursor }
      ... on CopyConnection @skip(if: $yes) { totalCount }
      pageInfo { hasNextPage @include(if: $yes) endCursor @skip(if: $yes) }
    }
    books { isbn copies @skip(if: $yes) { id } copyCount @include(if: $no) n: copyCount }
    loans @skip(if: $yes) @include(if: $yes)
    ... @include(if: $no) { shelves { id } }
  }`;
  const openFor = async (without: readonly string[], variables: Record<string, unknown>) =>
    (await openWithout(...without)).ask(query, variables);

  it.each([[[]], [['south']], [branches]])(
    'are respected at every level, without %j',
    async (without: readonly string[]) => {
      const { data } = await openFor(without, { yes: true });
      expect(Object.keys(data)).toEqual(['copies', 'books']);
      expect(Object.keys(data.copies)).toEqual(['nodes', 'pageInfo']);
      expect(Object.keys(data.copies.pageInfo)).toEqual(['hasNextPage']);
      for (const node of data.copies.nodes)
        expect(node).toEqual({ id: node.id, book: { isbn: expect.any(String) as unknown } });
      for (const book of data.books) expect(Object.keys(book)).toEqual(['isbn', 'n']);
    },
  );
});
