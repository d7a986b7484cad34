import 'reflect-metadata';

import { shareSubgraph, type PartnerDefinition } from '@hub/shared/partner';
import { references } from './access/references.js';
import { entities, migrations } from './data-source.js';
import { Delegate } from './entities/delegate.entity.js';
import { Office } from './entities/office.entity.js';
import { ItineraryStop, Programme } from './entities/references.js';
import { RegionalSite } from './entities/regional-site.entity.js';
import { levels } from './levels.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { factUpdates, loadFacts } from './seed/load-facts.js';

const createOfficesSubgraph = shareSubgraph({
  resolvers,
  // Types that implement interfaces, and types reached only through a representation.
  orphanedTypes: [Office, Delegate, RegionalSite, ItineraryStop, Programme],
  references,
  levels,
});

/** The NCM offices' server: offices, regions, sites, and the delegates whom they select. */
export const definition: PartnerDefinition = {
  entities,
  migrations,
  createSubgraph: createOfficesSubgraph,
  loadFacts,
  factUpdates,
  loadDemonstration,
};
