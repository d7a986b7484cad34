import {
  asItsWhole,
  commonPolicies,
  keptFor,
  mutationPolicy,
  openBeside,
  openTo,
  peopleConnection,
  rootPolicy,
  type Policies,
} from '@hub/shared/policy';
import { expertPolicy } from './experts/expert.policy.js';
import { itineraryStopPolicy } from './itineraries/itinerary-stop.policy.js';
import { policeUnitPolicy } from './network/police-unit.policy.js';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { officerPolicy } from './officers/officer.policy.js';
import { participantReportPolicy } from './reports/participant-report.policy.js';
import { hostingPolicy, visitPolicy } from './visits/visit.policy.js';

/** For how many seconds others may keep what changes a few times a year. */
const reference = 30;

const counts = ['totalCount', 'countAtLeast'];

/** Who reads what of a police’s data. What is not here is denied to all. */
export const policies: Policies = {
  ...commonPolicies,
  Query: rootPolicy(
    ['policeUnits', 'policeUnit', 'nationalSites', 'officerStatistics', 'expertStatistics'],
    ['officers', 'officer', 'experts', 'expert'],
    'policeDisclosures',
  ),
  Mutation: mutationPolicy({
    coordinator: [
      'registerOfficer',
      'registerExpert',
      'nominateOfficer',
      'withdrawOfficer',
      'handInOfficerReport',
      'eraseOfficer',
      'eraseExpert',
    ],
    liaison: ['confirmStop', 'offerHosting', 'confirmHosting', 'withdrawHosting'],
  }),
  PoliceUnit: policeUnitPolicy,
  NationalSite: keptFor(reference, [
    'id',
    'name',
    'sector',
    'city',
    'country',
    'unit',
    'organisation',
    'event',
    'kind',
    'visitedOn',
    'note',
    'evidence',
    'source',
  ]),
  Organisation: keptFor(asItsWhole, ['id']),
  Event: keptFor(asItsWhole, ['id']),
  Officer: officerPolicy,
  OfficerNomination: officerNominationPolicy,
  ParticipantReport: participantReportPolicy,
  Expert: expertPolicy,
  OfficerStatistics: openTo([
    'id',
    'country',
    'targetGroup',
    'nominated',
    'members',
    'reportsReceived',
    'reportsExpected',
  ]),
  ExpertStatistics: openTo(['id', 'country', 'language', 'experts']),
  ...peopleConnection('Officer', counts),
  ...peopleConnection('Expert', counts),
  Group: openBeside(
    ['id', 'officerReportsReceived', 'officerNominationCount'],
    ['officerNominations'],
  ),
  Visit: visitPolicy,
  Hosting: hostingPolicy,
  ItineraryStop: itineraryStopPolicy,
};
