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
import { delegatePolicy } from './delegates/delegate.policy.js';
import { itineraryStopPolicy } from './itineraries/itinerary-stop.policy.js';
import { delegateNominationPolicy } from './nominations/delegate-nomination.policy.js';
import { participantReportPolicy } from './reports/participant-report.policy.js';

/** For how many seconds others may keep what changes a few times a year. */
const reference = 30;

/** Who reads what of the offices’ data. What is not here is denied to all. */
export const policies: Policies = {
  ...commonPolicies,
  Query: rootPolicy(
    ['office', 'offices', 'region', 'regions', 'regionalSites', 'delegateStatistics'],
    ['delegate', 'delegates', 'delegateNominations'],
    'officeDisclosures',
  ),
  Mutation: mutationPolicy({
    coordinator: [
      'registerDelegate',
      'nominateDelegate',
      'selectDelegate',
      'declineDelegate',
      'withdrawDelegate',
      'recordDelegatesBriefing',
      'recordDelegatesDebriefing',
      'handInDelegateReport',
      'signOfficeEvaluation',
      'eraseDelegate',
    ],
    liaison: ['confirmRegionalStop'],
  }),
  Office: keptFor(reference, [
    'id',
    'name',
    'kind',
    'city',
    'country',
    'openedOn',
    'closedOn',
    'parent',
    'branches',
    'variants',
    'covers',
    'source',
    'claims',
  ]),
  Region: keptFor(reference, ['code', 'name', 'variants', 'country', 'office']),
  RegionalSite: keptFor(reference, [
    'id',
    'name',
    'sector',
    'city',
    'country',
    'region',
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
  Delegate: delegatePolicy,
  DelegateNomination: delegateNominationPolicy,
  ParticipantReport: participantReportPolicy,
  DelegateStatistics: openTo([
    'id',
    'country',
    'targetGroup',
    'nominated',
    'members',
    'reportsReceived',
    'reportsExpected',
  ]),
  ...peopleConnection('Delegate', ['totalCount']),
  ...peopleConnection('DelegateNomination', ['totalCount']),
  Group: openBeside(
    [
      'id',
      'delegateCount',
      'delegateNominationCount',
      'delegatesSelectedOn',
      'delegatesBriefedOn',
      'delegatesDebriefedOn',
      'delegateReportsReceived',
    ],
    ['delegateNominations', 'delegates'],
  ),
  ItineraryStop: itineraryStopPolicy,
  Programme: openTo(['id', 'officeSignedOn', 'officeSignatureCount']),
};
