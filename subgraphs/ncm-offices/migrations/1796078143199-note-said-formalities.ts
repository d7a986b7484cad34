import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what delegates say of their formalities. */
export class NoteSaidFormalities1796078143199 implements MigrationInterface {
  readonly name = 'NoteSaidFormalities1796078143199';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? ' COLLATE "C"' : '';
    const add = 'ALTER TABLE "delegate_formalities" ADD COLUMN';
    await runner.query(`${add} "said_done_on" varchar${collation}`);
    await runner.query(`${add} "said_note" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['said_note', 'said_done_on'])
      await runner.query(`ALTER TABLE "delegate_formalities" DROP COLUMN "${column}"`);
  }
}
