import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { bothDatabases } from './databases.js';
import { readEveryRow } from './every-row.js';

@Entity({ name: 'things' })
class Thing {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;
  @Column({ type: 'varchar', nullable: true, name: 'long_name' })
  longName!: string | null;
}

class CreateThings1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "things" ("id" varchar PRIMARY KEY, "long_name" varchar)');
  }
  async down(): Promise<void> {}
}

describe.each(bothDatabases)('readEveryRow on $name', ({ create }) => {
  it('notices each change of a row', async () => {
    await using database = await create();
    const source = await openDatabase({
      url: database.url,
      entities: [Thing],
      migrations: [CreateThings1764000000000],
    });
    try {
      const seen = new Set<string>();
      const note = async () => seen.add(JSON.stringify(await readEveryRow(source)));
      await note();
      await source.manager.insert(Thing, { id: 'a', longName: null });
      await note();
      for (const longName of ['', 'NULL', "it's", 'b,c']) {
        await source.manager.update(Thing, { id: 'a' }, { longName });
        await note();
      }
      await source.manager.insert(Thing, { id: 'b', longName: 'b,c' });
      await note();
      expect(seen.size).toBe(7);
    } finally {
      await source.destroy();
    }
  });
});
