import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareKeys, keysOf, openLibrary, type Library, type Tree } from './library.js';

describe('@gather of a connection whose order the client chooses', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary();
  });
  afterAll(() => library[Symbol.asyncDispose]());

  const requestsTo = (code: string) =>
    library.proxies[code]?.requests.filter(({ query }) => query !== '{ __typename }').length ?? 0;

  it.each(
    (['ISBN', 'READER'] as const).flatMap((order) =>
      [1, 2, 3, 7, 1000].flatMap((size) => [
        { order, size, isBackwards: false },
        { order, size, isBackwards: true },
      ]),
    ),
  )(
    'loses nothing in another order: $order, $size, backwards $isBackwards',
    async ({ order, size, isBackwards }) => {
      // By readers for one branch alone, as its cursors are.
      const branch = order === 'READER' ? 'NORTH' : null;
      const query = `query ($size: Int, $cursor: String, $order: CopyOrder, $branch: Branch) {
        copies(${isBackwards ? 'last: $size, before' : 'first: $size, after'}: $cursor, orderBy: $order, filter: { branch: $branch }) {
          edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }`;
      const pages: string[][] = [];
      let cursor: string | null = null;
      do {
        const { data, errors }: Tree = await library.ask(query, { size, cursor, order, branch });
        expect(errors).toBeUndefined();
        const { edges, nodes, pageInfo } = data.copies;
        expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
        pages.push(nodes.map(({ id }: Tree) => id));
        if (isBackwards) cursor = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
        else cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (cursor !== null);
      const expected = Object.values(library.branches)
        .flat()
        .filter(({ id }) => branch === null || id.startsWith('north:'))
        .toSorted((a, b) => compareKeys(keysOf(a, order), keysOf(b, order)));
      expect((isBackwards ? pages.toReversed() : pages).flat()).toEqual(
        expected.map(({ id }) => id),
      );
    },
  );

  it('refuses an order of one owner that is not named, and asks nobody', async () => {
    const before = ['north', 'south', 'east'].map(requestsTo);
    const query = 'query ($order: CopyOrder) { copies(orderBy: $order) { totalCount } }';
    const { data, errors } = await library.ask(query, { order: 'READER' });
    expect(data).toEqual({ copies: null });
    const extensions = { code: 'BAD_USER_INPUT', argument: 'filter.branch' };
    expect(errors).toMatchObject([{ extensions }]);
    expect(['north', 'south', 'east'].map(requestsTo)).toEqual(before);
  });
});
