import 'reflect-metadata';

import { bothDatabases, rehearseMigrations } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });
});
