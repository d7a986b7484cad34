import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLastGoodStore, type LastGoodOptions } from './last-good-store.js';

const body = '{"query":"{ policeUnits { id } }"}';
const other = '{"query":"{ policeUnits { name } }"}';
const said = { data: { policeUnits: [{ id: 'dk:unit-1' }] } };

describe('the store of last good responses', () => {
  let folder: string;
  let now: number;
  let faults: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'last-good-'));
    now = 1_000_000;
    faults = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const path = () => join(folder, 'last-good.sqlite');
  const open = (options: Partial<LastGoodOptions> = {}) =>
    createLastGoodStore({
      path: path(),
      onError: (reason) => void faults.push(reason),
      now: () => now,
      ...options,
    });

  it('keeps each partner’s response to each request, and outlives its end', async () => {
    {
      await using store = open();
      store.keep('dk', body, said);
    }
    await using store = open();
    now += 2_000;
    expect(await store.find('dk', body, 60)).toEqual({ json: said, ageSeconds: 2 });
    expect(await store.find('no', body, 60)).toBeUndefined();
    expect(await store.find('dk', other, 60)).toBeUndefined();
    expect((await stat(path())).mode & 0o077).toBe(0);
    expect(faults).toEqual([]);
  });

  it('shows none that is older than the limit, or from the future', async () => {
    await using store = open();
    store.keep('dk', body, said);
    await store.flush();
    now += 60_000;
    expect(await store.find('dk', body, 60)).toMatchObject({ ageSeconds: 60 });
    expect(await store.find('dk', body, 0)).toBeUndefined();
    now += 1;
    expect(await store.find('dk', body, 60)).toBeUndefined();
    now -= 120_000;
    expect(await store.find('dk', body, 600)).toBeUndefined();
  });

  it('replaces a response by a later one, never by an earlier one of another worker', async () => {
    await using store = open();
    await using second = open();
    const later = { data: { policeUnits: [] } };
    store.keep('dk', body, said);
    now += 5_000;
    second.keep('dk', body, later);
    await second.flush();
    await store.flush();
    expect(await store.find('dk', body, 60)).toEqual({ json: later, ageSeconds: 0 });
  });

  it('keeps so many of each partner, the newest', async () => {
    await using store = open({ mostPerPartner: 2 });
    store.keep('no', body, said);
    for (const index of [1, 2, 3]) {
      now += 1_000;
      store.keep('dk', `${index}`, { data: index });
    }
    await store.flush();
    const found = await Promise.all(['1', '2', '3'].map((one) => store.find('dk', one, 60)));
    expect(found.map((one) => one?.json)).toEqual([undefined, { data: 2 }, { data: 3 }]);
    expect(await store.find('no', body, 60)).toBeDefined();
  });

  it('says why it cannot be used, and fails nobody’s request', async () => {
    await writeFile(path(), 'not a database, and long enough to be read as one. '.repeat(100));
    await using store = open();
    store.keep('dk', body, said);
    await store.flush();
    expect(await store.find('dk', body, 60)).toBeUndefined();
    expect(faults.length).toBeGreaterThanOrEqual(2);
  });
});
