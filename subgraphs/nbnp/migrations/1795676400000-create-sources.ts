import { Table, type MigrationInterface, type QueryRunner, type TableOptions } from 'typeorm';

/** The columns that existing tables get, with their references. */
const added = [
  ['events', 'aim', 'text'],
  ['events', 'version', 'integer NOT NULL DEFAULT 1'],
  ['programmes', 'source', 'varchar'],
  ['programmes', 'sectors_by_direction', 'text'],
  ['programmes', 'version', 'integer NOT NULL DEFAULT 1'],
  ['networks', 'source', 'varchar'],
  ['memberships', 'source', 'varchar'],
  ['party_roles', 'source', 'varchar'],
  ['party_roles', 'note', 'text'],
] as const;

/** Indexes for the filters by city and by series. */
const indexes = [
  ['ix_events_city', '"city", "id"'],
  ['ix_events_series', '"series", "id"'],
] as const;

/**
 * Adds what the sources say: statements, outcomes, representations, links, planned journeys, and
 * the sources of roles.
 */
export class CreateSources1795676400000 implements MigrationInterface {
  readonly name = 'CreateSources1795676400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    // By hand: TypeORM would rebuild the tables on SQLite while others refer to them.
    for (const [table, column, type] of added) {
      // Strings compare by code points on every database, independent of the server’s locale.
      const collated = type === 'varchar' && isPostgres ? 'varchar COLLATE "C"' : type;
      await queryRunner.query(`ALTER TABLE "${table}" ADD COLUMN "${column}" ${collated}`);
    }
    for (const [name, columns] of indexes)
      await queryRunner.query(`CREATE INDEX "${name}" ON "events" (${columns})`);
    for (const table of tablesOf(isPostgres ? 'C' : undefined))
      await queryRunner.createTable(new Table(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { name } of tablesOf(undefined).reverse()) await queryRunner.dropTable(name);
    for (const [name] of indexes) await queryRunner.query(`DROP INDEX "${name}"`);
    for (const [table, column] of [...added].reverse())
      await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
  }
}

/** Ordered so that references point backwards. */
function tablesOf(collation: string | undefined): TableOptions[] {
  const varchar = { type: 'varchar', collation };
  const refersTo = (table: string, column: string, of: string, onDelete?: string) => ({
    name: `fk_${table}_${column.replace(/_id$/, '')}`,
    columnNames: [column],
    referencedTableName: of,
    referencedColumnNames: ['id'],
    ...(onDelete && { onDelete }),
  });
  return [
    {
      name: 'statements',
      columns: [
        { name: 'id', ...varchar, isPrimary: true },
        { name: 'kind', ...varchar },
        { name: 'text', type: 'text' },
        { name: 'programme_id', ...varchar, isNullable: true },
        { name: 'event_id', ...varchar, isNullable: true },
        { name: 'organisation_id', ...varchar, isNullable: true },
        { name: 'trafficking_roles', type: 'text' },
        { name: 'primary_role', ...varchar, isNullable: true },
        { name: 'source', ...varchar },
        { name: 'place', ...varchar, isNullable: true },
        { name: 'search_text', type: 'text' },
      ],
      indices: [
        { name: 'ix_statements_programme', columnNames: ['programme_id', 'id'] },
        { name: 'ix_statements_event', columnNames: ['event_id', 'id'] },
        { name: 'ix_statements_organisation', columnNames: ['organisation_id', 'id'] },
        { name: 'ix_statements_kind', columnNames: ['kind', 'id'] },
      ],
      foreignKeys: [
        refersTo('statements', 'programme_id', 'programmes'),
        refersTo('statements', 'event_id', 'events'),
        refersTo('statements', 'organisation_id', 'organisations'),
      ],
    },
    {
      name: 'statement_countries',
      columns: [
        { name: 'statement_id', ...varchar, isPrimary: true },
        { name: 'country', ...varchar, isPrimary: true },
        { name: 'position', type: 'integer' },
      ],
      indices: [
        { name: 'ix_statement_countries_country', columnNames: ['country', 'statement_id'] },
      ],
      foreignKeys: [refersTo('statement_countries', 'statement_id', 'statements', 'CASCADE')],
    },
    {
      name: 'outcomes',
      columns: [
        { name: 'id', ...varchar, isPrimary: true },
        { name: 'kind', ...varchar },
        { name: 'title', type: 'text' },
        { name: 'event_id', ...varchar },
        { name: 'leads_to_id', ...varchar, isNullable: true },
        { name: 'source', ...varchar, isNullable: true },
      ],
      indices: [{ name: 'ix_outcomes_event', columnNames: ['event_id', 'id'] }],
      foreignKeys: [
        refersTo('outcomes', 'event_id', 'events'),
        refersTo('outcomes', 'leads_to_id', 'events'),
      ],
    },
    {
      name: 'outcome_mandates',
      columns: [
        { name: 'outcome_id', ...varchar, isPrimary: true },
        { name: 'party_id', ...varchar, isPrimary: true },
        { name: 'position', type: 'integer' },
      ],
      indices: [{ name: 'ix_outcome_mandates_party', columnNames: ['party_id', 'outcome_id'] }],
      foreignKeys: [refersTo('outcome_mandates', 'outcome_id', 'outcomes', 'CASCADE')],
    },
    {
      name: 'representations',
      columns: [
        { name: 'id', ...varchar, isPrimary: true },
        { name: 'event_id', ...varchar },
        { name: 'position', type: 'integer' },
        { name: 'what', type: 'text' },
        { name: 'country', ...varchar, isNullable: true },
        { name: 'party_id', ...varchar, isNullable: true },
        { name: 'source', ...varchar, isNullable: true },
      ],
      indices: [
        { name: 'ix_representations_event', columnNames: ['event_id', 'position'] },
        { name: 'ix_representations_party', columnNames: ['party_id', 'event_id'] },
      ],
      foreignKeys: [refersTo('representations', 'event_id', 'events')],
    },
    {
      name: 'links',
      columns: [
        { name: 'id', ...varchar, isPrimary: true },
        { name: 'event_id', ...varchar, isNullable: true },
        { name: 'organisation_id', ...varchar, isNullable: true },
        { name: 'position', type: 'integer' },
        { name: 'url', ...varchar },
        { name: 'label', ...varchar, isNullable: true },
      ],
      indices: [
        { name: 'ix_links_event', columnNames: ['event_id', 'position'] },
        { name: 'ix_links_organisation', columnNames: ['organisation_id', 'position'] },
      ],
      foreignKeys: [
        refersTo('links', 'event_id', 'events'),
        refersTo('links', 'organisation_id', 'organisations'),
      ],
    },
    {
      name: 'planned_journeys',
      columns: [
        { name: 'id', ...varchar, isPrimary: true },
        { name: 'programme_id', ...varchar },
        { name: 'position', type: 'integer' },
        { name: 'direction', ...varchar },
        { name: 'weeks', type: 'integer' },
        { name: 'destination', ...varchar },
        { name: 'source', ...varchar, isNullable: true },
      ],
      indices: [
        { name: 'ix_planned_journeys_programme', columnNames: ['programme_id', 'position'] },
      ],
      foreignKeys: [refersTo('planned_journeys', 'programme_id', 'programmes')],
    },
  ];
}
