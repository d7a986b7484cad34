import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string, isNullable = false) => ({ name, type: 'varchar', isNullable });

/** Creates the tables of mails, the same in every partner’s database. */
export class CreateMails1796052000000 implements MigrationInterface {
  readonly name = 'CreateMails1796052000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'mail_subscriptions',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true },
          text('key'),
          text('stopped_at', true),
          text('digest_on', true),
          { name: 'told', type: 'text' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'mails',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true },
          text('subscription_id'),
          { name: 'is_digest', type: 'boolean' },
          text('subject'),
          { name: 'text', type: 'text' },
          text('made_at'),
          text('tried_until', true),
        ],
        indices: [{ columnNames: ['subscription_id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mails');
    await runner.dropTable('mail_subscriptions');
  }
}
