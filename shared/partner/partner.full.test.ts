import 'reflect-metadata';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { type Logger, silentLogger } from '../system/logger.js';
import { bothDatabases, createPostgresDatabase, sqlite } from '../testing/databases.js';
import type { PartnerDefinition } from './partner-definition.js';
import { openPartner } from './partner.js';

const sdl = 'type Query { things: Int }';

/** A partner whose first load is interrupted after it has written. */
function createDefinition(): PartnerDefinition & { readonly loads: string[] } {
  const loads: string[] = [];
  return {
    subgraph: 'things',
    ...thingTables,
    loads,
    createSubgraph: () =>
      Promise.resolve({ schema: buildSubgraphSchema({ typeDefs: parse(sdl) }), sdl, policies: {} }),
    async loadFacts(database, partner) {
      loads.push('facts');
      await database.transaction((manager) => manager.insert(Thing, thing({ id: `${partner}:1` })));
      if (loads.length === 1) throw new Error('the load is cut off');
    },
    async loadDemonstration(database, partner) {
      loads.push('demonstration');
      await database.transaction((manager) => manager.insert(Thing, thing({ id: `${partner}:2` })));
    },
  };
}

describe.each(bothDatabases)('openPartner on $name', ({ create }) => {
  it('loads a database once and completely: an interrupted load leaves nothing behind', async () => {
    await using database = await create();
    const definition = createDefinition();
    const open = (content: 'nothing' | 'facts' | 'demonstration') =>
      openPartner(definition, {
        partner: 'dk',
        databaseUrl: database.url,
        content,
        logger: silentLogger,
      });
    await expect(open('facts')).rejects.toThrow('the load is cut off');
    for (const [content, rows] of [
      ['nothing', 0],
      ['facts', 1],
      ['facts', 1],
      ['demonstration', 2],
      ['demonstration', 2],
    ] as const) {
      await using partner = await open(content);
      expect(await partner.source.manager.count(Thing)).toBe(rows);
    }
    expect(definition.loads).toEqual(['facts', 'facts', 'demonstration']);
  });
});

describe('openPartner', () => {
  it.each(['Query.things', 'Officer.email'])(
    'does not start with a purpose for %s, which is no restricted field of its',
    async (field) => {
      await using database = await sqlite.create();
      const opening = openPartner(createDefinition(), {
        partner: 'dk',
        databaseUrl: database.url,
        content: 'nothing',
        logger: silentLogger,
        fieldPurposes: new Map([[field, ['HOSTING']]]),
      });
      await expect(opening).rejects.toThrow(`HUB_FIELD_PURPOSES: ${field}`);
    },
  );
});

describe.each(bothDatabases)('factUpdates on $name', ({ create }) => {
  it('reach a database of before once, whatever it is opened with, and no new one', async () => {
    const before: PartnerDefinition = {
      ...createDefinition(),
      loadFacts: (database) =>
        database.transaction((manager) => manager.insert(Thing, thing({ id: 'dk:1' }))).then(),
    };
    const runs: string[] = [];
    const now: PartnerDefinition = {
      ...before,
      factUpdates: ['first', 'second'].map((name) => ({
        name,
        run: (database, partner) =>
          database.transaction(async (manager) => {
            runs.push(name);
            await manager.insert(Thing, thing({ id: `${partner}:${name}` }));
          }),
      })),
    };
    const open = async (
      definition: PartnerDefinition,
      databaseUrl: string,
      content: 'nothing' | 'facts',
    ) => {
      const options = { partner: 'dk', databaseUrl, content, logger: silentLogger };
      await using partner = await openPartner(definition, options);
      const things = await partner.source.manager.find(Thing, { order: { id: 'ASC' } });
      return things.map(({ id }) => id);
    };
    await using filled = await create();
    expect(await open(before, filled.url, 'facts')).toEqual(['dk:1']);
    const updated = ['dk:1', 'dk:first', 'dk:second'];
    expect(await open(now, filled.url, 'nothing')).toEqual(updated);
    expect(await open(now, filled.url, 'facts')).toEqual(updated);
    expect(runs).toEqual(['first', 'second']);
    await using own = await create();
    expect(await open(now, own.url, 'nothing')).toEqual([]);
    expect(await open(now, own.url, 'facts')).toEqual(['dk:1']);
    expect(await open(now, own.url, 'facts')).toEqual(['dk:1']);
    expect(runs).toEqual(['first', 'second']);
  });
});

describe('DATABASE_NOT_RECOGNISED', () => {
  it.each([
    ['is a warning, also in the log, without an identity file', undefined],
    ['is not raised with an identity file', 'identity.json'],
  ] as const)('%s', async (_how, name) => {
    await using database = await createPostgresDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'hub-partner-'));
    const logged: string[] = [];
    const warn = ({ warning }: { warning: string }) => void logged.push(warning);
    const file = name && join(folder, name);
    {
      await using partner = await openPartner(createDefinition(), {
        partner: 'dk',
        databaseUrl: database.url,
        content: 'nothing',
        logger: Object.assign(Object.create(silentLogger) as Logger, { warn }),
        recognition: { file, mayBeFirst: true, isNew: false },
      });
      const response = await fetch(new URL('/health/ready', await partner.listen(0)));
      expect(response.status).toBe(200);
      const warning = expect.stringMatching(/^DATABASE_NOT_RECOGNISED: .*HUB_DATABASE_IDENTITY/);
      expect(await response.json()).toEqual(
        file ? { status: 'ready' } : { status: 'ready', warnings: { database: warning } },
      );
      expect(logged).toEqual(file ? [] : [warning]);
    }
    await rm(folder, { recursive: true });
  });
});
