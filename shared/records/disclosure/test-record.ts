import 'reflect-metadata';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../database/data-source.js';
import type { TestDatabaseKind } from '../../testing/databases.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { disclosureMigrations } from './disclosure-migrations.js';
import { recordDisclosures } from './record.js';

export const dayOf = (day: number) => new Date(`2026-11-0${day}T12:00:00Z`);

/** A record of six reads of two links each, one a day, and a folder for archives. */
export async function openRecord({ create }: TestDatabaseKind) {
  const database = await create();
  const folder = await mkdtemp(join(tmpdir(), 'hub-archives-'));
  const { url } = database;
  const source = await openDatabase({
    url,
    entities: disclosureEntities,
    migrations: disclosureMigrations,
  });
  const append = (day: number) =>
    recordDisclosures({
      source,
      reader: {
        kind: 'person',
        organisation: 'dk',
        subject: `reader-${day}`,
        role: 'coordinator',
        purpose: undefined,
      },
      operationName: null,
      clientName: day > 4 ? 'desk' : undefined,
      readings: [
        { type: 'Officer', fields: ['email', 'name'], records: day },
        { type: 'Hosting', fields: ['accommodation'], records: 1 },
      ],
      at: dayOf(day),
    });
  for (const day of [1, 2, 3, 4, 5, 6]) await append(day);
  return {
    source,
    append,
    fileOf: (name: string) => join(folder, name),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
