import 'reflect-metadata';

import { imports } from '@hub/shared/import';
import { definePartner, participants, resolveKey } from '@hub/shared/partner';
import { contactsOnTheSpot, forgetting, rehearsals, taskMail } from '@hub/shared/programme';
import { resolveOwn } from './access/entity.reference.js';
import { expertData, officerData } from './access/person-tables.js';
import { readConfig } from './config.js';
import { contactSharing } from './consents/shared-contact.resolver.js';
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
import { prepareRemoval } from './groups/remove-rehearsals.js';
import { levels } from './levels.js';
import { officersWhoTravel } from './officers/officer-access.resolver.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { importKinds } from './seed/import-kinds.js';
import { loadFacts } from './seed/load-facts.js';

/** Any country’s police force, by its code. */
export const definition = definePartner({
  readConfig,
  subgraph: 'national-police',
  entities,
  migrations,
  levels,
  resolvers,
  // No field returns them: the hub reaches them through `_entities`.
  orphanedTypes: [Group, Visit, ItineraryStop],
  references: {
    PoliceUnit: resolveOwn(PoliceUnit),
    NationalSite: resolveOwn(NationalSite),
    Officer: resolveOwn(Officer),
    OfficerNomination: resolveOwn(OfficerNomination),
    Expert: resolveOwn(Expert),
    Hosting: resolveOwn(Hosting),
    Group: resolveKey,
    Visit: resolveKey,
    ItineraryStop: resolveKey,
    ExpertAssignment: resolveKey,
  },
  loadFacts,
  loadDemonstration,
  parts: [
    imports(importKinds),
    rehearsals(prepareRemoval),
    taskMail,
    forgetting([
      officerData,
      expertData,
      contactsOnTheSpot('Hosting', Hosting, ['contactOnTheSpot', 'emergencyContact']),
    ]),
    participants.canBeInvited(officersWhoTravel),
    { chore: contactSharing.removeEnded },
  ],
});
