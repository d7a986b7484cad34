import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { bothDatabases } from '../../testing/databases.js';
import { takeNonce } from '../requests/request-hooks.js';
import { CreateUsedNonces1764000003000 } from './create-used-nonces.migration.js';
import { UsedNonce } from './used-nonce.entity.js';

const open = (url: string) =>
  openDatabase({ url, entities: [UsedNonce], migrations: [CreateUsedNonces1764000003000] });
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 12, minutes));

describe.each(bothDatabases)('takeNonce on $name', ({ create }) => {
  it('accepts a nonce once, also after a restart and in any process', async () => {
    await using database = await create();
    const first = await open(database.url);
    const second = await open(database.url);
    const both = [first, second].map((source) => takeNonce(source, 'a', at(0)));
    expect((await Promise.all(both)).toSorted()).toEqual([false, true]);
    await Promise.all([first.destroy(), second.destroy()]);
    const again = await open(database.url);
    expect(await takeNonce(again, 'a', at(1))).toBe(false);
    expect(await takeNonce(again, 'b', at(1))).toBe(true);
    await again.destroy();
  });

  it('stores it for an hour, so that setting the clock back does not help', async () => {
    await using database = await create();
    const source = await open(database.url);
    await takeNonce(source, 'a', at(0));
    await takeNonce(source, 'b', at(59));
    expect(await takeNonce(source, 'a', at(0))).toBe(false);
    await takeNonce(source, 'c', at(61));
    expect((await source.manager.find(UsedNonce)).map(({ nonce }) => nonce).toSorted()).toEqual([
      'b',
      'c',
    ]);
    await source.destroy();
  });
});
