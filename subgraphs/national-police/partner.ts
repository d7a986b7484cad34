import 'reflect-metadata';

import type { Policies } from '@hub/shared/policy';
import { createSubgraph, type PartnerDefinition, type Subgraph } from '@hub/shared/server';
import { entities, migrations } from './data-source.js';
import { Expert } from './entities/expert.entity.js';
import { Group } from './entities/group.reference.js';
import { Hosting } from './entities/hosting.entity.js';
import { ItineraryStop } from './entities/itinerary-stop.reference.js';
import { NationalSite } from './entities/national-site.entity.js';
import { OfficerNomination } from './entities/officer-nomination.entity.js';
import { Officer } from './entities/officer.entity.js';
import { PoliceUnit } from './entities/police-unit.entity.js';
import { Visit } from './entities/visit.reference.js';
import { DisclosureResolver } from './resolvers/disclosure.resolver.js';
import { ExpertStatisticsResolver } from './resolvers/expert-statistics.resolver.js';
import { ExpertResolver } from './resolvers/expert.resolver.js';
import { GroupResolver } from './resolvers/group.resolver.js';
import { HostingResolver } from './resolvers/hosting.resolver.js';
import { ItineraryStopResolver } from './resolvers/itinerary-stop.resolver.js';
import { NationalSiteResolver } from './resolvers/national-site.resolver.js';
import { OfficerNominationResolver } from './resolvers/officer-nomination.resolver.js';
import { OfficerStatisticsResolver } from './resolvers/officer-statistics.resolver.js';
import { OfficerResolver } from './resolvers/officer.resolver.js';
import { resolveOwn } from './resolvers/own-record.reference.js';
import { ParticipantReportResolver } from './resolvers/participant-report.resolver.js';
import { PoliceUnitResolver } from './resolvers/police-unit.resolver.js';
import { policies } from './resolvers/policies.js';
import { VisitResolver } from './resolvers/visit.resolver.js';
import { loadDemonstration } from './seed/demo.js';
import { loadFacts } from './seed/load-facts.js';

export { policeCodes, type PoliceCode } from './entities/vocabulary.js';

const subgraphs = new WeakMap<Policies, Promise<Subgraph>>();

/** The schema of every police. Which one answers is in the context, so that eight servers of one process share it. */
function createPoliceSubgraph(policies: Policies): Promise<Subgraph> {
  let subgraph = subgraphs.get(policies);
  subgraph ??= createSubgraph({
    policies,
    resolvers: [
      PoliceUnitResolver,
      NationalSiteResolver,
      OfficerResolver,
      OfficerNominationResolver,
      ParticipantReportResolver,
      ExpertResolver,
      HostingResolver,
      GroupResolver,
      VisitResolver,
      ItineraryStopResolver,
      DisclosureResolver,
      OfficerStatisticsResolver,
      ExpertStatisticsResolver,
    ],
    // No field leads to them: the hub reaches them through `_entities`.
    orphanedTypes: [Group, Visit, ItineraryStop],
    references: {
      PoliceUnit: resolveOwn(PoliceUnit),
      NationalSite: resolveOwn(NationalSite),
      Officer: resolveOwn(Officer),
      OfficerNomination: resolveOwn(OfficerNomination),
      Expert: resolveOwn(Expert),
      Hosting: resolveOwn(Hosting),
      Group: (group) => group,
      Visit: (visit) => visit,
      ItineraryStop: (stop) => stop,
    },
  });
  subgraphs.set(policies, subgraph);
  return subgraph;
}

/** Any one of the eight polices; its code says which. */
export const definition: PartnerDefinition = {
  entities,
  migrations,
  policies,
  createSubgraph: createPoliceSubgraph,
  loadFacts,
  loadDemonstration,
};
