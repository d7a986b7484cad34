import { Claim } from './entities/claim.entity.js';
import { ContactPoint } from './entities/contact-point.entity.js';
import { EvaluationSignature, EvaluationText } from './entities/evaluation.entity.js';
import { Event, EventCountry } from './entities/event.entity.js';
import { Group, GroupMeeting } from './entities/group.entity.js';
import { ItineraryStop } from './entities/itinerary-stop.entity.js';
import { Link } from './entities/link.entity.js';
import { Membership, Network } from './entities/network.entity.js';
import { OfficerNomination } from './entities/officer-nomination.entity.js';
import { Organisation } from './entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from './entities/outcome.entity.js';
import { PartyRole } from './entities/party-role.entity.js';
import { PlannedJourney } from './entities/planned-journey.entity.js';
import { PoliceUnit } from './entities/police-unit.entity.js';
import { Programme } from './entities/programme.entity.js';
import { Representation } from './entities/representation.entity.js';
import { Side, SideParty } from './entities/side.entity.js';
import { Spokesmanship } from './entities/spokesmanship.entity.js';
import { Statement, StatementCountry } from './entities/statement.entity.js';
import { EarlierPlan } from './entities/visit-plan.entity.js';
import {
  Absence,
  ExpertAssignment,
  InformationRead,
  Visit,
  VisitHost,
} from './entities/visit.entity.js';
import { CreateNetwork1795500000001 } from './migrations/1795500000001-create-network.js';
import { CreateProgrammes1795500000002 } from './migrations/1795500000002-create-programmes.js';
import { CreateEvents1795500000003 } from './migrations/1795500000003-create-events.js';
import { CreateGroups1795500000004 } from './migrations/1795500000004-create-groups.js';
import { CreateVisits1795500000005 } from './migrations/1795500000005-create-visits.js';
import { AddDecisions1795500000006 } from './migrations/1795500000006-add-decisions.js';
import { FoldSearchTexts1795672800000 } from './migrations/1795672800000-fold-search-texts.js';
import { CreateSources1795676400000 } from './migrations/1795676400000-create-sources.js';
import { OrderVisits1795680000000 } from './migrations/1795680000000-order-visits.js';
import { AddStopStatuses1795686000000 } from './migrations/1795686000000-add-stop-statuses.js';
import { DraftEvaluations1795691000000 } from './migrations/1795691000000-draft-evaluations.js';
import { CancelVisits1795692000000 } from './migrations/1795692000000-cancel-visits.js';
import { LendExperts1795694000000 } from './migrations/1795694000000-lend-experts.js';
import { AddAbsences1795696000000 } from './migrations/1795696000000-add-absences.js';
import { RecordMeetings1795706000000 } from './migrations/1795706000000-record-meetings.js';
import { MarkRehearsals1795993400000 } from './migrations/1795993400000-mark-rehearsals.js';
import { FoldCities1795993596965 } from './migrations/1795993596965-fold-cities.js';
import { KeepEarlierPlans1795995300153 } from './migrations/1795995300153-keep-earlier-plans.js';
import { VersionDecisions1795996199310 } from './migrations/1795996199310-version-decisions.js';
import { VersionParts1795999110001 } from './migrations/1795999110001-version-parts.js';
import { AddContactPoints1796051100001 } from './migrations/1796051100001-add-contact-points.js';
import { AnswerForHosts1796051403994 } from './migrations/1796051403994-answer-for-hosts.js';
import { NameCitiesOfStops1796051935371 } from './migrations/1796051935371-name-cities-of-stops.js';
import { AddSides1796053978960 } from './migrations/1796053978960-add-sides.js';
import { KeepOrganisations1796054700001 } from './migrations/1796054700001-keep-organisations.js';
import { StateDeadlines1796062769977 } from './migrations/1796062769977-state-deadlines.js';
import { KeepStatements1796064151263 } from './migrations/1796064151263-keep-statements.js';
import { SortEvents1796074406637 } from './migrations/1796074406637-sort-events.js';
import { NoteInformationReads1796078143191 } from './migrations/1796078143191-note-information-reads.js';
import { NoteRetention1796129000001 } from './migrations/1796129000001-note-retention.js';
import { VersionLinks1796135400000 } from './migrations/1796135400000-version-links.js';
import { HoldContacts1796136000001 } from './migrations/1796136000001-hold-contacts.js';

/** The network’s own tables. */
export const entities = [
  Network,
  Membership,
  Organisation,
  PoliceUnit,
  Spokesmanship,
  Claim,
  ContactPoint,
  Programme,
  EvaluationSignature,
  EvaluationText,
  Event,
  EventCountry,
  PartyRole,
  Statement,
  StatementCountry,
  Outcome,
  OutcomeMandate,
  Representation,
  Link,
  Side,
  SideParty,
  PlannedJourney,
  Group,
  GroupMeeting,
  OfficerNomination,
  Visit,
  VisitHost,
  EarlierPlan,
  Absence,
  InformationRead,
  ExpertAssignment,
  ItineraryStop,
];

/** The migrations, oldest first. */
export const migrations = [
  CreateNetwork1795500000001,
  CreateProgrammes1795500000002,
  CreateEvents1795500000003,
  CreateGroups1795500000004,
  CreateVisits1795500000005,
  AddDecisions1795500000006,
  FoldSearchTexts1795672800000,
  CreateSources1795676400000,
  OrderVisits1795680000000,
  AddStopStatuses1795686000000,
  DraftEvaluations1795691000000,
  CancelVisits1795692000000,
  LendExperts1795694000000,
  AddAbsences1795696000000,
  RecordMeetings1795706000000,
  MarkRehearsals1795993400000,
  FoldCities1795993596965,
  KeepEarlierPlans1795995300153,
  VersionDecisions1795996199310,
  VersionParts1795999110001,
  AddContactPoints1796051100001,
  AnswerForHosts1796051403994,
  NameCitiesOfStops1796051935371,
  AddSides1796053978960,
  KeepOrganisations1796054700001,
  StateDeadlines1796062769977,
  KeepStatements1796064151263,
  SortEvents1796074406637,
  NoteInformationReads1796078143191,
  NoteRetention1796129000001,
  VersionLinks1796135400000,
  HoldContacts1796136000001,
];
