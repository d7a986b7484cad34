import 'reflect-metadata';

import type { Policies } from '@hub/shared/policy';
import { createSubgraph, type PartnerDefinition, type Subgraph } from '@hub/shared/server';
import { entities, migrations } from './data-source.js';
import { Delegate } from './entities/delegate.entity.js';
import { Office } from './entities/office.entity.js';
import { ItineraryStop, Programme } from './entities/references.js';
import { RegionalSite } from './entities/regional-site.entity.js';
import { DelegateNominationResolver } from './resolvers/delegate-nomination.resolver.js';
import { DelegateStatisticsResolver } from './resolvers/delegate-statistics.resolver.js';
import { DelegateResolver } from './resolvers/delegate.resolver.js';
import { DisclosureResolver } from './resolvers/disclosure.resolver.js';
import { GroupResolver } from './resolvers/group.resolver.js';
import { ItineraryStopResolver } from './resolvers/itinerary-stop.resolver.js';
import { OfficeResolver } from './resolvers/office.resolver.js';
import { ParticipantReportResolver } from './resolvers/participant-report.resolver.js';
import { policies } from './resolvers/policies.js';
import { ProgrammeResolver } from './resolvers/programme.resolver.js';
import { references } from './resolvers/references.js';
import { RegionResolver } from './resolvers/region.resolver.js';
import { RegionalSiteResolver } from './resolvers/regional-site.resolver.js';
import { loadDemonstration } from './seed/demo.js';
import { loadFacts } from './seed/load-facts.js';

function createOfficesSubgraph(policies: Policies): Promise<Subgraph> {
  return createSubgraph({
    resolvers: [
      OfficeResolver,
      RegionResolver,
      RegionalSiteResolver,
      DelegateResolver,
      DelegateNominationResolver,
      ParticipantReportResolver,
      GroupResolver,
      ItineraryStopResolver,
      ProgrammeResolver,
      DisclosureResolver,
      DelegateStatisticsResolver,
    ],
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
