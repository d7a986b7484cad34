import { Claim } from './entities/claim.entity.js';
import { ContactPoint } from './entities/contact-point.entity.js';
import { ExpertLoan } from './entities/expert-loan.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from './entities/expert.entity.js';
import { Hosting } from './entities/hosting.entity.js';
import { NationalSite, SiteClaim } from './entities/national-site.entity.js';
import { OfficerFormality } from './entities/officer-formality.entity.js';
import { OfficerNomination } from './entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from './entities/officer-travel-needs.entity.js';
import { Officer, OfficerLanguage } from './entities/officer.entity.js';
import { ParticipantReport } from './entities/participant-report.entity.js';
import { PoliceUnit } from './entities/police-unit.entity.js';
import { SharedContact } from './entities/shared-contact.entity.js';
import { StopConfirmation } from './entities/stop-confirmation.entity.js';
import { CreatePoliceUnits1764000000001 } from './migrations/1764000000001-create-police-units.js';
import { CreateNationalSites1764000000002 } from './migrations/1764000000002-create-national-sites.js';
import { CreateOfficers1764000000003 } from './migrations/1764000000003-create-officers.js';
import { CreateExperts1764000000004 } from './migrations/1764000000004-create-experts.js';
import { CreateHostings1764000000005 } from './migrations/1764000000005-create-hostings.js';
import { AddHostingDecisions1764000000006 } from './migrations/1764000000006-add-hosting-decisions.js';
import { KeepEveryReport1764000000007 } from './migrations/1764000000007-keep-every-report.js';
import { FoldSearchTexts1795672800000 } from './migrations/1795672800000-fold-search-texts.js';
import { AddHostingPracticalities1795690000000 } from './migrations/1795690000000-add-hosting-practicalities.js';
import { AddExpertVersions1795693000000 } from './migrations/1795693000000-add-expert-versions.js';
import { LendExperts1795694000000 } from './migrations/1795694000000-lend-experts.js';
import { CreateFormalities1795697000000 } from './migrations/1795697000000-create-formalities.js';
import { MarkRehearsals1795993400000 } from './migrations/1795993400000-mark-rehearsals.js';
import { RecordConsents1795993530248 } from './migrations/1795993530248-record-consents.js';
import { VersionParts1795999110002 } from './migrations/1795999110002-version-parts.js';
import { NoteErasures1795999500000 } from './migrations/1795999500000-note-erasures.js';
import { AddContactPoints1796051100002 } from './migrations/1796051100002-add-contact-points.js';
import { KeepUnits1796055630102 } from './migrations/1796055630102-keep-units.js';
import { KeepSites1796056407425 } from './migrations/1796056407425-keep-sites.js';
import { NoteRetention1796076359351 } from './migrations/1796076359351-note-retention.js';
import { NoteSaidFormalities1796078143160 } from './migrations/1796078143160-note-said-formalities.js';
import { ShareContacts1796078143170 } from './migrations/1796078143170-share-contacts.js';
import { KeepSiteClaims1796086800101 } from './migrations/1796086800101-keep-site-claims.js';
import { HoldPeople1796090000000 } from './migrations/1796090000000-hold-people.js';

/** A police force’s own tables. */
export const entities = [
  PoliceUnit,
  Claim,
  ContactPoint,
  NationalSite,
  SiteClaim,
  Officer,
  OfficerLanguage,
  OfficerNomination,
  OfficerFormality,
  OfficerTravelNeeds,
  ParticipantReport,
  Expert,
  ExpertLanguage,
  ExpertRole,
  ExpertField,
  ExpertLoan,
  Hosting,
  SharedContact,
  StopConfirmation,
];

/** The migrations, oldest first. */
export const migrations = [
  CreatePoliceUnits1764000000001,
  CreateNationalSites1764000000002,
  CreateOfficers1764000000003,
  CreateExperts1764000000004,
  CreateHostings1764000000005,
  AddHostingDecisions1764000000006,
  KeepEveryReport1764000000007,
  FoldSearchTexts1795672800000,
  AddHostingPracticalities1795690000000,
  AddExpertVersions1795693000000,
  LendExperts1795694000000,
  CreateFormalities1795697000000,
  MarkRehearsals1795993400000,
  RecordConsents1795993530248,
  VersionParts1795999110002,
  NoteErasures1795999500000,
  AddContactPoints1796051100002,
  KeepUnits1796055630102,
  KeepSites1796056407425,
  NoteRetention1796076359351,
  NoteSaidFormalities1796078143160,
  ShareContacts1796078143170,
  KeepSiteClaims1796086800101,
  HoldPeople1796090000000,
];
