// organize-imports-ignore: the schema lists its fields in the order of these imports, independent
// of file names.
import { recordResolvers } from './access/record.resolver.js';
import { ExpertStatisticsResolver } from './statistics/expert-statistics.resolver.js';
import { ExpertResolver } from './experts/expert.resolver.js';
import { ExpertAssignmentResolver } from './experts/expert-assignment.resolver.js';
import { FormalityResolver } from './formalities/formality.resolver.js';
import { preparations } from './formalities/preparation.resolver.js';
import { GroupResolver } from './groups/group.resolver.js';
import { HostingResolver } from './visits/hosting.resolver.js';
import { ItineraryStopResolver } from './itineraries/itinerary-stop.resolver.js';
import { NationalSiteResolver } from './itineraries/national-site.resolver.js';
import { siteKeeping } from './itineraries/keep-sites.js';
import { OfficerNominationResolver } from './nominations/officer-nomination.resolver.js';
import { OfficerStatisticsResolver } from './statistics/officer-statistics.resolver.js';
import { OfficerAccessResolver } from './officers/officer-access.resolver.js';
import { OfficerResolver } from './officers/officer.resolver.js';
import { ParticipantReportResolver } from './reports/participant-report.resolver.js';
import { ParticipantResolver } from './reports/participant.resolver.js';
import { PoliceUnitResolver } from './network/police-unit.resolver.js';
import { ContactPointResolver } from './network/contact-points.js';
import { MergingResolver } from './network/keep-unit.js';
import { VisitResolver } from './visits/visit.resolver.js';
import { contactSharing, SharedContactResolver } from './consents/shared-contact.resolver.js';

/** All resolvers of a police force. */
export const resolvers = [
  PoliceUnitResolver,
  ContactPointResolver,
  MergingResolver,
  NationalSiteResolver,
  ...siteKeeping,
  OfficerResolver,
  OfficerAccessResolver,
  OfficerNominationResolver,
  ParticipantReportResolver,
  ParticipantResolver,
  ExpertResolver,
  ExpertAssignmentResolver,
  HostingResolver,
  GroupResolver,
  FormalityResolver,
  preparations.ofPerson,
  preparations.ofGroup,
  VisitResolver,
  ItineraryStopResolver,
  ...recordResolvers,
  OfficerStatisticsResolver,
  ExpertStatisticsResolver,
  SharedContactResolver,
  ...contactSharing.resolvers,
] as const;
