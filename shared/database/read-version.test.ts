import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { openDatabase } from './data-source.js';
import { readVersion } from './read-version.js';
import { openThings, Thing, thing, thingTables } from './test-things.js';
import { inTransaction } from './transaction.js';

describe.each(bothDatabases)('readVersion on $name', (kind) => {
  it('is the same until something is committed', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:1' })]);
    const { source } = things;
    // PostgreSQL counts the transactions of other databases too, which other tests use meanwhile.
    const readTwice = async () => {
      const version = await readVersion(source);
      await source.manager.find(Thing);
      return (await readVersion(source)) === version;
    };
    await expect.poll(readTwice).toBe(true);
    const version = await readVersion(source);
    await inTransaction(source, (manager) => manager.update(Thing, { id: 'dk:1' }, { name: 'b' }));
    expect(await readVersion(source)).not.toBe(version);
  });

  it('changes with a commit, and not with a write before it', async () => {
    await using things = await openThings(kind, []);
    const { source } = things;
    const before = await readVersion(source);
    const during = await inTransaction(source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
      return [await readVersion(source), await source.manager.count(Thing)];
    });
    expect(during[1]).toBe(0);
    expect(await readVersion(source)).not.toBe(during[0]);
    expect(await readVersion(source)).not.toBe(before);
  });

  it('changes with a write outside a transaction, and with that of another process', async () => {
    await using database = await kind.create();
    const [source, other] = [
      await openDatabase({ url: database.url, ...thingTables }),
      await openDatabase({ url: database.url, ...thingTables }),
    ];
    const versions = [await readVersion(source)];
    await source.manager.insert(Thing, thing({ id: 'dk:1' }));
    versions.push(await readVersion(source));
    await other.manager.insert(Thing, thing({ id: 'dk:2' }));
    versions.push(await readVersion(source));
    await other.manager.delete(Thing, { id: 'dk:1' });
    versions.push(await readVersion(source));
    expect(new Set(versions).size).toBe(4);
    await source.destroy();
    await other.destroy();
  });
});
