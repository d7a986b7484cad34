// organize-imports-ignore: the schema lists its fields in the order of these imports, whatever the files are called.
import { ContactResolver } from './resolvers/contact.resolver.js';
import { DisclosureResolver } from './resolvers/disclosure.resolver.js';
import { EventMutationResolver } from './resolvers/event-mutation.resolver.js';
import { EventResolver } from './resolvers/event.resolver.js';
import { ExpertAssignmentResolver } from './resolvers/expert-assignment.resolver.js';
import { GroupDerivedResolver } from './resolvers/group-derived.resolver.js';
import { GroupMutationResolver } from './resolvers/group-mutation.resolver.js';
import { OfficerNominationMutationResolver } from './resolvers/officer-nomination-mutation.resolver.js';
import { GroupMeetingMutationResolver } from './resolvers/group-meeting-mutation.resolver.js';
import { GroupStatisticsResolver } from './resolvers/group-statistics.resolver.js';
import { GroupResolver } from './resolvers/group.resolver.js';
import { GroupVisitsResolver } from './resolvers/group-visits.resolver.js';
import { GroupProgressResolver } from './resolvers/group-progress.resolver.js';
import { HostingResolver } from './resolvers/hosting.resolver.js';
import { ItineraryMutationResolver } from './resolvers/itinerary-mutation.resolver.js';
import { ItineraryStopResolver } from './resolvers/itinerary-stop.resolver.js';
import { MembershipResolver } from './resolvers/membership.resolver.js';
import { NetworkResolver } from './resolvers/network.resolver.js';
import { OfficeResolver } from './resolvers/office.resolver.js';
import { OfficerNominationResolver } from './resolvers/officer-nomination.resolver.js';
import { OrganisationResolver } from './resolvers/organisation.resolver.js';
import { PartyRoleResolver } from './resolvers/party-role.resolver.js';
import { PartyResolver } from './resolvers/party.resolver.js';
import { PoliceUnitResolver } from './resolvers/police-unit.resolver.js';
import { ProgrammeMutationResolver } from './resolvers/programme-mutation.resolver.js';
import { ProgrammeResolver } from './resolvers/programme.resolver.js';
import { SectorStatisticsResolver } from './resolvers/sector-statistics.resolver.js';
import { SpokesmanshipResolver } from './resolvers/spokesmanship.resolver.js';
import { VisitMutationResolver } from './resolvers/visit-mutation.resolver.js';
import { ExpertAssignmentMutationResolver } from './resolvers/expert-assignment-mutation.resolver.js';
import { VisitJourneyMutationResolver } from './resolvers/visit-journey-mutation.resolver.js';
import { VisitStatisticsResolver } from './resolvers/visit-statistics.resolver.js';
import { VisitResolver } from './resolvers/visit.resolver.js';

/** Everything that the network answers. */
export const resolvers = [
  ContactResolver,
  DisclosureResolver,
  EventMutationResolver,
  EventResolver,
  ExpertAssignmentResolver,
  GroupDerivedResolver,
  GroupMutationResolver,
  OfficerNominationMutationResolver,
  GroupMeetingMutationResolver,
  GroupStatisticsResolver,
  GroupResolver,
  GroupVisitsResolver,
  GroupProgressResolver,
  HostingResolver,
  ItineraryMutationResolver,
  ItineraryStopResolver,
  MembershipResolver,
  NetworkResolver,
  OfficeResolver,
  OfficerNominationResolver,
  OrganisationResolver,
  PartyRoleResolver,
  PartyResolver,
  PoliceUnitResolver,
  ProgrammeMutationResolver,
  ProgrammeResolver,
  SectorStatisticsResolver,
  SpokesmanshipResolver,
  VisitMutationResolver,
  ExpertAssignmentMutationResolver,
  VisitJourneyMutationResolver,
  VisitStatisticsResolver,
  VisitResolver,
] as const;
