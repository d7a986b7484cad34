import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateNetwork1795500000001 implements MigrationInterface {
  readonly name = 'CreateNetwork1795500000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'networks',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'founded_on', ...varchar, isNullable: true },
          { name: 'founded_in', ...varchar, isNullable: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'memberships',
        columns: [
          { name: 'country', ...varchar, isPrimary: true },
          { name: 'since', ...varchar, isNullable: true },
          { name: 'contact_id', ...varchar, isNullable: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'police_units',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'superior_id', ...varchar, isNullable: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'organisations',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'acronym', ...varchar, isNullable: true },
          { name: 'variants', type: 'text' },
          { name: 'kind', ...varchar },
          { name: 'country', ...varchar, isNullable: true },
          { name: 'city', ...varchar, isNullable: true },
          { name: 'founded_on', ...varchar, isNullable: true },
          { name: 'parent_id', ...varchar, isNullable: true },
          { name: 'role_in_field', type: 'text', isNullable: true },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'search_text', type: 'text' },
        ],
        indices: [
          { name: 'ix_organisations_country', columnNames: ['country', 'id'] },
          { name: 'ix_organisations_kind', columnNames: ['kind', 'id'] },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'spokesmanships',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'body_id', ...varchar },
          { name: 'position', type: 'integer' },
          { name: 'country', ...varchar },
          { name: 'holder', ...varchar, isNullable: true },
          { name: 'holder_organisation', ...varchar, isNullable: true },
          { name: 'role', ...varchar },
          { name: 'unit_id', ...varchar, isNullable: true },
          { name: 'started_on', ...varchar, isNullable: true },
          { name: 'ended_on', ...varchar, isNullable: true },
          { name: 'attested_on', type: 'text', isNullable: true },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'answers_from', ...varchar, isNullable: true },
          { name: 'answers_to', ...varchar, isNullable: true },
        ],
        indices: [
          { name: 'ix_spokesmanships_body', columnNames: ['body_id', 'position'] },
          {
            name: 'ix_spokesmanships_answers',
            columnNames: ['body_id', 'answers_from', 'answers_to'],
          },
        ],
        foreignKeys: [
          {
            name: 'fk_spokesmanships_body',
            columnNames: ['body_id'],
            referencedTableName: 'organisations',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'claims',
        columns: [
          { name: 'subject_id', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer', isPrimary: true },
          { name: 'property', ...varchar },
          { name: 'value', type: 'text' },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'preferred', type: 'boolean' },
          { name: 'note', type: 'text', isNullable: true },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('claims');
    await queryRunner.dropTable('spokesmanships');
    await queryRunner.dropTable('organisations');
    await queryRunner.dropTable('police_units');
    await queryRunner.dropTable('memberships');
    await queryRunner.dropTable('networks');
  }
}
