import 'reflect-metadata';

import { Column, Entity, PrimaryColumn, Table, type QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { openDatabase } from './data-source.js';
import { readPage } from './keyset.js';
import { encodeCursor } from './pagination/cursor.js';
import { readByKeys, readRows } from './read-rows.js';

/** A column of every type that the kit uses. `Measured` has one that JSON cannot hold exactly. */
@Entity({ name: 'samples' })
class Sample {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ name: 'long_text', type: 'text', nullable: true })
  longText: string | null;

  @Column({ type: 'integer', nullable: true })
  count: number | null;

  @Column({ type: 'boolean', nullable: true })
  flag: boolean | null;

  @Column({ type: 'simple-json', nullable: true })
  list: readonly (string | number)[] | null;

  @Column({
    type: 'varchar',
    transformer: { from: (stored: string) => stored.toUpperCase(), to: (given: string) => given },
  })
  loud: string;
}

@Entity({ name: 'measured' })
class Measured {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'float' })
  size: number;
}

class CreateSamples1764000000001 {
  readonly name = 'CreateSamples1764000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isNullable = true;
    const id = { name: 'id', type: 'varchar', isPrimary: true };
    const columns = [
      id,
      { name: 'long_text', type: 'text', isNullable },
      { name: 'count', type: 'integer', isNullable },
      { name: 'flag', type: 'boolean', isNullable },
      { name: 'list', type: 'text', isNullable },
      { name: 'loud', type: 'varchar' },
    ];
    await queryRunner.createTable(new Table({ name: 'samples', columns }));
    const measured = [id, { name: 'size', type: 'float' }];
    await queryRunner.createTable(new Table({ name: 'measured', columns: measured }));
  }

  async down(): Promise<void> {}
}

const nothing = { longText: null, count: null, flag: null, list: null };
const samples: Sample[] = [
  {
    id: 'a',
    longText: 'line\n"quoted" \\ \t \u0001 \u2028 Øresund 🚓 {"x":[1]}',
    count: 2_147_483_647,
    flag: true,
    list: ['ö', 0.1, '["'],
    loud: 'straße',
  },
  { id: 'b', longText: '', count: 0, flag: false, list: [], loud: '' },
  { id: 'c', ...nothing, loud: 'x' },
];

describe.each(bothDatabases)('rows on $name', ({ create }) => {
  const open = async () => {
    const database = await create();
    const source = await openDatabase({
      url: database.url,
      entities: [Sample, Measured],
      migrations: [CreateSamples1764000000001],
    });
    await source.manager.insert(Sample, samples);
    await source.manager.insert(Measured, [{ id: 'm', size: 0.1 + 0.2 }]);
    return {
      source,
      async [Symbol.asyncDispose]() {
        await source.destroy();
        await database[Symbol.asyncDispose]();
      },
    };
  };

  it('are the same as TypeORM’s, for any values and in the requested order', async () => {
    await using opened = await open();
    const query = () =>
      opened.source.getRepository(Sample).createQueryBuilder('row').orderBy('row.id', 'DESC');
    const rows = await readRows(query());
    expect(rows).toEqual(await query().getMany());
    expect(rows.map(({ id, loud }) => [id, loud])).toEqual([
      ['c', 'X'],
      ['b', ''],
      ['a', 'STRASSE'],
    ]);
    expect(rows[2]).toBeInstanceOf(Sample);
    expect(rows[2]).toMatchObject({ ...samples[0], loud: 'STRASSE' });
    expect(rows[0]).toMatchObject(nothing);
  });

  it('are found by many keys in one order, and missing keys have none', async () => {
    await using opened = await open();
    const order = [{ property: 'count', nullable: true }, { property: 'id' }];
    const found = await readByKeys(opened.source, Sample, 'id', ['c', 'a', 'b', 'z'], order);
    expect(found.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(await readByKeys(opened.source, Sample, 'id', ['z'])).toEqual([]);
    expect(await readByKeys(opened.source, Sample, 'id', [])).toEqual([]);
  });

  it('come with their count also if JSON cannot hold them', async () => {
    await using opened = await open();
    await opened.source.manager.insert(Measured, { id: 'n', size: 0.5 });
    const query = opened.source.getRepository(Measured).createQueryBuilder('row');
    const order = [{ property: 'id' }];
    const page = await readPage(query, order, { isCounted: true });
    expect(page.nodes.map(({ id, size }) => [id, size])).toEqual([
      ['m', 0.1 + 0.2],
      ['n', 0.5],
    ]);
    expect(page.totalCount).toBe(2);
    const beyond = await readPage(query, order, { after: encodeCursor(['z']), isCounted: true });
    expect([beyond.nodes, beyond.totalCount]).toEqual([[], 2]);
  });

  it('keep every digit of a fraction', async () => {
    await using opened = await open();
    expect(await readByKeys(opened.source, Measured, 'id', ['m'])).toEqual([
      { id: 'm', size: 0.1 + 0.2 },
    ]);
  });
});
