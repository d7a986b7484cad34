import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const days = [
  ['BRIEFING', 'briefed_on'],
  ['DEBRIEFING', 'debriefed_on'],
] as const;

/** Creates the meetings of groups. The days that groups had for them become meetings. */
export class RecordMeetings1795706000000 implements MigrationInterface {
  readonly name = 'RecordMeetings1795706000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const word = (name: string) => ({ name, type: 'varchar', collation });
    const text = (name: string) => ({ name, type: 'text', isNullable: true });
    await queryRunner.createTable(
      new Table({
        name: 'meetings',
        columns: [
          { ...word('group_id'), isPrimary: true },
          { ...word('kind'), isPrimary: true },
          word('held_on'),
          { ...word('place'), isNullable: true },
          text('agenda'),
          text('outcome'),
          text('attendees'),
        ],
        foreignKeys: [
          {
            name: 'fk_meetings_group',
            columnNames: ['group_id'],
            referencedTableName: 'groups',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    for (const [kind, day] of days) {
      await queryRunner.query(
        `INSERT INTO "meetings" ("group_id", "kind", "held_on") SELECT "id", '${kind}', "${day}" FROM "groups" WHERE "${day}" IS NOT NULL`,
      );
      // By hand: TypeORM would rebuild the table on SQLite.
      await queryRunner.query(`ALTER TABLE "groups" DROP COLUMN "${day}"`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    for (const [kind, day] of days) {
      await queryRunner.query(`ALTER TABLE "groups" ADD COLUMN "${day}" ${word}`);
      await queryRunner.query(
        `UPDATE "groups" SET "${day}" = (SELECT "held_on" FROM "meetings" WHERE "group_id" = "groups"."id" AND "kind" = '${kind}')`,
      );
    }
    await queryRunner.dropTable('meetings');
  }
}
