import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Adds absences of members, reserves, and whom a replacement replaces. Until now nobody was a reserve. */
export class AddAbsences1795696000000 implements MigrationInterface {
  readonly name = 'AddAbsences1795696000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const collation = isPostgres ? 'C' : undefined;
    const key = (name: string) => ({ name, type: 'varchar', collation });
    const reference = (column: string, table: string) => ({
      name: `fk_absences_${column.replace('_id', '')}`,
      columnNames: [column],
      referencedTableName: table,
      referencedColumnNames: ['id'],
    });
    await queryRunner.createTable(
      new Table({
        name: 'absences',
        columns: [
          { ...key('visit_id'), isPrimary: true },
          { ...key('participant_id'), isPrimary: true },
          key('group_id'),
          key('from_on'),
          key('reason'),
        ],
        indices: [
          { name: 'ix_absences_group', columnNames: ['group_id', 'visit_id', 'participant_id'] },
        ],
        foreignKeys: [reference('visit_id', 'visits'), reference('group_id', 'groups')],
      }),
    );
    // By hand: TypeORM would rebuild the table on SQLite.
    const nominations = 'ALTER TABLE "officer_nominations" ADD COLUMN';
    const no = isPostgres ? 'false' : '0';
    await queryRunner.query(`${nominations} "reserve" boolean NOT NULL DEFAULT ${no}`);
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await queryRunner.query(`${nominations} "replaces_id" ${word}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of ['replaces_id', 'reserve'])
      await queryRunner.query(`ALTER TABLE "officer_nominations" DROP COLUMN "${column}"`);
    await queryRunner.dropTable('absences');
  }
}
