import 'reflect-metadata';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { silentLogger } from '../telemetry/index.js';
import { testDatabases } from '../testing/index.js';
import { openPartner, type PartnerDefinition } from './partner.js';

const sdl = 'type Query { things: Int }';

/** A partner whose first load is cut off after it has written, as by a power cut. */
function createDefinition(): PartnerDefinition & { readonly loads: string[] } {
  const loads: string[] = [];
  return {
    ...thingTables,
    loads,
    policies: {},
    createSubgraph: () =>
      Promise.resolve({ schema: buildSubgraphSchema({ typeDefs: parse(sdl) }), sdl }),
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

describe.each(testDatabases)('openPartner on $name', ({ create }) => {
  it('loads a database once and whole: what was cut off leaves nothing behind', async () => {
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
