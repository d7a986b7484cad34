import {
  commonPolicies,
  openBeside,
  openTo,
  peopleConnection,
  rootPolicy,
  type Policies,
} from '@hub/shared/policy';
import {
  expertPolicy,
  officerNominationPolicy,
  officerPolicy,
  participantReportPolicy,
} from './people.policy.js';
import { hostingPolicy, visitPolicy } from './visit.policy.js';

const counts = ['totalCount', 'countAtLeast'];

/** Who reads what of a police’s data. What is not here is denied to all. */
export const policies: Policies = {
  ...commonPolicies,
  Query: rootPolicy(
    ['policeUnits', 'policeUnit', 'nationalSites'],
    ['officers', 'officer', 'experts', 'expert'],
    'policeDisclosures',
  ),
  PoliceUnit: openBeside(
    [
      'id',
      'name',
      'acronym',
      'variants',
      'country',
      'city',
      'validFrom',
      'validTo',
      'successor',
      'parent',
      'units',
      'sites',
      'kind',
      'note',
      'source',
      'claims',
    ],
    ['officers', 'experts', 'hostings'],
  ),
  NationalSite: openTo([
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
  Organisation: openTo(['id']),
  Event: openTo(['id']),
  Officer: officerPolicy,
  OfficerNomination: officerNominationPolicy,
  ParticipantReport: participantReportPolicy,
  Expert: expertPolicy,
  ...peopleConnection('Officer', counts),
  ...peopleConnection('Expert', counts),
  Group: openBeside(
    ['id', 'officerReportsReceived', 'officerNominationCount'],
    ['officerNominations'],
  ),
  Visit: visitPolicy,
  Hosting: hostingPolicy,
  // Whoever may read a stop of the network’s may know whether it is confirmed; nobody else learns its id.
  ItineraryStop: openBeside(['id', 'hostCountry'], ['hostConfirmedOn', 'hostConfirmedVersion']),
};
