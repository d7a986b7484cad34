import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Copy } from './data.js';
import { compareKeys, keysOf, openLibrary, type Library, type Tree } from './library.js';

const allAnswered = {
  north: { status: 'ANSWERED' },
  south: { status: 'ANSWERED' },
  east: { status: 'ANSWERED' },
};

describe('a schema that many partners serve', () => {
  let library: Library;
  let everyCopy: Copy[];

  beforeAll(async () => {
    library = await openLibrary();
    everyCopy = Object.values(library.branches)
      .flat()
      .toSorted((a, b) => compareKeys(keysOf(a), keysOf(b)));
  });
  afterAll(() => library[Symbol.asyncDispose]());

  // Beside the requests of tests there are those of the hub’s health check.
  const requestsTo = (code: string) =>
    library.proxies[code]?.requests.filter(({ query }) => query !== '{ __typename }').length ?? 0;

  describe('@route', () => {
    it('asks the one partner whose id it is', async () => {
      const before = requestsTo('south');
      const answer = await library.ask('{ copy(id: "north:3") { id isbn } }');
      expect(answer.data).toEqual({ copy: { id: 'north:3', isbn: '3' } });
      expect(answer.extensions.completeness).toEqual({
        complete: true,
        partners: { north: { status: 'ANSWERED' } },
      });
      expect(requestsTo('south')).toBe(before);
    });

    it('takes the id from a variable', async () => {
      const answer = await library.ask('query ($id: ID!) { copy(id: $id) { id } }', {
        id: 'east:2',
      });
      expect(answer.data.copy).toEqual({ id: 'east:2' });
    });

    it('takes any other value in its lower-case form', async () => {
      const { data } = await library.ask('{ opening(branch: SOUTH) }');
      expect(data).toEqual({ opening: 'south opens at nine' });
    });

    it('answers NOT_FOUND for a value without an owner, and asks nobody', async () => {
      const before = ['north', 'south', 'east'].map(requestsTo);
      const answer = await library.ask('{ copy(id: "west:1") { id } none: copy(id: "1") { id } }');
      expect(answer.data).toEqual({ copy: null, none: null });
      expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['copy'], 'NOT_FOUND'],
        [['none'], 'NOT_FOUND'],
      ]);
      // Nothing that a partner has is missing, and nobody covers these.
      expect(answer.extensions.completeness).toEqual({
        complete: true,
        partners: {},
        uncovered: ['1', 'west:1'],
      });
      expect(['north', 'south', 'east'].map(requestsTo)).toEqual(before);
    });

    it('gives null without an error for a record that its owner does not have', async () => {
      const answer = await library.ask('{ copy(id: "north:99") { id } }');
      expect(answer.data).toEqual({ copy: null });
      expect(answer.errors).toBeUndefined();
    });

    it('sends a mutation to one partner and says that it was written', async () => {
      const answer = await library.ask(
        'mutation ($input: LendInput!) { lend(input: $input) { id lentTo } }',
        { input: { copy: 'south:2', reader: 'a reader' } },
      );
      expect(answer.data.lend).toEqual({ id: 'south:2', lentTo: 'a reader' });
      expect(answer.extensions.written).toEqual(['lend']);
      expect(answer.extensions.completeness.partners).toEqual({ south: { status: 'ANSWERED' } });
    });

    it('runs mutations in the order of the document, whosever they are', async () => {
      const answer = await library.ask(`mutation {
        first: lend(input: { copy: "north:1", reader: "x" }) { lentTo }
        second: lend(input: { copy: "south:3", reader: "y" }) { lentTo }
        third: lend(input: { copy: "north:1", reader: "z" }) { lentTo }
      }`);
      expect(Object.values(answer.data)).toEqual([
        { lentTo: 'x' },
        { lentTo: 'y' },
        { lentTo: 'z' },
      ]);
      expect(answer.extensions.written).toEqual(['first', 'second', 'third']);
    });
  });

  describe('@gather of a list', () => {
    it('is the union in the declared order, null last', async () => {
      const answer = await library.ask('{ shelves { id rank } }');
      expect(answer.data.shelves).toEqual([
        { id: 'east:shelf-1', rank: 4 },
        { id: 'north:shelf-1', rank: 5 },
        { id: 'south:shelf-1', rank: 5 },
        { id: 'east:shelf-2', rank: null },
        { id: 'north:shelf-2', rank: null },
        { id: 'south:shelf-2', rank: null },
      ]);
      expect(answer.extensions.completeness).toEqual({ complete: true, partners: allAnswered });
    });

    it('asks for the sort keys that the client did not ask for, and takes them out again', async () => {
      const answer = await library.ask('{ shelves { copies { id } } }');
      expect(answer.data.shelves.map((shelf: Tree) => Object.keys(shelf))).toEqual(
        Array.from({ length: 6 }, () => ['copies']),
      );
    });

    it('asks one partner alone where an argument names it', async () => {
      const answer = await library.ask('{ shelves(branch: EAST) { id } }');
      expect(answer.data.shelves).toEqual([{ id: 'east:shelf-1' }, { id: 'east:shelf-2' }]);
      expect(answer.extensions.completeness.partners).toEqual({ east: { status: 'ANSWERED' } });
    });
  });

  describe('@gather of a connection', () => {
    it.each([1, 2, 3, 5, 7, 22, 1000])('loses nothing in pages of %i', async (first) => {
      const query = `query ($first: Int, $after: String) {
        copies(first: $first, after: $after) {
          edges { cursor node { id shelf } } nodes { id }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount countAtLeast
        }
      }`;
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const { data }: Tree = await library.ask(query, { first, after });
        const { edges, nodes, pageInfo, totalCount, countAtLeast } = data.copies;
        expect({ totalCount, countAtLeast }).toEqual({ totalCount: 22, countAtLeast: 22 });
        expect(nodes).toEqual(edges.map(({ node }: Tree) => ({ id: node.id })));
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        expect(pageInfo.startCursor).toBe(edges[0].cursor);
        expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
        ids.push(...nodes.map(({ id }: Tree) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(ids).toEqual(everyCopy.map(({ id }) => id));
    });

    it.each([1, 2, 3, 5, 7, 22, 1000])('loses nothing backwards in pages of %i', async (last) => {
      const query = `query ($last: Int, $before: String) {
        copies(last: $last, before: $before) {
          edges { cursor node { id shelf } } nodes { id }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount countAtLeast
        }
      }`;
      const ids: string[] = [];
      let before: string | null = null;
      do {
        const { data, errors }: Tree = await library.ask(query, { last, before });
        expect(errors).toBeUndefined();
        const { edges, nodes, pageInfo, totalCount, countAtLeast } = data.copies;
        expect({ totalCount, countAtLeast }).toEqual({ totalCount: 22, countAtLeast: 22 });
        expect(nodes).toEqual(edges.map(({ node }: Tree) => ({ id: node.id })));
        expect(pageInfo.hasNextPage).toBe(before !== null);
        expect(pageInfo.startCursor).toBe(edges[0].cursor);
        expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
        ids.unshift(...nodes.map(({ id }: Tree) => id));
        before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
      } while (before !== null);
      expect(ids).toEqual(everyCopy.map(({ id }) => id));
    });

    it.each([
      ['last: 0', 'last'],
      ['last: 1001', 'last'],
      ['first: 1, last: 1', 'first'],
      ['after: "x", last: 1', 'after'],
      ['before: "x"', 'before'],
      ['first: 1, before: "x"', 'before'],
    ])('refuses %s without asking anybody', async (page, argument) => {
      const before = ['north', 'south', 'east'].map(requestsTo);
      const { data, errors } = await library.ask(`{ copies(${page}) { totalCount } }`);
      expect(data).toEqual({ copies: null });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
      expect(['north', 'south', 'east'].map(requestsTo)).toEqual(before);
    });

    it('is asked in aliases, fragments, conditions and several times in one operation', async () => {
      const { data } = await library.ask(
        `query ($yes: Boolean!, $no: Boolean!) {
          few: copies(first: 2) { ...page pageInfo { more: hasNextPage } }
          lent: copies(first: 100, filter: { lent: true }) { n: nodes { i: id lentTo } count: totalCount }
          ... @include(if: $yes) { loans }
          shelves @skip(if: $yes) { id }
          copies(first: 1) @include(if: $no) { totalCount }
        }
        fragment page on CopyConnection { e: edges { c: cursor node { id } again: node { shelf } } edges { node { id } } }`,
        { yes: true, no: false },
      );
      expect(data.few.e.map(({ node }: Tree) => node.id)).toEqual(
        everyCopy.slice(0, 2).map(({ id }) => id),
      );
      expect(data.few.e.map(({ again }: Tree) => again.shelf)).toEqual(
        everyCopy.slice(0, 2).map(({ shelf }) => shelf),
      );
      expect(data.few.edges).toEqual(everyCopy.slice(0, 2).map(({ id }) => ({ node: { id } })));
      expect(data.few.pageInfo).toEqual({ more: true });
      const lent = everyCopy.filter(({ lentTo }) => lentTo !== null);
      expect(data.lent.n.map(({ i }: Tree) => i)).toEqual(lent.map(({ id }) => id));
      expect(data.lent.count).toBe(lent.length);
      expect(data.loans).toBe(lent.length);
      expect(Object.keys(data)).toEqual(['few', 'lent', 'loans']);
    });

    it('is as long as the contract says where no length is asked, and loses nothing', async () => {
      const query = `query ($after: String) { copies(after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
      const pages: string[][] = [];
      let after: string | null = null;
      do {
        const { data }: Tree = await library.ask(query, { after });
        pages.push(data.copies.nodes.map(({ id }: Tree) => id));
        after = data.copies.pageInfo.hasNextPage ? data.copies.pageInfo.endCursor : null;
      } while (after !== null);
      expect(pages.flat()).toEqual(everyCopy.map(({ id }) => id));
      expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 2]);
    });

    it('is asked in fragments on an object type within those on an interface', async () => {
      // The plain engine leaves these out.
      const { data } = await library.ask(
        '{ copies(first: 1) { nodes { ... on Thing { ... on Copy { id book { ...b @include(if: true) } } } } } } fragment b on Book { title }',
      );
      expect(data.copies.nodes).toEqual([
        { id: everyCopy[0]?.id, book: { title: expect.any(String) as unknown } },
      ]);
    });

    it('intersects two narrowing arguments, and asks nobody where nothing is left', async () => {
      const before = ['north', 'south', 'east'].map(requestsTo);
      const answer = await library.ask(`{
        copies(filter: { branch: NORTH, copy: "south:1" }) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }
        unknown: copies(filter: { copy: "west:1" }) { edges { cursor } countAtLeast }
      }`);
      expect(answer.data).toEqual({
        copies: { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } },
        unknown: { edges: [], countAtLeast: 0 },
      });
      expect(answer.errors).toBeUndefined();
      expect(['north', 'south', 'east'].map(requestsTo)).toEqual(before);
    });

    it.each([0, -1, 1001])('refuses a page of %i as BAD_USER_INPUT', async (first) => {
      const answer = await library.ask(
        'query ($first: Int) { copies(first: $first) { totalCount } }',
        { first },
      );
      expect(answer.data).toEqual({ copies: null });
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: 'first',
      });
    });

    it('says a partner’s refusal once, without its wording, as an answer', async () => {
      const answer = await library.ask('{ copies(after: "nonsense") { totalCount } }');
      expect(answer.data).toEqual({ copies: null });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors?.[0]?.path).toEqual(['copies']);
      // All partners say so: it is the client’s, and names none of them.
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
      expect(answer.extensions.completeness.complete).toBe(true);
    });
  });

  describe('@gather on an entity', () => {
    it('joins what every partner contributes, field by field', async () => {
      const { data, errors } = await library.ask(
        '{ books { isbn title copyCount copies { id } isRare } }',
      );
      expect(errors).toBeUndefined();
      for (const book of data.books) {
        const own = everyCopy.filter(({ isbn }) => isbn === book.isbn).map(({ id }) => id);
        expect(book.copyCount).toBe(own.length);
        expect(book.copies.map(({ id }: Tree) => id)).toEqual(
          own.toSorted((a, b) => compareKeys([a], [b])),
        );
        expect(book.isRare).toBe(own.length < 3);
      }
    });

    it('goes to and fro between slices', async () => {
      const { data } = await library.ask(
        '{ copies(first: 3) { nodes { id book { title copies { book { isbn } } } } } }',
      );
      expect(data.copies.nodes).toHaveLength(3);
      for (const { book } of data.copies.nodes) expect(book.copies.length).toBeGreaterThan(1);
    });

    it('sends each representation once', async () => {
      const before = library.proxies.catalogue?.requests.length ?? 0;
      await library.ask('{ copies(first: 22) { nodes { book { title copyCount } } } }');
      const sent = library.proxies.north?.requests.at(-1)?.variables.representations as unknown[];
      expect(sent).toHaveLength(3);
      expect(library.proxies.catalogue?.requests.length).toBe(before + 1);
    });
  });
});
