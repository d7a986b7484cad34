// organize-imports-ignore: the schema lists its fields in the order of these imports, independent
// of file names.
import { ContactResolver } from './contacts/contact.resolver.js';
import {
  CentralityResolver,
  ContactNetworkResolver,
  ContactPathResolver,
} from './contacts/contact-network.resolver.js';
import { ContactEvidenceResolver } from './contacts/contact-evidence.resolver.js';
import { recordResolversOf } from './access/record.resolver.js';
import { EventResolver } from './events/event.resolver.js';
import { GroupDerivedResolver } from './groups/group-derived.resolver.js';
import { GroupStatisticsResolver } from './statistics/group-statistics.resolver.js';
import { GroupResolver } from './groups/group.resolver.js';
import { GroupVisitsResolver } from './visits/group-visits.resolver.js';
import { GroupProgressResolver } from './groups/group-progress.resolver.js';
import { GroupMeetingResolver, GroupMeetingsResolver } from './meetings/group-meeting.resolver.js';
import { GroupWarningsResolver, WarningResolver } from './warnings/group-warnings.resolver.js';
import { AbsenceResolver, GroupAbsencesResolver } from './absences/absence.resolver.js';
import { ParticipantResolver } from './access/participant.resolver.js';
import { OfficerNominationResolver } from './nominations/officer-nomination.resolver.js';
import { networkFile } from './nominations/erase-texts.js';
import { HostingResolver, RegionalHostingResolver } from './visits/hosting.resolver.js';
import { ItineraryStopResolver } from './itineraries/itinerary-stop.resolver.js';
import {
  AssignmentRehearsalResolver,
  EventRehearsalResolver,
  GroupRehearsalResolver,
  StopRehearsalResolver,
  VisitRehearsalResolver,
} from './groups/rehearsals.resolver.js';
import { MembershipResolver } from './network/membership.resolver.js';
import { NetworkResolver } from './network/network.resolver.js';
import { OfficeResolver } from './network/office.resolver.js';
import { OrganisationResolver } from './organisations/organisation.resolver.js';
import { ContactPointResolver } from './organisations/contact-points.js';
import { MergingResolver } from './organisations/keep-organisation.js';
import { PartyRoleResolver } from './events/party-role.resolver.js';
import { PartyResolver } from './network/party.resolver.js';
import { PoliceUnitResolver } from './network/police-unit.resolver.js';
import { PlannedJourneyResolver, ProgrammeResolver } from './programmes/programme.resolver.js';
import { mayReadDecision } from './sides/people.js';
import { SideResolver } from './sides/side.resolver.js';
import { EvaluationResolver } from './programmes/evaluation.resolver.js';
import { SectorStatisticsResolver } from './statistics/sector-statistics.resolver.js';
import { SpokesmanshipResolver } from './network/spokesmanship.resolver.js';
import { VisitStatisticsResolver } from './statistics/visit-statistics.resolver.js';
import { VisitResolver } from './visits/visit.resolver.js';
import { ExpertAssignmentResolver } from './experts/expert-assignment.resolver.js';
import { ExpertResolver } from './experts/expert.resolver.js';
import { EventOutcomesResolver } from './outcomes/event-outcomes.resolver.js';
import { OutcomeResolver } from './outcomes/outcome.resolver.js';
import { EventRepresentationsResolver } from './outcomes/event-representations.resolver.js';
import { RepresentationResolver } from './outcomes/representation.resolver.js';
import { ClaimsResolver } from './statements/claims.resolver.js';
import { EventLinksResolver, OrganisationLinksResolver } from './statements/links.resolver.js';
import { StatementResolver } from './statements/statement.resolver.js';
import {
  EventStatementsResolver,
  NetworkStatementsResolver,
  OrganisationStatementsResolver,
  ProgrammeStatementsResolver,
} from './statements/subject-statements.resolver.js';
import { TaskResolver } from './tasks/task.resolver.js';
import { EndingsResolver } from './warnings/endings.resolver.js';
import { CopyResolver } from './copies/copy.resolver.js';
import {
  InformationReadResolver,
  VisitInformationResolver,
} from './participants/information.resolver.js';
import { ProgrammeMemberResolver } from './participants/has-member.js';

/** All resolvers of the network. */
export const resolvers = [
  ContactResolver,
  ContactEvidenceResolver,
  ContactPathResolver,
  CentralityResolver,
  ContactNetworkResolver,
  ...recordResolversOf(mayReadDecision),
  networkFile.resolver,
  EventResolver,
  GroupDerivedResolver,
  GroupStatisticsResolver,
  GroupResolver,
  GroupVisitsResolver,
  GroupProgressResolver,
  GroupRehearsalResolver,
  VisitRehearsalResolver,
  StopRehearsalResolver,
  AssignmentRehearsalResolver,
  EventRehearsalResolver,
  GroupMeetingResolver,
  GroupMeetingsResolver,
  GroupWarningsResolver,
  WarningResolver,
  AbsenceResolver,
  GroupAbsencesResolver,
  ParticipantResolver,
  OfficerNominationResolver,
  HostingResolver,
  RegionalHostingResolver,
  ItineraryStopResolver,
  MembershipResolver,
  NetworkResolver,
  OfficeResolver,
  OrganisationResolver,
  ContactPointResolver,
  MergingResolver,
  PartyRoleResolver,
  PartyResolver,
  PoliceUnitResolver,
  ProgrammeResolver,
  PlannedJourneyResolver,
  SideResolver,
  EvaluationResolver,
  SectorStatisticsResolver,
  SpokesmanshipResolver,
  VisitStatisticsResolver,
  VisitResolver,
  ExpertAssignmentResolver,
  ExpertResolver,
  EventOutcomesResolver,
  OutcomeResolver,
  EventRepresentationsResolver,
  RepresentationResolver,
  EventLinksResolver,
  OrganisationLinksResolver,
  StatementResolver,
  ClaimsResolver,
  EventStatementsResolver,
  NetworkStatementsResolver,
  OrganisationStatementsResolver,
  ProgrammeStatementsResolver,
  TaskResolver,
  EndingsResolver,
  CopyResolver,
  VisitInformationResolver,
  InformationReadResolver,
  ProgrammeMemberResolver,
] as const;
