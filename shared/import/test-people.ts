import { randomUUID } from 'node:crypto';
import 'reflect-metadata';
import {
  Column,
  Entity,
  ForeignKey,
  PrimaryColumn,
  Table,
  type DataSource,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { openDatabase } from '../database/data-source.js';
import { DatabaseMark } from '../database/database-mark.entity.js';
import { DateScalar, EmailAddressScalar, LanguageTagScalar } from '../graphql/scalars/scalars.js';
import { disclosureEntities } from '../records/chain/stored.entity.js';
import { PartOf } from '../records/changes/record-writes.js';
import { disclosureMigrations } from '../records/disclosure/disclosure-migrations.js';
import { AddLogsBegun1764000006000 } from '../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../storage/create-database-mark.migration.js';
import type { TestDatabaseKind } from '../testing/databases.js';
import { enumValue, listOf, optional, reference, scalar, text } from './column.js';
import { describeFault, type Fault } from './fault.js';
import { importFile, type ImportOptions, type ImportSummary } from './import-file.js';
import { defineKind } from './kind.js';
import { createFolder, type TestFolder } from './test-files.js';

/** Where people work, for the tests of this folder. */
@Entity({ name: 'units' })
export class Unit {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'varchar' })
  name: string;

  @Column({ name: 'parent_id', type: 'varchar', nullable: true })
  @ForeignKey(() => Unit, { name: 'fk_units_parent' })
  parentId: string | null;
}

@Entity({ name: 'people' })
export class Person {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'varchar', nullable: true })
  name: string | null;

  @Column({ type: 'varchar', nullable: true })
  email: string | null;

  @Column({ name: 'unit_id', type: 'varchar' })
  @ForeignKey(() => Unit, { name: 'fk_people_unit' })
  unitId: string;

  @Column({ type: 'varchar' })
  sector: string;

  @Column({ name: 'since_on', type: 'varchar', nullable: true })
  sinceOn: string | null;

  @Column({ type: 'integer' })
  version: number;

  /** A column that no file has. */
  @Column({ type: 'varchar', nullable: true })
  remark: string | null;
}

@Entity({ name: 'person_languages' })
@PartOf('languages', 'personId')
class PersonLanguage {
  @PrimaryColumn({ name: 'person_id', type: 'varchar' })
  @ForeignKey(() => Person, { name: 'fk_person_languages_person', onDelete: 'CASCADE' })
  personId: string;

  @PrimaryColumn({ type: 'varchar' })
  language: string;

  @Column({ type: 'integer' })
  position: number;
}

class CreatePeople1764000000001 implements MigrationInterface {
  readonly name = 'CreatePeople1764000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const varchar = { type: 'varchar' } as const;
    const toId = (columnName: string, referencedTableName: string) => [
      { columnNames: [columnName], referencedTableName, referencedColumnNames: ['id'] },
    ];
    const tables = [
      new Table({
        name: 'units',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'parent_id', ...varchar, isNullable: true },
        ],
        foreignKeys: toId('parent_id', 'units'),
      }),
      new Table({
        name: 'people',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar, isNullable: true },
          { name: 'email', ...varchar, isNullable: true },
          { name: 'unit_id', ...varchar },
          { name: 'sector', ...varchar },
          { name: 'since_on', ...varchar, isNullable: true },
          { name: 'version', type: 'integer' },
          { name: 'remark', ...varchar, isNullable: true },
        ],
        foreignKeys: toId('unit_id', 'units'),
      }),
      new Table({
        name: 'person_languages',
        columns: [
          { name: 'person_id', ...varchar, isPrimary: true },
          { name: 'language', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer' },
        ],
        foreignKeys: toId('person_id', 'people'),
      }),
    ];
    for (const table of tables) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['person_languages', 'people', 'units']) await queryRunner.dropTable(table);
  }
}

export const entities = [Unit, Person, PersonLanguage];
export const migrations = [CreatePeople1764000000001];

export const people = defineKind({
  name: 'people',
  about: 'Who works somewhere.',
  entity: Person,
  columns: {
    name: text('the name'),
    email: optional(scalar(EmailAddressScalar, 'the address')),
    unit: reference(Unit, 'unit', 'where the person works'),
    sector: enumValue(['POLICE', 'BORDER_CONTROL'], 'of what'),
    sinceOn: optional(scalar(DateScalar, 'since when')),
    languages: listOf(scalar(LanguageTagScalar, 'spoken')),
  },
  isErased: ({ name }) => name === null,
  toRecord: ({ languages, unit, ...person }) => ({
    row: { ...person, unitId: unit },
    lists: [
      {
        entity: PersonLanguage,
        owner: 'personId',
        rows: languages.map((language, position) => ({ personId: person.id, language, position })),
      },
    ],
  }),
});

export const units = defineKind({
  name: 'units',
  about: 'Where people work.',
  entity: Unit,
  columns: {
    name: text('the name'),
    parent: optional(reference(Unit, 'unit', 'what it is part of')),
  },
  partOf: { column: 'parent', property: 'parentId' },
  check: ({ name, parent }) =>
    name === 'Root' && parent !== null ? [{ column: 'parent', fault: 'is above the root' }] : [],
  toRecord: ({ parent, ...unit }) => ({ row: { ...unit, parentId: parent } }),
});

/** A database with the unit `dk:root`, and a folder for files. */
export interface TestImport extends AsyncDisposable {
  readonly source: DataSource;
  readonly folder: TestFolder;
  /** Imports a file with this content, and returns the result. */
  load(
    content: string | Buffer,
    options?: Partial<ImportOptions> & { readonly name?: string },
  ): Promise<{ readonly summary: ImportSummary; readonly faults: readonly string[] }>;
  /** All people by id, with their languages in order. */
  readPeople(): Promise<readonly object[]>;
}

export async function openTestImport({ create }: TestDatabaseKind): Promise<TestImport> {
  const database = await create();
  const folder = await createFolder();
  const source = await openDatabase({
    url: database.url,
    entities: [...entities, ...disclosureEntities, DatabaseMark],
    migrations: [
      ...migrations,
      ...disclosureMigrations,
      CreateDatabaseMark1764000005000,
      AddLogsBegun1764000006000,
    ],
  });
  await source.manager.insert(DatabaseMark, { id: randomUUID(), partner: 'dk', createdAt: '2026' });
  await source.getRepository(Unit).insert({ id: 'dk:root', name: 'Root', parentId: null });
  return {
    source,
    folder,
    async load(content, { name = 'people.csv', ...options } = {}) {
      const faults: Fault[] = [];
      const summary = await importFile({
        source,
        partner: 'dk',
        kind: people,
        file: { path: await folder.write(name, content) },
        onFault: (fault) => faults.push(fault),
        ...options,
      });
      return { summary, faults: faults.map(describeFault) };
    },
    async readPeople() {
      const rows = await source.getRepository(Person).find({ order: { id: 'ASC' } });
      const languages = await source
        .getRepository(PersonLanguage)
        .find({ order: { position: 'ASC' } });
      return rows.map((row) => ({
        ...(row as object),
        languages: languages
          .filter(({ personId }) => personId === row.id)
          .map(({ language }) => language),
      }));
    },
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await folder[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
