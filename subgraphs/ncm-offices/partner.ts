import 'reflect-metadata';

import { createSubgraph, type PartnerDefinition, type Subgraph } from '@hub/shared/partner';
import type { Policies } from '@hub/shared/policy';
import { references } from './access/references.js';
import { entities, migrations } from './data-source.js';
import { Delegate } from './entities/delegate.entity.js';
import { Office } from './entities/office.entity.js';
import { ItineraryStop, Programme } from './entities/references.js';
import { RegionalSite } from './entities/regional-site.entity.js';
import { policies } from './policies.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { loadFacts } from './seed/load-facts.js';

function createOfficesSubgraph(policies: Policies): Promise<Subgraph> {
  return createSubgraph({
    resolvers,
    // The implementations of this slice's interfaces, and the types that only a representation reaches.
    orphanedTypes: [Office, Delegate, RegionalSite, ItineraryStop, Programme],
    references,
    policies,
  });
}

/** The NCM offices' server: their offices, regions and sites, and the people whom they select. */
export const definition: PartnerDefinition = {
  entities,
  migrations,
  policies,
  createSubgraph: createOfficesSubgraph,
  loadFacts,
  loadDemonstration,
};
