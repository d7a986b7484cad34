import { pino } from 'pino';
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

  it('sends them with a response from the cache too, and its age', async () => {
    await using hub = await openHub(passing({ response: ['cache-control', 'x-cost'] as never }));
    const control = 'public, max-age=60';
    subgraphs.shelf.headers = { 'cache-control': control, age: '10', 'x-cost': '3' };
    const ask = async () => (await hub.send('{ book { title } }')).headers;
    const first = await ask();
    expect([first['x-cost'], first['cache-control']]).toEqual(['3', 'public, max-age=50']);
    const second = await ask();
    expect(subgraphs.shelf.got).toHaveLength(1);
    const [, seconds] = /^public, max-age=(\d+)$/.exec(second['cache-control'] ?? '') ?? [];
    expect([second['x-cost'], Number(seconds) > 0, Number(seconds) < 50]).toEqual([
      '3',
      true,
      true,
    ]);
  });

  it('drops and logs a header that is too long, and what is too long together', async () => {
    const names = ['x-a', 'x-b', 'x-c', 'x-d', 'x-e', 'x-f', 'x-ok'];
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) });
    await using hub = await openHub(passing({ response: names as never }), logger);
    const [shelf, prices] = [subgraphs.shelf, subgraphs.prices];
    shelf.headers = { 'x-a': 'a'.repeat(1_200), 'x-ok': '1' };
    prices.headers = { 'x-a': 'b'.repeat(1_200), 'x-ok': '2' };
    const { body, headers } = await hub.send(book);
    expect(body.data).toEqual({ book: { title: 'Edda', price: 7 } });
    expect([headers['x-a'], headers['x-ok']]).toEqual([undefined, '1, 2']);
    expect(lines).toMatchObject([{ partner: 'prices', header: 'x-a' }]);
    lines.length = 0;
    shelf.headers = Object.fromEntries(names.map((name) => [name, name.repeat(400)]));
    prices.headers = {};
    const many = await hub.send(book);
    expect(many.body.data).toEqual({ book: { title: 'Edda', price: 7 } });
    const passed = names.filter((name) => many.headers[name] !== undefined);
    expect(passed.map((name) => many.headers[name])).toEqual(
      passed.map((name) => name.repeat(400)),
    );
    // Each has 1,200 or 1,600 characters. All together may have 8,192.
    expect(passed).toHaveLength(6);
    expect(lines.map(({ header }) => header)).toEqual(
      names.filter((name) => !passed.includes(name)),
    );
  });
});
