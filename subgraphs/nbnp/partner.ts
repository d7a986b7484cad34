import { imports } from '@hub/shared/import';
import { definePartner, resolveKey } from '@hub/shared/partner';
import { contactsOnTheSpot, forgetting, rehearsals, taskMail } from '@hub/shared/programme';
import 'reflect-metadata';
import { required, resolveOwn } from './access/entity.reference.js';
import { readConfig } from './config.js';
import { closeEngine } from './contacts/contact-engine.js';
import { entities, migrations } from './data-source.js';
import { Event } from './entities/event.entity.js';
import { Group } from './entities/group.entity.js';
import { ItineraryStop } from './entities/itinerary-stop.entity.js';
import { Office } from './entities/office.reference.js';
import { OfficerNomination } from './entities/officer-nomination.entity.js';
import { Organisation } from './entities/organisation.entity.js';
import { Delegate, Officer } from './entities/participant.interface.js';
import { OtherParty } from './entities/party.interface.js';
import { PoliceUnit } from './entities/police-unit.entity.js';
import { Programme } from './entities/programme.entity.js';
import { Hosting, RegionalHosting } from './entities/references.js';
import { NationalSite, RegionalSite } from './entities/site.interface.js';
import { ExpertAssignment, Visit } from './entities/visit.entity.js';
import { readGroupFacts } from './groups/group.reference.js';
import { levels } from './levels.js';
import { othersData } from './nominations/erase-texts.js';
import { resolveOfficerNomination } from './nominations/officer-nomination.reference.js';
import { findLateRecords } from './programmes/find-late-records.js';
import { prepareRemoval } from './programmes/remove-rehearsals.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { importKinds } from './seed/import-kinds.js';
import { loadFacts } from './seed/load-facts.js';
import { factUpdates } from './seed/update-facts.js';
import { countOverdue } from './tasks/count-overdue.js';

/** The network’s secretariat. */
export const definition = definePartner({
  readConfig,
  subgraph: 'nbnp',
  entities,
  migrations,
  levels,
  resolvers,
  // Types reached only through an interface or through `_entities`.
  orphanedTypes: [
    Organisation,
    Office,
    PoliceUnit,
    OtherParty,
    Delegate,
    Officer,
    NationalSite,
    RegionalSite,
    OfficerNomination,
    Hosting,
    RegionalHosting,
  ],
  references: {
    Organisation: resolveOwn(Organisation),
    Event: resolveOwn(Event),
    Programme: resolveOwn(Programme, required<Programme>('officeSignedOn', 'officeSignatureCount')),
    Group: resolveOwn(Group, readGroupFacts),
    Visit: resolveOwn(Visit),
    ItineraryStop: resolveOwn(
      ItineraryStop,
      required<ItineraryStop>('hostConfirmedVersion', 'officeConfirmedVersion'),
    ),
    OfficerNomination: resolveOfficerNomination,
    ExpertAssignment: resolveOwn(
      ExpertAssignment,
      required<ExpertAssignment>('loanGranted', 'loanWithdrawnOn', 'isLoanPutBack'),
    ),
    Expert: resolveKey,
    Officer: resolveKey,
    Delegate: resolveKey,
    Office: resolveKey,
    PoliceUnit: resolveKey,
    OtherParty: resolveKey,
    Hosting: resolveKey,
    RegionalHosting: resolveKey,
  },
  loadFacts,
  factUpdates,
  loadDemonstration,
  countOverdue,
  findBrokenRules: ({ manager }) => findLateRecords(manager),
  close: closeEngine,
  parts: [
    imports(importKinds),
    rehearsals(prepareRemoval),
    taskMail,
    forgetting([
      othersData,
      contactsOnTheSpot('ItineraryStop', ItineraryStop, ['contactOnTheSpot']),
    ]),
  ],
});
