import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who travels between two sides has no direction, but the ids of the sides. */
const travelling = ['groups', 'planned_journeys'];

/** Adds the sides of programmes. What travels in a documented direction keeps it, and needs no side. */
export class AddSides1796053978960 implements MigrationInterface {
  readonly name = 'AddSides1796053978960';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const varchar = { type: 'varchar', collation: isPostgres ? 'C' : undefined };
    const reference = (from: string, to: string) => ({
      name: `fk_${from}_${to}`,
      columnNames: [`${to}_id`],
      referencedTableName: `${to}s`,
      referencedColumnNames: ['id'],
    });
    await queryRunner.createTable(
      new Table({
        name: 'sides',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'programme_id', ...varchar },
          { name: 'position', type: 'integer' },
          { name: 'name', ...varchar },
          { name: 'countries', type: 'text' },
          { name: 'region_codes', type: 'text' },
          { name: 'sectors_to_show', type: 'text', isNullable: true },
        ],
        indices: [{ name: 'ix_sides_programme', columnNames: ['programme_id', 'position'] }],
        foreignKeys: [reference('sides', 'programme')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'side_parties',
        columns: [
          { name: 'side_id', ...varchar, isPrimary: true },
          { name: 'part', ...varchar, isPrimary: true },
          { name: 'party_id', ...varchar, isPrimary: true },
          { name: 'programme_id', ...varchar },
          { name: 'position', type: 'integer' },
        ],
        indices: [{ name: 'ix_side_parties_party', columnNames: ['party_id', 'side_id'] }],
        foreignKeys: [{ ...reference('side_parties', 'side'), onDelete: 'CASCADE' }],
      }),
    );
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    for (const table of travelling) {
      for (const column of ['from_side_id', 'to_side_id'])
        await queryRunner.query(`ALTER TABLE "${table}" ADD COLUMN "${column}" ${word}`);
      await rewriteDirection(queryRunner, table, isPostgres, 'NULL');
    }
    for (const end of ['from', 'to'])
      await queryRunner.query(
        `CREATE INDEX "ix_groups_${end}" ON "groups" ("${end}_side_id", "id")`,
      );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    // SQLite would take a text without characters for their direction.
    for (const table of travelling) {
      const [row] = await queryRunner.query(
        `SELECT 1 FROM "${table}" WHERE "direction" IS NULL LIMIT 1`,
      );
      if (row) throw new Error(`Rows of ${table} between two sides have no direction.`);
    }
    for (const end of ['from', 'to']) await queryRunner.query(`DROP INDEX "ix_groups_${end}"`);
    for (const table of travelling) {
      await rewriteDirection(queryRunner, table, isPostgres, "NOT NULL DEFAULT ''");
      for (const column of ['to_side_id', 'from_side_id'])
        await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
    }
    await queryRunner.dropTable('side_parties');
    await queryRunner.dropTable('sides');
  }
}

/** By hand: TypeORM would rebuild the table on SQLite, and every table that refers to it. */
async function rewriteDirection(
  queryRunner: QueryRunner,
  table: string,
  isPostgres: boolean,
  constraint: string,
): Promise<void> {
  if (isPostgres) {
    const change = constraint === 'NULL' ? 'DROP' : 'SET';
    await queryRunner.query(`ALTER TABLE "${table}" ALTER COLUMN "direction" ${change} NOT NULL`);
    return;
  }
  const isIndexed = table === 'groups';
  if (isIndexed) await queryRunner.query('DROP INDEX "ix_groups_direction"');
  for (const statement of [
    `ADD COLUMN "direction_" varchar ${constraint}`,
    'DROP COLUMN "direction"',
    'RENAME COLUMN "direction_" TO "direction"',
  ]) {
    if (statement.startsWith('DROP'))
      await queryRunner.query(
        `UPDATE "${table}" SET "direction_" = "direction" WHERE "direction" IS NOT NULL`,
      );
    await queryRunner.query(`ALTER TABLE "${table}" ${statement}`);
  }
  if (isIndexed)
    await queryRunner.query('CREATE INDEX "ix_groups_direction" ON "groups" ("direction", "id")');
}
