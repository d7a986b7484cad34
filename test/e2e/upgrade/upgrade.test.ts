import 'reflect-metadata';

import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  asTexts,
  oldDatabases,
  readTables,
  readWritten,
  unpack,
  type OldDatabase,
} from './old-databases.js';

type DatabaseFiles = Pick<ReturnType<typeof unpack>, 'file' | 'identity'>;

/** Opens a database as a server does that starts. Disposing of it closes it. */
async function open(
  { definition, partner, content }: Omit<OldDatabase, 'name'>,
  { file, identity }: DatabaseFiles,
) {
  const source = await inner.openFilledDatabase(definition, {
    partner,
    databaseUrl: `sqlite:${file}`,
    content,
    logger: silentLogger,
    recognition: { file: identity, mayBeFirst: true, isNew: false },
  });
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}

/** An empty place for a new database. */
function makePlace() {
  const path = mkdtempSync(join(tmpdir(), 'hub-upgrade-new-'));
  return {
    file: join(path, 'partner.sqlite'),
    identity: join(path, 'identity.json'),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

describe.each(oldDatabases)('the database $name of an earlier version', (old) => {
  it('is accepted, and gets all tables of this version', async () => {
    using place = unpack(old);
    await using upgraded = await open(old, place);
    expect(await upgraded.source.showMigrations(), 'migrations are left').toBe(false);
    const { upQueries } = await upgraded.source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    expect(await inner.checkDatabase(upgraded.source)).toBeUndefined();
  });

  it('is recognised at the next start', async () => {
    using place = unpack(old);
    await (await open(old, place)).source.destroy();
    await using again = await open(old, place);
    expect(await inner.checkDatabase(again.source)).toBeUndefined();
  });

  it('is refused by the earlier version from then on, and is not changed by that', async () => {
    using place = unpack(old);
    await (await open(old, place)).source.destroy();
    const before = readFileSync(place.file);
    const { definition } = old;
    const last = definition.migrations.at(-1)?.name ?? '';
    const earlier = { ...definition, migrations: definition.migrations.slice(0, -1) };
    const starting = open({ ...old, definition: earlier }, place);
    await expect(starting).rejects.toThrow(inner.DatabaseRefused);
    await expect(starting).rejects.toThrow(`newer than this code, which does not know ${last}`);
    expect(readFileSync(place.file).equals(before)).toBe(true);
  });
});

describe.each(oldDatabases.filter(({ content }) => content === 'facts'))(
  'the facts of $name',
  (old) => {
    it('become those of this version, in every table', async () => {
      using place = unpack(old);
      using empty = makePlace();
      await using upgraded = await open(old, place);
      await using fresh = await open(old, empty);
      const expected = await readTables(fresh.source);
      const found = await readTables(upgraded.source);
      expect([...found.keys()]).toEqual([...expected.keys()]);
      for (const [table, rows] of found)
        expect(asTexts(rows), table).toEqual(asTexts(expected.get(table) ?? []));
    });
  },
);

describe.each(oldDatabases.filter(({ content }) => content === 'demonstration'))(
  'what people wrote into $name',
  (old) => {
    it('is kept, in every column that this version has', async () => {
      const written = await readWritten(old);
      expect(written.flatMap(([, rows]) => rows).length).toBeGreaterThan(10);
      using place = unpack(old);
      await using upgraded = await open(old, place);
      const tables = await readTables(upgraded.source);
      for (const [table, rows] of written) {
        const kept = tables.get(table) ?? [];
        for (const row of rows) {
          const columns = Object.keys(row).filter((name) => name in (kept[0] ?? {}));
          const values = Object.fromEntries(columns.map((name) => [name, row[name]]));
          expect(columns.length, table).toBeGreaterThan(1);
          expect(kept, table).toContainEqual(expect.objectContaining(values));
        }
      }
    });
  },
);

describe.each(oldDatabases.filter(({ content }) => content === 'demonstration'))(
  'the demonstration of $name',
  (old) => {
    it('becomes a rehearsal, and nothing else does', async () => {
      using place = unpack(old);
      await using upgraded = await open(old, place);
      for (const [table, rows] of await readTables(upgraded.source)) {
        for (const { id, is_rehearsal: isRehearsal } of rows) {
          if (isRehearsal === undefined) continue;
          expect([table, id, Boolean(isRehearsal)]).toEqual([
            table,
            id,
            String(id).includes(':demo-'),
          ]);
        }
      }
    });
  },
);
