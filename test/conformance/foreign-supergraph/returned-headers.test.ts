import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openSubgraphs, passing } from './forwarding-subgraphs.js';

const book = '{ book { title price } }';

describe('HUB_FORWARD_HEADERS, for what comes back', async () => {
  const { subgraphs, openHub, reset, ...opened } = await openSubgraphs();
  afterAll(() => opened[Symbol.asyncDispose]());
  beforeEach(reset);

  it.each([
    ['public, max-age=60', 'public, max-age=30', 'public, max-age=30'],
    ['public, max-age=60', 'private, max-age=90', 'private, max-age=60'],
    ['max-age=60', 'public, max-age=60', 'private, max-age=60'],
    [
      'public, max-age=60',
      'public, max-age=90, must-revalidate',
      'public, max-age=60, must-revalidate',
    ],
    ['public, max-age=60', 'public, max-age=90, s-maxage=30', 'public, max-age=30'],
    ['public, max-age=60', 'public, max-age=30, s-maxage=90', 'public, max-age=30'],
    ['public, max-age=60', 'private, max-age=90, s-maxage=0', 'private, max-age=60'],
    ['public, max-age=60', 'public, max-age=90, s-maxage=0', 'no-store'],
    ['public, max-age=60', ['public, max-age=5', 'max-age=600'], 'public, max-age=5'],
    ['public, max-age=60', ['public, max-age=5', 'no-store'], 'no-store'],
    [
      'no-transform, public, max-age=60',
      'public, max-age=90, must-understand, proxy-revalidate',
      'public, max-age=60, must-understand, no-transform, proxy-revalidate',
    ],
    ['public, max-age=60', 'public, max-age=0x3c', 'no-store'],
    ['public, max-age=60', 'x="1, public, max-age=90"', 'no-store'],
    ['public, max-age=60', 'no-cache', 'no-store'],
    ['public, max-age=60', 'no-store, max-age=60', 'no-store'],
    ['public, max-age=60', 'public, max-age=0', 'no-store'],
    ['public, max-age=60', 'public, max-age=soon', 'no-store'],
    ['public, max-age=60', 'public, max-age=3e1', 'no-store'],
    ['public, max-age=60', 'public, max-age=30, max-age=90', 'public, max-age=30'],
    ['public, max-age=60', 'public', 'no-store'],
    ['public, max-age=60', undefined, 'no-store'],
  ])('follows the strictest of %j and %j', async (one, other, expected) => {
    await using hub = await openHub(passing({ response: ['cache-control'] as never }));
    for (const [shelf, prices] of [
      [one, other],
      [other, one],
    ]) {
      subgraphs.shelf.headers = shelf === undefined ? {} : { 'cache-control': shelf };
      subgraphs.prices.headers = prices === undefined ? {} : { 'cache-control': prices };
      const { headers } = await hub.send(book, { 'cache-control': 'no-cache' });
      expect(headers['cache-control']).toBe(expected);
    }
  });

  it('sends no-store for a stale or partial response, and for a mutation', async () => {
    const shelf = { request: [], response: ['cache-control'] };
    await using hub = await openHub(passing({}, { shelf }));
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', age: '50' };
    const fresh = { 'cache-control': 'no-cache' };
    const caching = async (query: string) =>
      (await hub.send(query, fresh)).headers['cache-control'];
    expect(await caching('{ book { title } }')).toBe('public, max-age=10');
    // The other subgraph is asked too, and its word does not count.
    expect(await caching(book)).toBe('no-store');
    expect(await caching('{ book { title } lent }')).toBe('no-store');
    expect(await caching('mutation { lend }')).toBe('no-store');
    const refused: Record<string, string | string[]>[] = [
      { age: '61' },
      { age: '1e1' },
      { vary: '*' },
      { vary: ['origin', 'x, *'] },
    ];
    for (const more of refused) {
      subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', ...more };
      expect(await caching('{ book { title } }')).toBe('no-store');
    }
  });
});
