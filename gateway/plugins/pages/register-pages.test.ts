import { HubError } from '@hub/shared/errors';
import { createHttpServer, listen } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { registerPages } from './register-pages.js';
import { createProviderSignIn } from './sign-in/provider-sign-in.js';

const refuse = () => {
  throw new HubError('RATE_LIMITED', { retryAfter: 1 });
};

const paths = [
  '/graphql/schema.graphql',
  '/graphql/bare-schema.graphql',
  '/graphql/field-facts.json',
];

async function openPages(countSchema: () => void = refuse) {
  const cleaning = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-pages-'));
  cleaning.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'index-1.js'), '1;');
  await writeFile(join(folder, 'assets', 'index-1.js.gz'), gzipSync('1;'));
  const http = await createHttpServer({ logger: silentLogger });
  cleaning.use(http);
  await registerPages(http, {
    folder,
    paths: ['/'],
    contentSecurityPolicy: "default-src 'none'",
    settings: {},
    countSchema,
    printSchema: (isDescribed) => `${isDescribed ? '"All." ' : ''}type Query { a: Int }`,
    fieldFacts: '{}',
    countSignIn: () => {},
    providers: createProviderSignIn(new Map(), silentLogger),
    sessions: undefined,
  });
  return Object.assign(cleaning, { folder, origin: await listen(http, 0) });
}

it('counts requests for the schema, because many of them hold up all others', async () => {
  await using pages = await openPages();
  const { origin } = pages;
  for (const path of paths) expect(await fetch(origin + path)).toMatchObject({ status: 429 });
  expect(await fetch(origin)).toMatchObject({ status: 200 });
});

it('looks on the disk for no file that did not exist at the start', async () => {
  await using pages = await openPages();
  const { origin, folder } = pages;
  const ask = (path: string) => fetch(origin + path, { headers: { 'accept-encoding': 'gzip' } });
  const response = await ask('/assets/index-1.js');
  expect([response.headers.get('content-encoding'), await response.text()]).toEqual(['gzip', '1;']);
  expect((await ask('/assets/index-2.js')).status).toBe(404);
  await writeFile(join(folder, 'assets', 'index-2.js'), '2;');
  expect((await ask('/assets/index-2.js')).status).toBe(404);
});

it('sends the schema and the facts of its fields again only to whom they are new', async () => {
  await using pages = await openPages(() => {});
  for (const path of paths) {
    const first = await fetch(pages.origin + path);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const tag = first.headers.get('etag') ?? '';
    const text = await first.text();
    expect(text.length).toBeGreaterThan(0);
    const best = await fetch(pages.origin + path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect([best.headers.get('content-encoding'), await best.text()]).toEqual(['br', text]);
    const plain = await fetch(pages.origin + path, { headers: { 'accept-encoding': 'identity' } });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, text]);
    const ask = (known: string) =>
      fetch(pages.origin + path, { headers: { 'if-none-match': known } });
    expect(first.headers.get('content-encoding')).toBe('gzip');
    for (const known of [tag, `"other", ${tag}`])
      expect(await ask(known)).toMatchObject({ status: 304 });
    expect(await ask('"other"')).toMatchObject({ status: 200 });
  }
});

it('sends people the page at an address that does not exist, and programs an error', async () => {
  await using pages = await openPages();
  const url = `${pages.origin}/no/such/page`;
  const page = await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect([page.status, await page.text()]).toEqual([404, '<!doctype html>']);
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  const error = await fetch(url, { headers: { accept: 'application/json' } });
  expect([error.status, await error.json()]).toMatchObject([
    404,
    { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
  ]);
});
