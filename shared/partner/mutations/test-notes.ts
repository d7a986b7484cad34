import 'reflect-metadata';

import {
  Column,
  Entity,
  PrimaryColumn,
  Table,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { openDatabase } from '../../database/data-source.js';
import { Loaders } from '../../database/loaders.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { Link } from '../../records/chain/chain.js';
import { walkReadings } from '../../records/chain/stored-form.js';
import { disclosureEntities } from '../../records/chain/stored.entity.js';
import { disclosureMigrations } from '../../records/disclosure/disclosure-migrations.js';
import type { TestDatabaseKind } from '../../testing/databases.js';
import { AddResults1796062746379 } from './add-results.migration.js';
import { CreateIdempotencyKeys1764000002000 } from './create-idempotency-keys.migration.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IndexIdempotencyKeys1764000010000 } from './index-idempotency-keys.migration.js';
import { createId, perform } from './perform.js';

@Entity({ name: 'notes' })
export class Note {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'varchar' })
  text: string;

  @Column({ type: 'integer' })
  version: number;
}

class CreateNotes1764000000001 implements MigrationInterface {
  readonly name = 'CreateNotes1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', isPrimary: true },
      { name: 'text', type: 'varchar' },
      { name: 'version', type: 'integer' },
    ];
    await runner.createTable(new Table({ name: 'notes', columns }));
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const open = (url: string) =>
  openDatabase({
    url,
    entities: [Note, IdempotencyKey, ...disclosureEntities],
    migrations: [
      CreateNotes1764000000001,
      CreateIdempotencyKeys1764000002000,
      IndexIdempotencyKeys1764000010000,
      AddResults1796062746379,
      ...disclosureMigrations,
    ],
  });

export async function openNotes({ create }: TestDatabaseKind) {
  const database = await create();
  let source = await open(database.url);
  const contextOf = (organisation: string, now = '2026-11-24T12:00:00Z') =>
    ({
      partner: 'dk',
      source,
      loaders: new Loaders(source),
      clock: () => new Date(now),
      reader: {
        kind: 'person',
        organisation,
        subject: 'x',
        role: 'coordinator',
        purpose: undefined,
      },
    }) as unknown as PartnerContext;
  return {
    contextOf,
    /** Writes a note. `ask` counts the requests to another subgraph. */
    write(
      input: { readonly text: string; readonly idempotencyKey?: string | null },
      {
        organisation = 'dk',
        ask = () => Promise.resolve(),
        reason,
        now,
      }: {
        readonly now?: string;
        readonly organisation?: string;
        readonly reason?: string;
        readonly ask?: () => Promise<void>;
      } = {},
    ): Promise<Note> {
      const context = contextOf(organisation, now);
      return perform(context, {
        name: 'writeNote',
        input,
        ask,
        ...(reason !== undefined && { reason }),
        async write(manager) {
          const note = { id: createId(context), text: input.text, version: 1 };
          await manager.insert(Note, note);
          return note;
        },
        find: (manager, id) => manager.findOneBy(Note, { id }),
      });
    },
    notes: () => source.manager.find(Note),
    manager: () => source.manager,
    async changes() {
      const found: Link[] = [];
      for await (const { links } of walkReadings(source.manager, 0)) found.push(...links);
      return found;
    },
    async restart() {
      await source.destroy();
      source = await open(database.url);
    },
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}
