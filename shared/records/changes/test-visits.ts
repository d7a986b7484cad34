import { randomUUID } from 'node:crypto';
import 'reflect-metadata';
import {
  Column,
  Entity,
  PrimaryColumn,
  Table,
  type DataSource,
  type EntityManager,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { openDatabase } from '../../database/data-source.js';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { inTransaction } from '../../database/transaction.js';
import { AddLogsBegun1764000006000 } from '../../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../../storage/create-database-mark.migration.js';
import type { TestDatabaseKind } from '../../testing/databases.js';
import { isChange, type ChangeLink } from '../chain/chain.js';
import { walkReadings } from '../chain/stored-form.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { disclosureMigrations } from '../disclosure/disclosure-migrations.js';
import { PartOf, recordWrites, type Writing } from './record-writes.js';

/**
 * A record with an id, a version, a private search column, and a column of each kind that partners
 * have.
 */
@Entity({ name: 'visits' })
export class Visit {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'varchar' })
  title: string;

  @Column({ name: 'group_id', type: 'varchar', nullable: true })
  groupId: string | null;

  @Column({ type: 'simple-json' })
  languages: string[];

  @Column({ name: 'is_open', type: 'boolean' })
  isOpen: boolean;

  @Column({ name: 'search_text', type: 'varchar' })
  searchText: string;

  @Column({ type: 'integer' })
  version: number;
}

/** A list of a visit. */
@Entity({ name: 'visit_hosts' })
@PartOf('hostCountries', 'visitId')
export class VisitHost {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar' })
  visitId: string;

  @PrimaryColumn({ type: 'varchar' })
  country: string;
}

/** Extends a record of another owner, and has its id. */
@Entity({ name: 'confirmations' })
export class Confirmation {
  @PrimaryColumn({ name: 'stop_id', type: 'varchar' })
  stopId: string;

  @Column({ name: 'confirmed_on', type: 'varchar' })
  confirmedOn: string;
}

class CreateVisits1764000000001 implements MigrationInterface {
  readonly name = 'CreateVisits1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const varchar = { type: 'varchar' } as const;
    for (const table of [
      new Table({
        name: 'visits',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'title', ...varchar },
          { name: 'group_id', ...varchar, isNullable: true },
          { name: 'languages', type: 'text' },
          { name: 'is_open', type: 'boolean' },
          { name: 'search_text', ...varchar },
          { name: 'version', type: 'integer' },
        ],
      }),
      new Table({
        name: 'visit_hosts',
        columns: [
          { name: 'visit_id', ...varchar, isPrimary: true },
          { name: 'country', ...varchar, isPrimary: true },
        ],
      }),
      new Table({
        name: 'confirmations',
        columns: [
          { name: 'stop_id', ...varchar, isPrimary: true },
          { name: 'confirmed_on', ...varchar },
        ],
      }),
    ])
      await runner.createTable(table);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

export const visit = (id: string, more: Partial<Visit> = {}): Visit => ({
  id,
  title: 'A visit',
  groupId: null,
  languages: ['en'],
  isOpen: true,
  searchText: 'a visit',
  version: 1,
  ...more,
});

const writing: Writing = {
  organisation: 'dk',
  person: 'anna',
  mutation: 'changeVisit',
  reason: null,
  at: new Date('2026-11-24T12:00:00Z'),
};

export interface TestVisits extends AsyncDisposable {
  readonly source: DataSource;
  /** Writes in a recorded transaction. */
  write<Result>(
    work: (manager: EntityManager) => Promise<Result>,
    more?: Partial<Writing>,
  ): Promise<Result>;
  /** The changes in the record, oldest first. */
  changes(): Promise<ChangeLink[]>;
}

/** A database with one visit that is not in the record. */
export async function openTestVisits({ create }: TestDatabaseKind): Promise<TestVisits> {
  const database = await create();
  const source = await openDatabase({
    url: database.url,
    entities: [Visit, VisitHost, Confirmation, ...disclosureEntities, DatabaseMark],
    migrations: [
      CreateVisits1764000000001,
      ...disclosureMigrations,
      CreateDatabaseMark1764000005000,
      AddLogsBegun1764000006000,
    ],
  });
  await source.manager.insert(DatabaseMark, { id: randomUUID(), partner: 'dk', createdAt: '2026' });
  await source.manager.insert(Visit, visit('dk:old'));
  return {
    source,
    write: (work, more) =>
      inTransaction(source, (manager) => recordWrites(manager, { ...writing, ...more }, work)),
    async changes() {
      const found: ChangeLink[] = [];
      for await (const { links } of walkReadings(source.manager, 0))
        found.push(...links.filter(isChange));
      return found;
    },
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}
