import 'reflect-metadata';

import { type PartnerDefinition, resolveKey, shareSubgraph } from '@hub/shared/partner';
import { eraseElsewhere } from '@hub/shared/programme';
import { resolveOwn } from './access/entity.reference.js';
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
import { eraseOfficersTravelNeeds } from './formalities/erase-travel-needs.js';
import { levels } from './levels.js';
import { resolvers } from './resolvers.js';
import { loadDemonstration } from './seed/demo.js';
import { loadFacts } from './seed/load-facts.js';

/**
 * The schema of all police forces. The context has the code of the server, so that eight servers in
 * one process share the schema.
 */
const createPoliceSubgraph = shareSubgraph({
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
});

/** Any country’s police force, by its code. */
export const definition: PartnerDefinition = {
  subgraph: 'national-police',
  entities,
  migrations,
  createSubgraph: createPoliceSubgraph,
  loadFacts,
  loadDemonstration,
  async chore(context) {
    const isTold = await eraseElsewhere(context);
    return (await eraseOfficersTravelNeeds(context)) && isTold;
  },
};
