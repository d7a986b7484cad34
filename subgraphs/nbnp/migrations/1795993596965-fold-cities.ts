import { fillSearchText } from '@hub/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = ['city', 'series'] as const;

/** Lets the filters of events by city and by series ignore case and marks. */
export class FoldCities1795993596965 implements MigrationInterface {
  readonly name = 'FoldCities1795993596965';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const varchar = `varchar${isPostgres ? ' COLLATE "C"' : ''} NOT NULL DEFAULT ''`;
    for (const column of columns) {
      const folded = `${column}_text`;
      await queryRunner.query(`ALTER TABLE "events" ADD COLUMN "${folded}" ${varchar}`);
      await fillSearchText(queryRunner, 'events', [column], folded);
      await queryRunner.query(`DROP INDEX "ix_events_${column}"`);
      await queryRunner.query(`CREATE INDEX "ix_events_${column}" ON "events" ("${folded}", "id")`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of columns) {
      await queryRunner.query(`DROP INDEX "ix_events_${column}"`);
      await queryRunner.query(`CREATE INDEX "ix_events_${column}" ON "events" ("${column}", "id")`);
      await queryRunner.query(`ALTER TABLE "events" DROP COLUMN "${column}_text"`);
    }
  }
}
