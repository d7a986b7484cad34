import { Claim } from './entities/claim.entity.js';
import { ContactPoint } from './entities/contact-point.entity.js';
import { DelegateFormality } from './entities/delegate-formality.entity.js';
import { DelegateLanguage } from './entities/delegate-language.entity.js';
import { DelegateNomination } from './entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from './entities/delegate-travel-needs.entity.js';
import { Delegate } from './entities/delegate.entity.js';
import { EvaluationText } from './entities/evaluation-text.entity.js';
import { GroupMeeting } from './entities/group-meeting.entity.js';
import { Office } from './entities/office.entity.js';
import { ParticipantReport } from './entities/participant-report.entity.js';
import { ProgrammeSignature } from './entities/programme-signature.entity.js';
import { Region } from './entities/region.entity.js';
import { RegionalHosting } from './entities/regional-hosting.entity.js';
import { RegionalSite, SiteClaim } from './entities/regional-site.entity.js';
import { SharedContact } from './entities/shared-contact.entity.js';
import { StopConfirmation } from './entities/stop-confirmation.entity.js';
import { CreateOffices1795500000000 } from './migrations/1795500000000-create-offices.js';
import { CreateDelegates1795500001000 } from './migrations/1795500001000-create-delegates.js';
import { KeepEveryReport1795500002000 } from './migrations/1795500002000-keep-every-report.js';
import { FoldSearchTexts1795672800000 } from './migrations/1795672800000-fold-search-texts.js';
import { AddCoverageSources1795673000000 } from './migrations/1795673000000-add-coverage-sources.js';
import { AlignClaimsAndReports1795680000000 } from './migrations/1795680000000-align-claims-and-reports.js';
import { DraftEvaluations1795691000000 } from './migrations/1795691000000-draft-evaluations.js';
import { CreateRegionalHostings1795692000000 } from './migrations/1795692000000-create-regional-hostings.js';
import { NameLocalAuthorities1795695391000 } from './migrations/1795695391000-name-local-authorities.js';
import { AddReserves1795696001000 } from './migrations/1795696001000-add-reserves.js';
import { CreateFormalities1795697000000 } from './migrations/1795697000000-create-formalities.js';
import { RecordMeetings1795706000000 } from './migrations/1795706000000-record-meetings.js';
import { MarkRehearsals1795993400000 } from './migrations/1795993400000-mark-rehearsals.js';
import { RecordConsents1795993530249 } from './migrations/1795993530249-record-consents.js';
import { VersionParts1795999110003 } from './migrations/1795999110003-version-parts.js';
import { NoteErasures1795999500001 } from './migrations/1795999500001-note-erasures.js';
import { VersionOffices1796051280000 } from './migrations/1796051280000-version-offices.js';
import { AddContactPoints1796052700003 } from './migrations/1796052700003-add-contact-points.js';
import { FreeRegions1796053200000 } from './migrations/1796053200000-free-regions.js';
import { AddMotivations1796062532569 } from './migrations/1796062532569-add-motivations.js';
import { KeepNetwork1796062689346 } from './migrations/1796062689346-keep-network.js';
import { KeepSites1796063866330 } from './migrations/1796063866330-keep-sites.js';
import { AddFindings1796065238250 } from './migrations/1796065238250-add-findings.js';
import { NoteRetention1796076359352 } from './migrations/1796076359352-note-retention.js';
import { SortPeople1796077822202 } from './migrations/1796077822202-sort-people.js';
import { NoteSaidFormalities1796078143199 } from './migrations/1796078143199-note-said-formalities.js';
import { ShareContacts1796078143205 } from './migrations/1796078143205-share-contacts.js';
import { KeepSiteClaims1796086800102 } from './migrations/1796086800102-keep-site-claims.js';
import { HoldPeople1796090000001 } from './migrations/1796090000001-hold-people.js';

export const entities = [
  Claim,
  ContactPoint,
  Delegate,
  DelegateFormality,
  DelegateLanguage,
  DelegateNomination,
  DelegateTravelNeeds,
  GroupMeeting,
  Office,
  ParticipantReport,
  EvaluationText,
  ProgrammeSignature,
  Region,
  RegionalHosting,
  RegionalSite,
  SiteClaim,
  SharedContact,
  StopConfirmation,
];

export const migrations = [
  CreateOffices1795500000000,
  CreateDelegates1795500001000,
  KeepEveryReport1795500002000,
  FoldSearchTexts1795672800000,
  AddCoverageSources1795673000000,
  AlignClaimsAndReports1795680000000,
  DraftEvaluations1795691000000,
  CreateRegionalHostings1795692000000,
  NameLocalAuthorities1795695391000,
  AddReserves1795696001000,
  CreateFormalities1795697000000,
  RecordMeetings1795706000000,
  MarkRehearsals1795993400000,
  RecordConsents1795993530249,
  VersionParts1795999110003,
  NoteErasures1795999500001,
  VersionOffices1796051280000,
  AddContactPoints1796052700003,
  FreeRegions1796053200000,
  AddMotivations1796062532569,
  KeepNetwork1796062689346,
  KeepSites1796063866330,
  AddFindings1796065238250,
  NoteRetention1796076359352,
  SortPeople1796077822202,
  NoteSaidFormalities1796078143199,
  ShareContacts1796078143205,
  KeepSiteClaims1796086800102,
  HoldPeople1796090000001,
];
