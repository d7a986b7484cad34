import 'reflect-metadata';

import { definePartner, resolveKey } from '@hub/shared/partner';
import { readConfig } from './config.js';
import { entities, migrations } from './data-source.js';
import { Shelter } from './entities/shelter.entity.js';
import { Visit } from './entities/visit.reference.js';
import { levels } from './levels.js';
import { loadFacts } from './seed/load-facts.js';
import { ShelterResolver } from './shelters/shelter.resolver.js';
import { VisitResolver } from './shelters/visit.resolver.js';

/** What makes this folder a server: its schema, its tables, and its first content. */
export const definition = definePartner({
  readConfig,
  subgraph: 'new-kind',
  entities,
  migrations,
  resolvers: [ShelterResolver, VisitResolver],
  // No root field returns it: the hub reaches it through `_entities`.
  orphanedTypes: [Visit],
  references: {
    Shelter: ({ id }, { loaders }) =>
      typeof id === 'string' ? loaders.one<Shelter>(Shelter).load(id) : null,
    // The visit itself is another partner’s. Here it is known by its key.
    Visit: resolveKey,
  },
  levels,
  loadFacts,
  // There is no demonstration.
  loadDemonstration: () => Promise.resolve(),
});
