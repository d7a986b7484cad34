import 'reflect-metadata';

import {
  Column,
  Entity,
  Index,
  PrimaryColumn,
  Table,
  type DataSource,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import type { TestDatabaseKind } from '../testing/databases.js';
import { openDatabase } from './data-source.js';

/** A row with sort keys of all types, for the tests of this folder. */
@Entity({ name: 'things' })
@Index('ix_things_order', ['country', 'name', 'id'])
export class Thing {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'parent_id', type: 'varchar', collation: 'C', nullable: true })
  parentId: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  country: string;

  @Column({ type: 'varchar', collation: 'C' })
  name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  day: string | null;

  @Column({ name: 'search_text', type: 'text' })
  @Index('things_search', { synchronize: false })
  searchText: string;
}

class CreateThings1764000000001 implements MigrationInterface {
  readonly name = 'CreateThings1764000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'things',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'parent_id', ...varchar, isNullable: true },
          { name: 'country', ...varchar },
          { name: 'name', ...varchar },
          { name: 'day', ...varchar, isNullable: true },
          { name: 'search_text', type: 'text' },
        ],
        indices: [{ name: 'ix_things_order', columnNames: ['country', 'name', 'id'] }],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('things');
  }
}

export const thingTables = { entities: [Thing], migrations: [CreateThings1764000000001] };

/** A thing. Properties that are not given are the same for all. */
export const thing = (row: Partial<Thing> & Pick<Thing, 'id'>): Thing => ({
  parentId: null,
  country: 'DK',
  name: 'thing',
  day: null,
  searchText: '',
  ...row,
});

/** A database with these things. Disposing of it closes and removes it. */
export async function openThings(
  { create }: Pick<TestDatabaseKind, 'create'>,
  things: readonly Thing[],
): Promise<{ readonly source: DataSource } & AsyncDisposable> {
  const database = await create();
  const source = await openDatabase({ url: database.url, ...thingTables });
  if (things.length > 0) await source.manager.insert(Thing, [...things]);
  return {
    source,
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}
