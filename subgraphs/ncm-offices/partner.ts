import 'reflect-metadata';

import { imports } from '@hub/shared/import';
import { definePartner, participants, resolveKey } from '@hub/shared/partner';
import { contactsOnTheSpot, forgetting, rehearsals, taskMail } from '@hub/shared/programme';
import { resolveOwn } from './access/entity.reference.js';
import { delegateData } from './access/person-tables.js';
import { readConfig } from './config.js';
import { contactSharing } from './consents/shared-contact.resolver.js';
import { entities, migrations } from './data-source.js';
import { delegatesWhoTravel } from './delegates/delegate-access.resolver.js';
import { DelegateNomination } from './entities/delegate-nomination.entity.js';
import { Delegate } from './entities/delegate.entity.js';
import { Office } from './entities/office.entity.js';
import { ItineraryStop, Programme, Visit } from './entities/references.js';
import { Region } from './entities/region.entity.js';
import { RegionalHosting } from './entities/regional-hosting.entity.js';
import { RegionalSite } from './entities/regional-site.entity.js';
import { levels } from './levels.js';
import { prepareRemoval } from './programmes/remove-rehearsals.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { importKinds } from './seed/import-kinds.js';
import { factUpdates, loadFacts } from './seed/load-facts.js';

/** The NCM offices' server: offices, regions, sites, and the delegates whom they select. */
export const definition = definePartner({
  readConfig,
  subgraph: 'ncm-offices',
  entities,
  migrations,
  resolvers,
  // Types that implement interfaces, and types reached only through a representation.
  orphanedTypes: [Office, Delegate, RegionalSite, ItineraryStop, Programme, Visit],
  references: {
    Office: resolveOwn(Office),
    Delegate: resolveOwn(Delegate),
    DelegateNomination: resolveOwn(DelegateNomination),
    RegionalSite: resolveOwn(RegionalSite),
    RegionalHosting: resolveOwn(RegionalHosting),
    Region: resolveOwn(Region, 'code'),
    Group: resolveKey,
    ItineraryStop: resolveKey,
    Programme: resolveKey,
    Visit: resolveKey,
  },
  levels,
  loadFacts,
  factUpdates,
  loadDemonstration,
  parts: [
    imports(importKinds),
    rehearsals(prepareRemoval),
    taskMail,
    forgetting([
      delegateData,
      contactsOnTheSpot('RegionalHosting', RegionalHosting, [
        'contactOnTheSpot',
        'emergencyContact',
      ]),
    ]),
    participants.canBeInvited(delegatesWhoTravel),
    { chore: contactSharing.removeEnded },
  ],
});
