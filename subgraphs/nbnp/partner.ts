import type { Policies } from '@hub/shared/policy';
import { createSubgraph, type PartnerDefinition, type Subgraph } from '@hub/shared/server';
import 'reflect-metadata';
import { entities, migrations } from './data-source.js';
import { Event } from './entities/event.entity.js';
import { Group } from './entities/group.entity.js';
import { ItineraryStop } from './entities/itinerary-stop.entity.js';
import { Office } from './entities/office.reference.js';
import { OfficerNomination } from './entities/officer-nomination.entity.js';
import { Organisation } from './entities/organisation.entity.js';
import { Delegate, Officer } from './entities/participant.interface.js';
import { PoliceUnit } from './entities/police-unit.entity.js';
import { Programme } from './entities/programme.entity.js';
import { Hosting } from './entities/references.js';
import { NationalSite, RegionalSite } from './entities/site.interface.js';
import { Visit } from './entities/visit.entity.js';
import { ContactResolver } from './resolvers/contact.resolver.js';
import { DisclosureResolver } from './resolvers/disclosure.resolver.js';
import { required, resolveKey, resolveOwn } from './resolvers/entity.reference.js';
import { EventMutationResolver } from './resolvers/event-mutation.resolver.js';
import { EventResolver } from './resolvers/event.resolver.js';
import { ExpertAssignmentResolver } from './resolvers/expert-assignment.resolver.js';
import { GroupDerivedResolver } from './resolvers/group-derived.resolver.js';
import { GroupMutationResolver } from './resolvers/group-mutation.resolver.js';
import { GroupStatisticsResolver } from './resolvers/group-statistics.resolver.js';
import { readGroupFacts } from './resolvers/group.reference.js';
import { GroupResolver } from './resolvers/group.resolver.js';
import { HostingResolver } from './resolvers/hosting.resolver.js';
import { ItineraryMutationResolver } from './resolvers/itinerary-mutation.resolver.js';
import { ItineraryStopResolver } from './resolvers/itinerary-stop.resolver.js';
import { MembershipResolver } from './resolvers/membership.resolver.js';
import { NetworkResolver } from './resolvers/network.resolver.js';
import { OfficeResolver } from './resolvers/office.resolver.js';
import { resolveOfficerNomination } from './resolvers/officer-nomination.reference.js';
import { OfficerNominationResolver } from './resolvers/officer-nomination.resolver.js';
import { OrganisationResolver } from './resolvers/organisation.resolver.js';
import { PartyRoleResolver } from './resolvers/party-role.resolver.js';
import { PartyResolver } from './resolvers/party.resolver.js';
import { PoliceUnitResolver } from './resolvers/police-unit.resolver.js';
import { policies } from './resolvers/policies.js';
import { ProgrammeMutationResolver } from './resolvers/programme-mutation.resolver.js';
import { ProgrammeResolver } from './resolvers/programme.resolver.js';
import { SectorStatisticsResolver } from './resolvers/sector-statistics.resolver.js';
import { SpokesmanshipResolver } from './resolvers/spokesmanship.resolver.js';
import { VisitMutationResolver } from './resolvers/visit-mutation.resolver.js';
import { VisitStatisticsResolver } from './resolvers/visit-statistics.resolver.js';
import { VisitResolver } from './resolvers/visit.resolver.js';
import { loadDemonstration } from './seed/demo.js';
import { loadFacts } from './seed/load-facts.js';

function createNetworkSubgraph(policies: Policies): Promise<Subgraph> {
  return createSubgraph({
    policies,
    resolvers: [
      NetworkResolver,
      MembershipResolver,
      SpokesmanshipResolver,
      OrganisationResolver,
      PartyResolver,
      OfficeResolver,
      PoliceUnitResolver,
      PartyRoleResolver,
      ContactResolver,
      EventResolver,
      ProgrammeResolver,
      GroupResolver,
      GroupDerivedResolver,
      OfficerNominationResolver,
      VisitResolver,
      VisitMutationResolver,
      ExpertAssignmentResolver,
      ItineraryStopResolver,
      ItineraryMutationResolver,
      HostingResolver,
      DisclosureResolver,
      GroupStatisticsResolver,
      VisitStatisticsResolver,
      SectorStatisticsResolver,
      ProgrammeMutationResolver,
      GroupMutationResolver,
      EventMutationResolver,
    ],
    // Reached through an interface, or through `_entities` alone.
    orphanedTypes: [
      Organisation,
      Office,
      PoliceUnit,
      Delegate,
      Officer,
      NationalSite,
      RegionalSite,
      OfficerNomination,
      Hosting,
    ],
    references: {
      Organisation: resolveOwn(Organisation),
      Event: resolveOwn(Event),
      Programme: resolveOwn(
        Programme,
        required<Programme>('officeSignedOn', 'officeSignatureCount'),
      ),
      Group: resolveOwn(Group, readGroupFacts),
      Visit: resolveOwn(Visit),
      ItineraryStop: resolveOwn(
        ItineraryStop,
        required<ItineraryStop>('hostConfirmedVersion', 'officeConfirmedVersion'),
      ),
      OfficerNomination: resolveOfficerNomination,
      Office: resolveKey,
      PoliceUnit: resolveKey,
      Hosting: resolveKey,
    },
  });
}

/** The network’s secretariat. */
export const definition: PartnerDefinition = {
  entities,
  migrations,
  policies,
  createSubgraph: createNetworkSubgraph,
  loadFacts,
  loadDemonstration,
};
