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
  type TypePolicy,
} from '@hub/shared/policy';
import {
  expertPolicy,
  officerNominationPolicy,
  officerPolicy,
  participantReportPolicy,
} from './people.policy.js';
import {
  hostingPolicy,
  itineraryStopPolicy,
  mayReadItineraries,
  visitPolicy,
} from './visit.policy.js';

/** For how many seconds others may keep what changes a few times a year. */
const reference = 30;

const counts = ['totalCount', 'countAtLeast'];

const { fields, decide } = openBeside(
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
  ['officers', 'experts'],
);

/** A unit’s hostings are a list of the ones that the reader may read. */
const policeUnitPolicy: TypePolicy = {
  fields: { ...fields, hostings: 'hostings' },
  keptSeconds: reference,
  decide: (level, unit, context) =>
    level === 'hostings' ? mayReadItineraries(context) : decide(level, unit, context),
};

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
