// organize-imports-ignore: the schema lists its fields in the order of these imports, independent
// of file names.
import { DelegateNominationResolver } from './nominations/delegate-nomination.resolver.js';
import { DelegateStatisticsResolver } from './statistics/delegate-statistics.resolver.js';
import { DelegateAccessResolver } from './delegates/delegate-access.resolver.js';
import { DelegateResolver } from './delegates/delegate.resolver.js';
import { recordResolvers } from './access/record.resolver.js';
import { FormalityResolver } from './formalities/formality.resolver.js';
import { preparations } from './formalities/preparation.resolver.js';
import { GroupMeetingResolver, GroupMeetingsResolver } from './meetings/group-meeting.resolver.js';
import { GroupResolver } from './groups/group.resolver.js';
import { ItineraryStopResolver } from './itineraries/itinerary-stop.resolver.js';
import { OfficeResolver } from './network/office.resolver.js';
import { OfficeMergingResolver } from './network/keep-office.js';
import { ContactPointResolver } from './network/contact-points.js';
import { ParticipantReportResolver } from './reports/participant-report.resolver.js';
import { ParticipantResolver } from './reports/participant.resolver.js';
import { ProgrammeResolver } from './programmes/programme.resolver.js';
import { RegionResolver } from './network/region.resolver.js';
import { RegionCoverageResolver } from './network/region-coverage.resolver.js';
import { RegionalHostingResolver } from './visits/regional-hosting.resolver.js';
import { RegionalSiteResolver } from './itineraries/regional-site.resolver.js';
import { siteKeeping } from './itineraries/keep-sites.js';
import { VisitResolver } from './visits/visit.resolver.js';
import { contactSharing, SharedContactResolver } from './consents/shared-contact.resolver.js';

/** All resolvers of the offices. */
export const resolvers = [
  OfficeResolver,
  OfficeMergingResolver,
  ContactPointResolver,
  RegionResolver,
  RegionCoverageResolver,
  RegionalSiteResolver,
  ...siteKeeping,
  DelegateResolver,
  DelegateAccessResolver,
  DelegateNominationResolver,
  ParticipantReportResolver,
  ParticipantResolver,
  GroupResolver,
  GroupMeetingResolver,
  GroupMeetingsResolver,
  FormalityResolver,
  preparations.ofPerson,
  preparations.ofGroup,
  ItineraryStopResolver,
  RegionalHostingResolver,
  VisitResolver,
  ProgrammeResolver,
  ...recordResolvers,
  DelegateStatisticsResolver,
  SharedContactResolver,
  ...contactSharing.resolvers,
] as const;
