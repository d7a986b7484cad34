import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../gateway/config.js';
import { readForwardingRules } from '../../../gateway/fan-out/partners/forwarding/forwarding-rules.js';
import { allowedOrigin, openSubgraphs, passing, type Name } from './forwarding-subgraphs.js';

describe('HUB_FORWARD_HEADERS', async () => {
  const { subgraphs, openHub, reset, ...opened } = await openSubgraphs();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forwarding-'));
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  beforeEach(reset);

  const sent = {
    authorization: 'Bearer of Anna',
    cookie: 'session=1',
    'accept-language': 'da',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'x-tenant': 'dk',
    'x-hop': 'one',
    connection: 'x-hop',
  };
  const gotOf = (name: Name) =>
    subgraphs[name].got.flatMap((headers) =>
      Object.keys(sent).filter((key) => key !== 'connection' && headers[key] !== undefined),
    );
  const book = '{ book { title price } }';

  it('passes nothing without it, in either direction', async () => {
    await using hub = await openHub();
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', 'x-cost': '3' };
    const { headers, body } = await hub.send(book, sent);
    expect(body.data).toEqual({ book: { title: 'Edda', price: 7 } });
    expect([gotOf('shelf'), gotOf('prices')]).toEqual([[], []]);
    expect([headers['x-cost'], headers['cache-control']]).toEqual([undefined, 'no-store']);
  });

  it('passes what is named, to all subgraphs or to one, and nothing of one connection', async () => {
    const all = { request: ['accept-language', 'x-hop'] } as never;
    const shelf = { request: ['authorization', 'traceparent'], response: [] };
    await using hub = await openHub(passing(all, { shelf }));
    const { headers } = await hub.send(book, sent);
    expect(gotOf('shelf')).toEqual(['authorization', 'accept-language', 'traceparent']);
    expect(gotOf('prices')).toEqual(['accept-language']);
    expect(subgraphs.shelf.got[0]).toMatchObject({ authorization: sent.authorization });
    expect(String(headers['vary']).split(', ')).toEqual(
      expect.arrayContaining(['accept-language', 'authorization']),
    );
    expect(headers['vary']).not.toContain('traceparent');
  });

  it('never serves one client what another one got', async () => {
    const names = ['authorization'];
    await using hub = await openHub(passing({ request: names as never }));
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60' };
    const people = ['Anna', 'Bo', 'Anna', ''];
    const ask = async (authorization: string) =>
      (await hub.send('{ me }', authorization ? { authorization } : {})).body.data.me;
    const expected = people.map((person) => person || null);
    expect(await Promise.all(people.map(ask))).toEqual(expected);
    // By now, each response is cached for those who send the same.
    const calls = subgraphs.shelf.got.length;
    expect(await Promise.all(people.map(ask))).toEqual(expected);
    expect(subgraphs.shelf.got.length).toBe(calls);
  });

  it('brings the named headers of responses back, each value once', async () => {
    await using hub = await openHub(passing({ response: ['x-cost', 'x-served-by'] as never }));
    subgraphs.shelf.headers = { 'x-cost': '3', 'x-served-by': 'a', 'set-cookie': ['s=1'] };
    subgraphs.prices.headers = { 'x-cost': '4', 'x-served-by': 'a', 'x-other': '1' };
    const { headers } = await hub.send(book, { origin: allowedOrigin });
    expect(headers).toMatchObject({ 'x-cost': '3, 4', 'x-served-by': 'a' });
    expect(String(headers['access-control-expose-headers']).split(', ')).toEqual(
      expect.arrayContaining(['retry-after', 'x-cost', 'x-served-by']),
    );
    expect([headers['set-cookie'], headers['x-other']]).toEqual([undefined, undefined]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('passes messages and extensions of errors only with "includeErrors": true, and never a stack trace', async () => {
    for (const includeErrors of [false, true]) {
      await using hub = await openHub(passing({ includeErrors }));
      const { body } = await hub.send('{ lent }');
      expect(body.errors).toEqual([
        {
          message: includeErrors ? 'The book is lent.' : 'The subgraph reports an error.',
          path: ['lent'],
          extensions: {
            code: 'BOOK_LENT',
            partner: 'shelf',
            ...(includeErrors && { until: '2026-12-24' }),
          },
        },
      ]);
    }
  });

  it('reports UNAUTHENTICATED if a subgraph responds with HTTP 401', async () => {
    await using hub = await openHub();
    subgraphs.prices.status = 401;
    const { body } = await hub.send(book);
    expect(body.data).toEqual({ book: { title: 'Edda', price: null } });
    expect(body.errors).toMatchObject([
      { path: ['book'], extensions: { code: 'UNAUTHENTICATED', partner: 'prices' } },
    ]);
    expect(body.extensions.completeness.complete).toBe(false);
  });

  it.each(
    [400, 401, 403, 404].flatMap((status) => [
      [status, 'application/json'] as const,
      [status, 'text/plain'] as const,
    ]),
  )('keeps cached responses and the connection after HTTP %i as %s', async (status, type) => {
    await using hub = await openHub(passing({ request: ['authorization'] as never }));
    const { shelf } = subgraphs;
    const ask = async (authorization: string, more = {}) =>
      (await hub.send('{ me }', { authorization, ...more })).body;
    shelf.headers = { 'cache-control': 'public, max-age=60' };
    expect((await ask('Anna')).data).toEqual({ me: 'Anna' });
    Object.assign(shelf, { status, headers: { 'content-type': type } });
    const { data, errors, extensions } = await ask('nobody', { 'hub-trace': '1' });
    if (status === 401 || type === 'text/plain')
      expect([data, errors?.length]).toEqual([{ me: null }, 1]);
    if (status === 401) expect(extensions.trace.calls[0].status).toBe('ANSWERED');
    expect((await ask('Anna')).data).toEqual({ me: 'Anna' });
    expect(shelf.got.map(({ authorization }) => authorization)).toEqual(['Anna', 'nobody']);
    await ask('Bo');
    expect(shelf.connections).toBe(1);
  });

  const write = async (rules: unknown) => {
    const file = join(folder, 'rules.json');
    await writeFile(file, JSON.stringify(rules));
    return file;
  };

  const forbidden = ['Cookie', 'Set-Cookie', 'Host', 'Connection', 'Keep-Alive', 'TE', 'Upgrade'];
  const more = ['Transfer-Encoding', 'Proxy-Authorization', 'Content-Length', 'Vary', 'a b', ''];
  it.each(
    [...forbidden, ...more].flatMap((name) => [
      [name, { all: { request: [name] } }],
      [name, { all: { response: [name] } }],
      [name, { subgraphs: { shelf: { request: [name] } } }],
    ]),
  )('refuses %j at the start: %j', async (_name, rules) => {
    const file = await write(rules);
    const environment = { HUB_FORWARD_HEADERS: file };
    const start = () => readConfig(environment, ['serve', '--supergraph', 'x.graphql']);
    expect(start).toThrow(/rules\.json: .*(?:never passes|the name of a header)/);
  });

  it('rejects a file that cannot be read, and an unknown key', async () => {
    expect(() => readForwardingRules('/nowhere.json')).toThrow('cannot be read as JSON');
    const file = await write({ all: { propagate: ['authorization'] } });
    expect(() => readForwardingRules(file)).toThrow('propagate');
  });

  it('rejects an unknown subgraph', async () => {
    const cellar = { request: ['authorization'], response: [] };
    await expect(openHub(passing({}, { cellar }))).rejects.toThrow('no subgraph cellar');
  });

  it('is rejected without --supergraph', async () => {
    const file = await write({ all: { request: ['Authorization'] } });
    expect(readForwardingRules(file)).toEqual(passing({ request: ['authorization'] as never }));
    expect(() => readConfig({ HUB_FORWARD_HEADERS: file }, [])).toThrow('only with --supergraph');
  });
});
