import { isOneOf, isPerson, open, type Policies, type TypePolicy } from '@hub/shared/policy';
import {
  connectionPolicies,
  decidePeople,
  expertPolicy,
  officerNominationPolicy,
  officerPolicy,
  participantReportPolicy,
} from './people.policy.js';
import { hostingPolicy, visitPolicy } from './visit.policy.js';

const openTo = (fields: readonly string[]): TypePolicy => ({
  fields: Object.fromEntries(fields.map((field) => [field, open])),
  decide: () => false,
});

const peopleBeside = (openFields: readonly string[], people: readonly string[]): TypePolicy => ({
  fields: {
    ...Object.fromEntries(openFields.map((field) => [field, open])),
    ...Object.fromEntries(people.map((field) => [field, 'people'])),
  },
  decide: (_level, _row, context) => decidePeople(context),
});

/** This police’s own auditor. */
const disclosures = (fields: readonly string[]): TypePolicy => ({
  fields: Object.fromEntries(fields.map((field) => [field, 'disclosures'])),
  decide: (_level, _row, { reader, partner }) =>
    isOneOf(reader, partner, ['auditor']),
});

const queryPolicy: TypePolicy = {
  fields: {
    policeUnits: open,
    policeUnit: open,
    nationalSites: open,
    officers: 'people',
    officer: 'people',
    experts: 'people',
    expert: 'people',
    policeDisclosures: 'disclosures',
  },
  decide: (level, _row, { reader, partner }) =>
    level === 'disclosures'
      ? isOneOf(reader, partner, ['auditor'])
      : isPerson(reader),
};

/** Who reads what of a police’s data. What is not here is denied to all. */
export const policies: Policies = {
  Query: queryPolicy,
  PoliceUnit: peopleBeside(
    [
      'id', 'name', 'acronym', 'variants', 'country', 'city', 'validFrom', 'validTo', 'successor',
      'parent', 'units', 'sites', 'kind', 'note', 'source', 'claims',
    ],
    ['officers', 'experts', 'hostings'],
  ),
  Claim: openTo(['property', 'value', 'source', 'preferred', 'note']),
  NationalSite: openTo([
    'id', 'name', 'sector', 'city', 'country', 'unit', 'organisation', 'event', 'kind', 'visitedOn',
    'note', 'evidence', 'source',
  ]),
  Organisation: openTo(['id']),
  Event: openTo(['id']),
  Officer: officerPolicy,
  OfficerNomination: officerNominationPolicy,
  ParticipantReport: participantReportPolicy,
  Expert: expertPolicy,
  ...connectionPolicies,
  Group: peopleBeside(
    ['id', 'officerReportsReceived', 'officerNominationCount'],
    ['officerNominations'],
  ),
  Visit: visitPolicy,
  Hosting: hostingPolicy,
  // Whoever may read a stop of the network’s may know whether it is confirmed; nobody else learns its id.
  ItineraryStop: peopleBeside(['id', 'hostCountry'], ['hostConfirmedOn', 'hostConfirmedVersion']),
  Disclosure: disclosures([
    'id', 'at', 'readerOrganisation', 'reader', 'role', 'operationName', 'type', 'fields', 'records',
  ]),
  DisclosureEdge: disclosures(['cursor', 'node']),
  DisclosureConnection: disclosures(['edges', 'nodes', 'pageInfo']),
};
