import 'reflect-metadata';

import { openDatabase } from '@hub/shared/database';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';

describe.each(testDatabases)('Migrations on $name', ({ create }) => {
  it('make exactly the tables that the entities describe', async () => {
    await using database = await create();
    const source = await openDatabase({ url: database.url, entities, migrations });
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be undone one by one and run again', async () => {
    await using database = await create();
    const source = await openDatabase({ url: database.url, entities, migrations });
    for (let run = migrations.length; run > 0; run -= 1) await source.undoLastMigration();
    expect((await source.runMigrations()).map(({ name }) => name)).toEqual(
      migrations.map((migration) => migration.name),
    );
    await source.destroy();
  });
});
